"""The process that owns one server: started by the first who needs it, gone after the last."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType, ModuleType

from servers import postgres, valkey
from servers.locks import Lock, until
from servers.places import CannotStart, Place, place_at
from servers.processes import bound, cleaned

SERVERS: dict[str, ModuleType] = {server.NAME: server for server in (postgres, valkey)}
TRIES = 5  # the shared memory of a server that was just killed lingers for a moment
SECONDS_TO_START = 60
SECONDS_TO_STOP = 60
EVERY = 0.15


class Told:
    """Whether somebody asked this process to end."""

    def __init__(self) -> None:
        self.to_stop = False
        signal.signal(signal.SIGTERM, self._hear)
        for ignored in (signal.SIGINT, signal.SIGHUP):  # a terminal's business, not ours
            signal.signal(ignored, signal.SIG_IGN)

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        self.to_stop = True


def guard(server: ModuleType, place: Place) -> None:
    """Run the server as long as somebody needs it."""
    mine = Lock(place.locks / f"{server.NAME}.guardian")
    if not mine.try_take():
        return
    told = Told()
    needed = Lock(place.locks / f"{server.NAME}.needed")
    process = _started(server, place)
    state = state_file(place, server.NAME)
    state.write_text(f"{os.getpid()} {process.pid}\n")
    _report("ready")
    while not told.to_stop and process.poll() is None and not needed.try_take():
        _wait(process)
    state.unlink(missing_ok=True)
    _stop(server, process)
    mine.close()  # before `needed`: who waits there must find no guardian
    needed.close()


def state_file(place: Place, name: str) -> Path:
    """Stands there while the server answers."""
    return place.locks / f"{name}.state"


def _started(server: ModuleType, place: Place) -> "subprocess.Popen[bytes]":
    state_file(place, server.NAME).unlink(missing_ok=True)
    server.clear_leftover(place)
    server.prepare(place)
    for _ in range(TRIES):
        process = _start(server, place)
        for _ in until(SECONDS_TO_START):
            if process.poll() is not None:
                break
            if server.answers(place):
                return process
        _stop(server, process)
        time.sleep(1)
    raise CannotStart(f"{server.NAME} does not start: {place.logs / server.NAME}.log says why.")


def _start(server: ModuleType, place: Place) -> "subprocess.Popen[bytes]":
    with (place.logs / f"{server.NAME}.log").open("ab") as log:
        return subprocess.Popen(
            server.command(place), stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
            env=cleaned(), start_new_session=True,
            preexec_fn=bound(server.STOP_SIGNAL, place.account),  # noqa: PLW1509 (no threads here)
        )  # fmt: skip


def _stop(server: ModuleType, process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.send_signal(server.STOP_SIGNAL)
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait(process: "subprocess.Popen[bytes]", seconds: float = EVERY) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return


def _report(word: str) -> None:
    """Tell the one who started us, who may be gone by now."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with contextlib.suppress(BrokenPipeError):
        os.write(1, word.encode())
    os.dup2(nowhere, 1)
    os.close(nowhere)


def main() -> None:
    """`python -m servers.guardian postgres FOLDER`."""
    name, folder = sys.argv[1:]
    if os.fork():  # so that whoever started us need not wait for our end
        os._exit(0)
    try:
        guard(SERVERS[name], place_at(Path(folder)))
    except CannotStart as error:
        _report(str(error))
        sys.exit(1)


if __name__ == "__main__":
    main()
