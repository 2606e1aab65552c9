"""Which interviews the citizen has been told of, or is about to be."""

from collections.abc import Iterable

from letters.models import Letter, LetterKind
from meetings.models import Meeting

TELLS_WHEN = (LetterKind.SUMMONS, LetterKind.CHANGE)
TELLING = (Letter.State.WAITING, Letter.State.SENDING, Letter.State.SENT)


def summoned_among(keys: Iterable[int]) -> set[int]:
    """Those of some interviews that have a letter saying when to come, sent or about to be."""
    told = Meeting.objects.filter(
        pk__in=list(keys), letters__kind__in=TELLS_WHEN, letters__state__in=TELLING
    )
    return set(told.values_list("pk", flat=True))


def last_call(meeting: Meeting) -> Letter | None:
    """The newest letter that says when to come, one that was taken back apart."""
    telling = meeting.letters.filter(kind__in=TELLS_WHEN)
    return telling.exclude(state=Letter.State.TAKEN_BACK).order_by("queued_at", "pk").last()
