"""The list of texts, and one text with its versions and what changed between two of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import ndiff

from django.utils.translation import gettext as _

from accounts.models import User
from letters.access import agreements_of, may_write_text, senders_of
from letters.models import LetterText, LetterTextQuerySet
from partnerships.access import reach_of
from partnerships.models import Organisation
from shared.written import moment_text

MARKS = {"+": "added", "-": "gone", " ": "same"}


@dataclass(frozen=True, slots=True)
class TextRow:
    """One text in the list, in its newest version."""

    text: LetterText
    name: str
    where: str
    state: str
    tone: str
    written: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a text."""

    text: LetterText
    written: str
    is_newest: bool


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of two versions side by side: added, gone, or the same."""

    mark: str
    text: str


def text_rows(texts: LetterTextQuerySet) -> list[TextRow]:
    """The list, one row a text."""
    return [_row(one) for one in texts.newest().select_related("agreement", "written_by")]


def _row(text: LetterText) -> TextRow:
    return TextRow(
        text=text,
        name=name_of(text),
        where=str(text.agreement) if text.agreement else _("everywhere"),
        state=_("in use") if text.in_use else _("not in use"),
        tone="held" if text.in_use else "none",
        written=_written(text),
    )


def name_of(text: LetterText) -> str:
    """What a text is for: the letter, the interview, the sender."""
    parts = [text.get_kind_display(), text.get_meeting_kind_display(), text.get_sender_display()]
    name = ", ".join(str(part) for part in parts if part)
    return f"{name[:1].upper()}{name[1:]}"


def _written(text: LetterText) -> str:
    by = str(text.written_by) if text.written_by else _("came with the system")
    return f"{by}, {moment_text(text.written_at)}"


def versions_of(text: LetterText) -> list[Version]:
    """All versions of a text, the newest first."""
    rows = LetterText.objects.beside(text).select_related("written_by").order_by("-version")
    return [Version(one, _written(one), number == 0) for number, one in enumerate(rows)]


def compared(older: LetterText, newer: LetterText) -> Sequence[TextLine]:
    """What changed from one version to another, line by line."""
    return list(_lines(_whole(older), _whole(newer)))


def _whole(text: LetterText) -> list[str]:
    return [text.subject, text.heading, "", *text.body.splitlines()]


def _lines(older: list[str], newer: list[str]) -> Iterator[TextLine]:
    for line in ndiff(older, newer):
        if line[0] in MARKS:
            yield TextLine(MARKS[line[0]], line[2:])


def sender_for(text: LetterText, user: User, *, on: date) -> Organisation:
    """Whose letter a text is shown as: one's own organisation of that sort, or a made-up one."""
    own = [one for one in reach_of(user, on=on).organisations if one.kind == text.sender]
    if own:
        return own[0]
    kind = Organisation.Kind(text.sender or Organisation.Kind.JOBCENTRE)
    names = {Organisation.Kind.A_KASSE: "Eksempel A-kasse"}
    return Organisation(kind=kind, name=names.get(kind, "Eksempel Kommune"))


def own_version_of(text: LetterText, user: User, *, on: date) -> LetterText | None:
    """A general text as the first version of an agreement's own, where one may write that."""
    agreements, senders = agreements_of(user, on=on), senders_of(user, on=on)
    if may_write_text(user, text, on=on) or not agreements or text.sender not in ("", *senders):
        return None
    return LetterText(
        kind=text.kind,
        sender=text.sender or senders[0],
        meeting_kind=text.meeting_kind,
        language=text.language,
        subject=text.subject,
        heading=text.heading,
        body=text.body,
    )
