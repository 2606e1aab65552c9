"""Secrets of one's own set-up: made once, kept in a file that only its owner reads."""

import base64
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from servers.places import DATA

NAMES = ("SECRET_KEY", "CPR_KEYS", "CPR_INDEX_KEY")
FILE = DATA / "secrets.env"


def throwaway() -> dict[str, str]:
    """New secrets that nothing will be kept under."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "CPR_KEYS": f"1:{_key()}",
        "CPR_INDEX_KEY": _key(),
    }


def own(file: Path = FILE) -> dict[str, str]:
    """The secrets of this checkout; two processes that make them at once end up with the same."""
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        draft = file.with_name(f"secrets.{os.getpid()}.new")
        draft.touch(mode=0o600)
        draft.write_text("".join(f"{name}={value}\n" for name, value in throwaway().items()))
        try:
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return dict(line.split("=", 1) for line in file.read_text().splitlines())


def given(environment: Mapping[str, str]) -> bool:
    """Whether the environment brings secrets of its own: then it must bring all of them."""
    return any(environment.get(name) for name in NAMES)


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
