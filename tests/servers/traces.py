"""Which processes still belong to a folder."""

import os
import subprocess
import sys
from pathlib import Path

from servers.locks import until
from servers.places import ROOT

SECONDS = 40


def processes(home: Path) -> dict[int, str]:
    """Every process, by number, whose command line, folder or environment names the home."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and int(entry.name) != os.getpid() and _belongs(entry, home):
            found[int(entry.name)] = _read(entry / "cmdline").replace("\0", " ")
    return found


def nothing_left(home: Path) -> dict[int, str]:
    """What is still there after a fair while; hopefully nothing."""
    for _ in until(SECONDS, pause=0.2):
        if not processes(home):
            return {}
    return processes(home)


def command(home: Path, *words: str, **more: str) -> "subprocess.Popen[str]":
    """Start one of our commands with its data in another folder."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}
    }
    return subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env=environment | {"DATA_DIR": str(home), "DEMO": "0", "HTTPS": "0"} | more,
    )  # fmt: skip


def finished(home: Path, *words: str, **more: str) -> tuple[int, str]:
    """Run one of our commands to its end: its status and what it said."""
    process = command(home, *words, **more)
    said, _ = process.communicate(timeout=90)
    return process.returncode, said


def _belongs(entry: Path, home: Path) -> bool:
    try:
        folder = (entry / "cwd").readlink()
    except OSError:
        return False  # gone, or nothing but a name in the table
    words = _read(entry / "cmdline") + _read(entry / "environ")
    return folder.is_relative_to(home) or str(home) in words


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode(errors="replace")
    except OSError:
        return ""
