"""What the page of one letter shows, and its document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from letters.models import Letter, LetterPdf
from letters.pdf import pdf_of
from letters.rows import LetterRow, rows_of
from shared.written import moment_text

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LetterPage:
    """One letter: how it stands, what is known of its way, and what it says."""

    row: LetterRow
    facts: Sequence[Pair]
    content: dict[str, object]


def letter_page(letter: Letter, *, reader: User, at: datetime) -> LetterPage:
    """The page of a letter for its reader."""
    [row] = rows_of([letter], reader=reader, at=at)
    return LetterPage(
        row=row, facts=[pair for pair in _facts(letter) if pair[1]], content=letter.content
    )


def _facts(letter: Letter) -> list[Pair]:
    text = letter.text
    sent, arrived = letter.sent_at, letter.arrived_at
    return [
        (_("Sender"), str(letter.sender)),
        (_("Written by"), str(letter.queued_by)),
        (_("Written"), moment_text(letter.queued_at)),
        (_("Goes by"), letter.get_channel_display()),
        (_("Sent"), moment_text(sent) if sent else _not_sent_yet(letter)),
        (_("Arrived"), moment_text(arrived) if arrived else ""),
        (_("Why not sent"), letter.get_failure_display() if letter.failure else ""),
        (_("Language"), letter.get_language_display()),
        (_("Text"), _("version %(version)d") % {"version": text.version}),
    ]


def _not_sent_yet(letter: Letter) -> str:
    if letter.state != Letter.State.TO_PRINT:
        return ""
    return _("Not yet: it counts as sent when somebody says that it is in the post.")


def pdf_content(letter: Letter) -> bytes:
    """The bytes that went; before it goes, what would go."""
    kept = LetterPdf.objects.filter(letter=letter).first()
    if kept:
        return bytes(kept.content)
    return pdf_of([letter.content], at=letter.queued_at)
