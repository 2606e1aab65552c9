"""Letters as PDF: typst tags and lays out, and refuses what PDF/UA-1 does not allow.

A letter's words go in as JSON, so that nothing in them is read as markup; the compiler sees one
template, no folder and no network, and sets in fonts that it carries itself.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Literal

import typst

from letters.drafts import Content

TEMPLATE = Path(__file__).parent / "data" / "letter.typ"
STANDARD: Literal["ua-1"] = "ua-1"


class Unreadable(Exception):
    """The compiler would not make an accessible document of it."""


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def pdf_of(letters: Sequence[Content], *, at: datetime) -> bytes:
    """One document of one letter or several, each on pages of its own, made at a moment."""
    try:
        made: bytes = typst.compile(
            _template(),
            None,
            format="pdf",
            ignore_system_fonts=True,
            pdf_standards=[STANDARD],
            sys_inputs={"letters": json.dumps(list(letters))},
            timestamp=at.astimezone(UTC).replace(microsecond=0),
        )
    except typst.TypstError as error:
        raise Unreadable(error.message) from error
    return made
