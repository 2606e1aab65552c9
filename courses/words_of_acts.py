"""Journal slugs in words: what an act is called when its entry is read."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _  # noqa: F401
from django.utils.translation import ngettext

ACTS: Mapping[str, Promise] = {}
CAUSES: Mapping[str, Promise] = {}


def entry_in_words(
    what: str, details: Mapping[str, Any]
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What was done, and what the entry says of it."""
    return str(ACTS.get(what) or what.replace("_", " ").replace("-", " ")), tuple(
        (name.replace("_", " "), _shown(value)) for name, value in details.items() if value
    )


def cause_in_words(cause: str, count: int) -> str:
    """Why dates moved, and how many did."""
    moved = ngettext("%(count)d date moved", "%(count)d dates moved", count) % {"count": count}
    return f"{CAUSES.get(cause) or cause.replace('_', ' ').replace('-', ' ')}: {moved}"


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {part}" for name, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)
