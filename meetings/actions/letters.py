"""Letters that follow an interview: each is queued in the transaction of the act it tells of."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.models import User
from letters import actions as post
from letters.drafts import Draft
from letters.models import Letter, LetterKind, LetterQuerySet
from meetings import citizen_links
from meetings.actions.moves import locked
from meetings.letter_drafts import draft_of, moved_from, occasion_of
from meetings.models import Meeting, Participant
from meetings.summonses import TELLING, TELLS_WHEN
from shared.refusals import Refused

State = Letter.State


def summon(
    meeting: Meeting, *, by: User, at: datetime, language: str = "da", message: str = ""
) -> Letter | None:
    """Summon the citizen; nothing when the interview has begun."""
    if meeting.starts_at <= at:
        return None
    occasion = replace(
        occasion_of(meeting), message=message, address=citizen_links.url_of(meeting, at=at)
    )
    draft = draft_of(occasion, LetterKind.SUMMONS, language=language)
    return queue_about(meeting, draft, by=by, at=at)


def summon_first(  # noqa: PLR0913 (as `summon`, with who takes part)
    meeting: Meeting,
    seats: Iterable[Participant],
    *,
    by: User,
    at: datetime,
    language: str,
    message: str,
) -> Letter | None:
    """Summon to an interview that this transaction has made: nothing of it is read again."""
    if meeting.starts_at <= at:
        return None
    address = citizen_links.first_url_of(meeting, at=at)
    occasion = replace(occasion_of(meeting, seats), message=message, address=address)
    draft = draft_of(occasion, LetterKind.SUMMONS, language=language)
    return queue_about(meeting, draft, by=by, at=at)


@transaction.atomic
def send_summons(meeting: Meeting, *, by: User, at: datetime) -> Letter | None:
    """Summon to an interview that stands without a letter; a second click finds the first's."""
    meeting = locked(meeting)
    if _telling(meeting).filter(state__in=TELLING).exists():
        raise Refused(
            gettext_noop("The citizen has a summons to this interview already: it stands below.")
        )
    return summon(meeting, by=by, at=at)


def tell_change(meeting: Meeting, before: datetime, *, by: User, at: datetime) -> Letter | None:
    """Tell of another time or place: a change letter, or a new summons where none has gone.

    Letters that still wait are taken back, so that only one says when to come.
    """
    language = language_of(meeting)
    unread = _telling(meeting).here().filter(kind=LetterKind.CHANGE).exists()
    was_told = _take_back_waiting(meeting, by=by, at=at)
    if meeting.starts_at <= at:
        return None
    if not was_told:
        return summon(meeting, by=by, at=at, language=language)
    occasion = replace(occasion_of(meeting), address=citizen_links.url_of(meeting, at=at))
    if not unread:  # else the citizen never heard of the time before
        occasion = moved_from(occasion, before)
    draft = draft_of(occasion, LetterKind.CHANGE, language=language)
    return queue_about(meeting, draft, by=by, at=at)


def tell_cancellation(meeting: Meeting, *, by: User, at: datetime) -> Letter | None:
    """Take back what still waits; whoever has been told to come is told not to."""
    language = language_of(meeting)
    had_letters = _telling(meeting).exclude(state=State.TAKEN_BACK).exists()
    was_told = _take_back_waiting(meeting, by=by, at=at)
    if meeting.starts_at <= at or (had_letters and not was_told):
        return None
    draft = draft_of(occasion_of(meeting), LetterKind.CANCELLATION, language=language)
    return queue_about(meeting, draft, by=by, at=at)


@transaction.atomic
def send_minutes(meeting: Meeting, *, by: User, at: datetime) -> Letter:
    """Send what was agreed; once for each interview."""
    meeting = locked(meeting)
    if meeting.state != Meeting.State.HELD:
        raise Refused(gettext_noop("Record the interview as held first: the minutes are of that."))
    minutes = meeting.letters.filter(kind=LetterKind.MINUTES)
    if minutes.filter(state__in=TELLING).exists():
        raise Refused(
            gettext_noop("The minutes are sent already. Send that letter again from its page.")
        )
    draft = draft_of(occasion_of(meeting), LetterKind.MINUTES, language=language_of(meeting))
    return queue_about(meeting, draft, by=by, at=at)


def queue_about(meeting: Meeting, draft: Draft, *, by: User, at: datetime) -> Letter:
    """Put a letter that tells of an interview into the outbox."""
    letter = post.queue(meeting.course, draft, by=by, at=at)
    meeting.letters.add(letter)
    return letter


def _telling(meeting: Meeting) -> LetterQuerySet:
    """The letters that say when to come."""
    return meeting.letters.filter(kind__in=TELLS_WHEN)


def _take_back_waiting(meeting: Meeting, *, by: User, at: datetime) -> bool:
    """Take back what waits; whether the citizen may have been told of the interview already."""
    for letter in _telling(meeting).here():
        post.take_back(letter, by=by, at=at)
    return _telling(meeting).gone().exists()


def language_of(meeting: Meeting) -> str:
    """The language of the last letter about this interview."""
    last = meeting.letters.order_by("queued_at", "pk").last()
    return last.language if last else "da"
