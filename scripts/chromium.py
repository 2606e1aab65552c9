"""Find the Chromium that the browser tests drive; install Debian's when there is none."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTRUCTION = (
    "No Chromium here: install one (Debian: apt-get install chromium), "
    "or name it: make test CHROMIUM=/path/to/it"
)


def chromium() -> str | None:
    """The path of an installed Chromium."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, NAMES)), None)


def install() -> None:
    """Install Debian's, which only root can."""
    if os.getuid() or os.environ.get("CHROMIUM") or not shutil.which("apt-get"):
        return
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for line in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", "-qq", *line], check=False, env=quiet, stdout=subprocess.DEVNULL)


def main() -> None:
    if not chromium():
        install()
    path = chromium()
    if not path:
        sys.exit(INSTRUCTION)
    print(f"browser tests drive {path}")


if __name__ == "__main__":
    main()
