"""The monthly statement as PDF/UA-1; its words go in as JSON, so that none is read as markup."""

import json
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import typst
from django.utils.translation import get_language

from frames.statement import Statement, printed

TEMPLATE = Path(__file__).parent / "data" / "statement.typ"


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def statement_pdf(statement: Statement, *, on: date, at: datetime) -> bytes:
    """The document, in the reader's language, made at a moment."""
    words = printed(statement, on=on) | {"language": (get_language() or "da")[:2]}
    made: bytes = typst.compile(
        _template(),
        None,
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        sys_inputs={"statement": json.dumps(words)},
        timestamp=at.astimezone(UTC).replace(microsecond=0),
    )
    return made
