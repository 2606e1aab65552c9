"""One supervisor: servers, web, worker and calendar come up together and go down together."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from servers import catcher
from servers.attach import reached
from servers.lease import Lease
from servers.locks import Lock, until
from servers.places import DATA, ROOT, CannotStart, Place, place_at
from servers.probe import well
from servers.processes import bound
from servers.reaper import tell

SECONDS_TO_START = 120
SECONDS_TO_END = 15
LINES_OF_LOG = 20
EVERY = 0.2
PARTS = ("beat", "worker", "web", "mail")  # in the order in which they are told to end
CELERY = [sys.executable, "-m", "celery", "-A", "kontaktforloeb"]
WORKER = [*CELERY, "worker", "--concurrency", "2", "--loglevel", "INFO", "--without-gossip"]


class Stopped(Exception):
    """Somebody asked us to stop."""


class Broken(Exception):
    """A part ended by itself."""


@dataclass
class Stack:
    """The parts that are running, and who must hear of them."""

    place: Place
    port: int
    parent: int | None
    lease: Lease | None = None
    parts: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    signals: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def run(self) -> None:
        """Bring everything up and stay until a signal, or until a part ends."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._hear)
        reaper = self._reaper()
        print("Starting PostgreSQL and Valkey, unless they are named or running …", flush=True)
        try:
            with reached(os.environ, self.place.home) as self.lease:
                try:
                    self._up(reaper)
                finally:
                    self._down()
        finally:
            _close(reaper)

    def _up(self, reaper: "subprocess.Popen[bytes]") -> None:
        os.environ.setdefault("PUBLIC_URL", self.address)
        print("Bringing the tables up to date; an empty database gets the demo world …", flush=True)
        self._start(reaper, "first-start", [sys.executable, "-m", "kontaktforloeb.first_start"])
        self._finish("first-start")
        self._catch_mail(reaper)
        self._start(reaper, "web", web(self.port))
        self._start(reaper, "worker", WORKER)
        self._start(reaper, "beat", beat(self.place))
        self._wait_for_web()
        self._greet()
        while True:
            self._check()

    def _catch_mail(self, reaper: "subprocess.Popen[bytes]") -> None:
        """Catch what a trial sends; before the parts start that are to know where."""
        if not catcher.wanted(os.environ):
            return
        folder = self.place.home / "mail"
        with catcher.opened() as line:
            command = catcher.command(line, folder)
            self._start(reaper, "mail", command, keeps=(line.fileno(),))
            os.environ.update(catcher.environment_of(line, folder))

    def _start(
        self,
        reaper: "subprocess.Popen[bytes]",
        name: str,
        line: list[str],
        keeps: tuple[int, ...] = (),
    ) -> None:
        """Start a part; `keeps` are the open files it takes over."""
        with (self.place.logs / f"{name}.log").open("wb") as log:
            part = subprocess.Popen(
                line, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, pass_fds=keeps,
                preexec_fn=bound(signal.SIGTERM),  # noqa: PLW1509 (no threads here)
            )  # fmt: skip
        self.parts[name] = part
        if reaper.stdin:
            reaper.stdin.write(f"{part.pid}\n".encode())
            reaper.stdin.flush()

    def _finish(self, name: str) -> None:
        part = self.parts.pop(name)
        try:
            while part.poll() is None:
                self._check()
        finally:
            end({name: part})
        said = (self.place.logs / f"{name}.log").read_text()
        if part.returncode:
            raise Broken(f"{name} failed:\n{said}")

    def _wait_for_web(self) -> None:
        for _ in until(SECONDS_TO_START):
            self._check()
            if well(f"{self.address}readyz"):
                return
        raise Broken(f"{self.address} does not answer; {self.place.logs / 'web.log'} may say why.")

    def _greet(self) -> None:
        print((self.place.logs / "first-start.log").read_text())
        if "mail" in self.parts:
            print(f"What it sends is caught and shown at {self.address}demo/post/\n")
        print(
            f"Kontaktforløb is at {self.address}   (Ctrl-C stops it; logs: .data/log/)", flush=True
        )

    def _check(self) -> None:
        """Rest a moment; go on only while everything runs and nobody wants us to stop."""
        if self.signals or (self.parent and os.getppid() != self.parent):
            raise Stopped
        if self.lease and not self.lease.up:
            raise Broken(f"a server ended; {self.place.logs} has its log.")
        for name, part in self.parts.items():
            if part.poll() is not None:
                raise Broken(f"{name} ended ({part.returncode}):\n{self._last_lines(name)}")
        time.sleep(EVERY)

    def _last_lines(self, name: str) -> str:
        return "\n".join((self.place.logs / f"{name}.log").read_text().splitlines()[-LINES_OF_LOG:])

    def _down(self) -> None:
        end({name: self.parts[name] for name in PARTS if name in self.parts})

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        self.signals += 1

    def _reaper(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "servers.reaper"], cwd=ROOT, stdin=subprocess.PIPE,
            start_new_session=True,
        )  # fmt: skip


def web(port: int) -> list[str]:
    """The web server's command line."""
    reload = ["--reload"] if os.environ.get("DEBUG") == "1" else []
    return [
        sys.executable, "-m", "gunicorn", "kontaktforloeb.wsgi", "--bind", f"127.0.0.1:{port}",
        "--workers", "2", "--threads", "4", "--timeout", "120", "--graceful-timeout", "10",
        "--no-control-socket", *reload,
    ]  # fmt: skip


def beat(place: Place) -> list[str]:
    """The calendar's command line; it keeps when it last ran what."""
    return [
        *CELERY, "beat", "--loglevel", "INFO", "--schedule", str(place.home / "beat"),
        "--pidfile", "",
    ]  # fmt: skip


def end(parts: "dict[str, subprocess.Popen[bytes]]") -> None:
    """End parts with all their processes: asked first, then made to."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for part in parts.values():
            if part.poll() is None or number == signal.SIGKILL:
                tell(part.pid, number)
        for _ in until(SECONDS_TO_END):
            if all(part.poll() is not None for part in parts.values()):
                break


def run(*, port: int, with_parent: bool) -> None:
    """Run the stack of this checkout, once at a time."""
    place = place_at(DATA)
    running = Lock(place.locks / "run")
    if not running.try_take():
        raise CannotStart(f"It runs already: {_note(place).read_text().strip()}")
    _refuse_taken(port)
    os.environ.setdefault("DEMO", "1")
    stack = Stack(place, port, os.getppid() if with_parent else None)
    _note(place).write_text(f"{stack.address} (process {os.getpid()})\n")
    stack.run()


def _note(place: Place) -> Path:
    return place.locks / "run.address"


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CannotStart(f"Port {port} is taken: make run PORT={port + 1}") from error


def _close(reaper: "subprocess.Popen[bytes]") -> None:
    if reaper.stdin:
        reaper.stdin.close()
    reaper.wait(2 * SECONDS_TO_END)
