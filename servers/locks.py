"""File locks that go with the process that holds them, however it ends."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Lock:
    """An open lock file; not inherited by programs that this process starts."""

    def __init__(self, path: Path) -> None:
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def share(self) -> None:
        """Hold it together with others, after waiting for the one who holds it alone."""
        fcntl.flock(self.descriptor, fcntl.LOCK_SH)

    def take(self) -> None:
        """Hold it alone, after waiting for all others."""
        fcntl.flock(self.descriptor, fcntl.LOCK_EX)

    def try_take(self) -> bool:
        """Hold it alone if nobody else holds it."""
        return self._try(fcntl.LOCK_EX)

    def try_share(self) -> bool:
        """Hold it together with others if nobody holds it alone."""
        return self._try(fcntl.LOCK_SH)

    def release(self) -> None:
        """Let go, and keep the file open for another try."""
        fcntl.flock(self.descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go for good."""
        os.close(self.descriptor)

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self.descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """One process at a time."""
    lock = Lock(path)
    try:
        lock.take()
        yield
    finally:
        lock.close()


def taken(path: Path) -> bool:
    """Whether some process holds this lock alone."""
    lock = Lock(path)
    try:
        return not lock.try_share()
    finally:
        lock.close()


def until(seconds: float, pause: float = 0.05) -> Iterator[None]:
    """A turn every now and then until the time is up."""
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at:
        yield
        time.sleep(pause)
