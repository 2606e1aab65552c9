"""Catches the mail of a trial: a mail server on a loopback port that delivers to nobody.

Each mail becomes a file in a folder. The supervisor opens the socket and hands it down, so that
the port is known before the server is up, and nobody else can take it.
"""

import importlib.util
import socket
import sys
from collections.abc import Mapping
from pathlib import Path


def wanted(environment: Mapping[str, str]) -> bool:
    """Whether mail is to be caught: in a demo that names no mail server of its own."""
    demo = environment.get("DEMO") == "1" and not environment.get("EMAIL_HOST")
    return demo and importlib.util.find_spec("aiosmtpd") is not None


def opened() -> socket.socket:
    """A socket on a free port of this machine alone."""
    line = socket.create_server(("127.0.0.1", 0))
    line.set_inheritable(True)
    return line


def environment_of(line: socket.socket, folder: Path) -> dict[str, str]:
    """What the other parts need in order to send to it, and to show what it caught."""
    return {
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(line.getsockname()[1]),
        "CAUGHT_MAIL": str(folder),
    }


def command(line: socket.socket, folder: Path) -> list[str]:
    """The catcher's command line."""
    return [sys.executable, "-m", "servers.mail_server", str(line.fileno()), str(folder)]
