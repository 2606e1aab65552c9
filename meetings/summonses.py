"""Which interviews the citizen has been told of, or is about to be."""

from collections.abc import Iterable

from letters.models import Letter, LetterKind
from meetings.models import Enrolment, Meeting

TELLS_WHEN = (LetterKind.SUMMONS, LetterKind.CHANGE)
TELLING = (
    Letter.State.WAITING,
    Letter.State.SENDING,
    Letter.State.TO_PRINT,
    Letter.State.SENT,
)


def summoned_among(keys: Iterable[int]) -> set[int]:
    """Those of some interviews that have a letter saying when to come, sent or about to be."""
    told = Meeting.objects.filter(
        pk__in=list(keys), letters__kind__in=TELLS_WHEN, letters__state__in=TELLING
    )
    return set(told.values_list("pk", flat=True))


def last_call(called: Meeting | Enrolment) -> Letter | None:
    """The newest letter that says when to come, one that was taken back apart."""
    return last_call_among(called.letters.filter(kind__in=TELLS_WHEN))


def last_call_among(letters: Iterable[Letter]) -> Letter | None:
    """The newest of some letters that says when to come, one that was taken back apart."""
    telling = (
        one for one in letters if one.kind in TELLS_WHEN and one.state != Letter.State.TAKEN_BACK
    )
    return max(telling, key=lambda one: (one.queued_at, one.pk), default=None)
