"""Starting and ending processes so that none outlives the one that answers for it."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from servers.locks import until
from servers.places import Account

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def bound(by: signal.Signals, account: Account | None = None) -> Callable[[], None]:
    """What a child does before its program: change account, and ask to be told when we die."""
    parent = os.getpid()
    change = as_account(account)

    def prepare() -> None:
        change()
        if LIBC:
            LIBC.prctl(PR_SET_PDEATHSIG, int(by), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return prepare


def as_account(account: Account | None) -> Callable[[], None]:
    """What a child does before its program: become another account, for good."""

    def change() -> None:
        os.umask(0o077)
        if account:
            os.setgroups([])
            os.setgid(account.gid)
            os.setuid(account.uid)

    return change


def cleaned() -> dict[str, str]:
    """The environment without what would turn a PostgreSQL elsewhere, and one locale everywhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    return kept | {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}


def command_line(pid: int) -> str:
    """What a process was started with; empty when there is none, or only its name is left."""
    try:
        if Path("/proc/self").exists():
            return os.fsdecode(Path(f"/proc/{pid}/cmdline").read_bytes())
        return subprocess.run(
            ["ps", "-o", "args=", "-p", str(pid)], capture_output=True, check=False, text=True
        ).stdout
    except OSError:
        return ""


def ends(pid: int, by: signal.Signals, *, seconds: float) -> None:
    """End a process that is not our child: asked first, then made to."""
    for number in (by, signal.SIGKILL):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        for _ in until(seconds):
            if not command_line(pid):
                return
