"""Ends what a supervisor started, should the supervisor itself be killed.

It reads from the supervisor the numbers of process groups, one a line. When the line breaks, the
supervisor is gone: whatever of those groups is still there is asked to end, then made to.
"""

import os
import signal
import sys

from servers.locks import until

SECONDS_TO_END = 10


def main() -> None:
    """Wait for the end of the other side."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups = {int(line) for line in sys.stdin}
    for number in (signal.SIGTERM, signal.SIGKILL):
        told = {group for group in groups if tell(group, number)}
        for _ in until(SECONDS_TO_END):
            if not any(tell(group, 0) for group in told):
                break


def tell(group: int, number: int) -> bool:
    """Send a signal to a process group, if it is there."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main()
