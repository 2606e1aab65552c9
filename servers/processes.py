"""Starting and ending processes so that none outlives the one that answers for it."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

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


def alive(pid: int) -> bool:
    """Whether there is such a process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def ends(pid: int, by: signal.Signals, *, seconds: float) -> None:
    """End a process that is not our child: asked first, then made to."""
    for number in (by, signal.SIGKILL):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        for _ in until(seconds):
            if not alive(pid):
                return
