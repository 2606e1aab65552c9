"""What the lock files promise: hashes, no addresses, no second PostgreSQL driver, nothing stale."""

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
FORBIDDEN = {"psycopg", "psycopg-binary", "psycopg-c", "psycopg2"}  # beside psycopg2-binary


def complaints() -> Iterator[str]:
    """What is wrong, one line each."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [wish for wishes in project["optional-dependencies"].values() for wish in wishes]
    yield from python_lock("requirements.lock", project["dependencies"])
    yield from python_lock("requirements-dev.lock", [*project["dependencies"], *extras])
    yield from python_lock("requirements-uv.lock", ["uv"])
    yield from front_end_lock()


def python_lock(name: str, wishes: list[str]) -> Iterator[str]:
    """A lock of Python packages against what pyproject.toml asks for."""
    text = (ROOT / name).read_text()
    pinned = {canonicalize_name(package): version for package, version in PINNED.findall(text)}
    if "://" in text or text.count("\n    --hash=sha256:") < len(pinned):
        yield f"{name}: an address, or a package without a hash"
    yield from (f"{name}: {package} must not be there" for package in FORBIDDEN & pinned.keys())
    for wish in map(Requirement, wishes):
        version = pinned.get(canonicalize_name(wish.name))
        if version is None or version not in wish.specifier:
            yield f"{name}: {wish} is not met by {version}: make lock"


def without_funding() -> None:
    """Leave out who asks for money for a package: an address says nothing of what is installed."""
    file = ROOT / "package-lock.json"
    lock = json.loads(file.read_text())
    for found in lock["packages"].values():
        found.pop("funding", None)
    file.write_text(json.dumps(lock, indent=2) + "\n")


def front_end_lock() -> Iterator[str]:
    """The lock of front-end packages against package.json."""
    text = (ROOT / "package-lock.json").read_text()
    packages = json.loads(text)["packages"]
    if "://" in text or not all("integrity" in found for at, found in packages.items() if at):
        yield "package-lock.json: an address, or a package without a hash"
    wishes = json.loads((ROOT / "package.json").read_text())
    if any(packages[""].get(kind) != wishes[kind] for kind in ("dependencies", "devDependencies")):
        yield "package-lock.json: does not follow package.json: make lock"


def main() -> None:
    if "tidy" in sys.argv:
        without_funding()
    lines = list(complaints())
    print("\n".join(lines) or "locks: hashed, without addresses, as pyproject.toml asks")
    sys.exit(bool(lines))


if __name__ == "__main__":
    main()
