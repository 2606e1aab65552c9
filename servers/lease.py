"""Needing the servers for a while: found where they run, started where they don't."""

import os
import signal
import subprocess
import sys
from types import TracebackType
from typing import Self

from servers.guardian import SERVERS, state_file
from servers.locks import Lock, alone, taken, until
from servers.places import ROOT, CannotStart, Place

SECONDS_TO_START = 120
SECONDS_TO_STOP = 60


class Lease:
    """Holds servers up from `with` to its end; the last one to end waits until they are down."""

    def __init__(self, place: Place, names: list[str]) -> None:
        self.place = place
        self.names = names
        self.needs = {name: Lock(place.locks / f"{name}.needed") for name in names}

    def __enter__(self) -> Self:
        for name, need in self.needs.items():
            need.share()
            self._find_or_start(name)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for need in self.needs.values():
            need.release()
        for name, need in self.needs.items():
            self._see_off(name, need)
            need.close()

    @property
    def up(self) -> bool:
        """Whether the servers still have their guardians."""
        return all(taken(self.place.locks / f"{name}.guardian") for name in self.names)

    def _find_or_start(self, name: str) -> None:
        with alone(self.place.locks / f"{name}.start"):
            for _ in until(SECONDS_TO_START):
                if not taken(self.place.locks / f"{name}.guardian"):
                    _start_guardian(self.place, name)
                elif state_file(self.place, name).exists():
                    return
        raise CannotStart(f"{name} does not come up: {self.place.logs / name}.log says why.")

    def _see_off(self, name: str, need: Lock) -> None:
        """Wait until the guardian has gone, unless somebody else needs it."""
        for _ in until(SECONDS_TO_STOP):
            if not taken(self.place.locks / f"{name}.guardian"):
                return
            if need.try_take():  # nobody else, and the guardian has not noticed yet
                need.release()
            elif need.try_share():
                return


def _start_guardian(place: Place, name: str) -> None:
    """Start a guardian, which detaches itself, and wait for its word."""
    with (place.logs / "guardian.log").open("ab") as log:
        done = subprocess.run(
            [sys.executable, "-m", "servers.guardian", name, str(place.home)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True, cwd=ROOT,
            start_new_session=True, check=False,
        )  # fmt: skip
    if done.stdout != "ready":
        raise CannotStart(done.stdout or f"{name} did not start: {log.name} says why.")


def stop(place: Place) -> None:
    """Ask the guardians to end, whoever still needs their servers."""
    for name in SERVERS:
        pid = _guardian_of(place, name)
        if pid:
            os.kill(pid, signal.SIGTERM)
        for _ in until(SECONDS_TO_STOP):
            if not taken(place.locks / f"{name}.guardian"):
                break


def _guardian_of(place: Place, name: str) -> int:
    try:
        return int(state_file(place, name).read_text().split()[0])
    except (FileNotFoundError, IndexError):
        return 0
