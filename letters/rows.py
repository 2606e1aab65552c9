"""Letters as rows of a list, a course or an interview: how they stand, what one may do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from letters.access import may_change
from letters.models import Letter
from letters.models.letters import outdated
from letters.words import remedy_of, state_of
from shared.written import moment_text

State = Letter.State


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter for its reader."""

    letter: Letter
    name: str
    way: str
    queued: str
    who: str
    case_number: str
    tone: str
    word: str
    why: str
    remedy: str
    may_take_back: bool
    may_resend: bool

    @property
    def has_failed(self) -> bool:
        """Whether somebody must do something about it."""
        return bool(self.remedy)


def row_of(letter: Letter, *, reader: User, at: datetime, again: bool = False) -> LetterRow:
    """A letter as its reader has it; `again` when it is past: sent anew since, or outdated."""
    tone, word = state_of(letter, at=at)
    on = timezone.localdate(at)
    own = may_change(reader, letter, on=on)
    name = letter.get_kind_display()
    return LetterRow(
        letter=letter,
        name=f"{name[:1].upper()}{name[1:]}",
        way=letter.get_channel_display(),
        queued=moment_text(letter.queued_at, on=on),
        who=letter.course.citizen.name,
        case_number=letter.course.case_number,
        tone="none" if again else tone,
        word=word,
        why=letter.get_failure_display() if letter.failure and not again else "",
        remedy="" if again else remedy_of(letter),
        may_take_back=own and letter.is_here,
        may_resend=own and not again and letter.state in (State.SENT, State.FAILED),
    )


def rows_of(letters: Iterable[Letter], *, reader: User, at: datetime) -> list[LetterRow]:
    """Letters as rows; one that was sent again, or is of no use any more, is past."""
    listed = list(letters)
    rows = Letter.objects.filter(pk__in=[one.pk for one in listed])
    past = set(rows.filter(Q(again__isnull=False) | outdated()).values_list("pk", flat=True))
    return [row_of(one, reader=reader, at=at, again=one.pk in past) for one in listed]
