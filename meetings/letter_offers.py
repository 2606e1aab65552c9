"""Which letters a person may write from the page of an interview."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from letters.models import Letter, LetterChannel, LetterKind
from meetings.access import may_settle
from meetings.models import Meeting
from meetings.summonses import TELLING, TELLS_WHEN, last_call_among


@dataclass(frozen=True, slots=True)
class Offer:
    """A letter that may be written now: looked at first, then sent."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Post:
    """What the page of an interview says of its letters, besides the letters themselves."""

    offers: tuple[Offer, ...]
    caution: str


def post_of(meeting: Meeting, *, reader: User, on: date, at: datetime) -> Post:
    """What may be written, and what to think of before a no-show counts."""
    if meeting.state not in (Meeting.State.BOOKED, Meeting.State.HELD):
        return Post((), "")
    letters = list(meeting.letters.exclude(state=Letter.State.TAKEN_BACK))
    own = may_settle(reader, meeting, on=on)
    return Post(
        offers=tuple(_offers(meeting, letters, at)) if own else (),
        caution=_caution(meeting, letters) if meeting.state == Meeting.State.BOOKED else "",
    )


def _offers(meeting: Meeting, letters: Sequence[Letter], at: datetime) -> Iterator[Offer]:
    stand = {one.kind for one in letters if one.state in TELLING}
    ahead = meeting.state == Meeting.State.BOOKED and meeting.starts_at > at
    if ahead and stand.isdisjoint(TELLS_WHEN):
        yield _offer(meeting, LetterKind.SUMMONS, _("Send summons"))
    if meeting.state == Meeting.State.HELD and LetterKind.MINUTES not in stand:
        yield _offer(meeting, LetterKind.MINUTES, _("Send minutes"))


def _offer(meeting: Meeting, kind: LetterKind, label: str) -> Offer:
    return Offer(label, reverse("meetings:letter", args=[meeting.pk, kind.value]))


def _caution(meeting: Meeting, letters: Sequence[Letter]) -> str:
    """Whether the citizen can have known in time: the duty begins the day after (domain A1)."""
    call = last_call_among(letters)
    if call is None:
        return _("No summons stands here for this interview.")
    if call.state == Letter.State.FAILED:
        return _("The summons was not sent, so it starts no deadline. Send it again.")
    if call.state == Letter.State.TO_PRINT:
        return _("The summons waits for the printer: it starts no deadline before it is posted.")
    if _posted_too_late(call, meeting):
        return _("The summons was put in the post on the day itself, or later.")
    if call.arrived_at and timezone.localdate(call.arrived_at) >= meeting.held_on:
        return _("The summons arrived on the day itself: the citizen need not be able to come.")
    return ""


def _posted_too_late(call: Letter, meeting: Meeting) -> bool:
    """Whether a letter on paper cannot have come the day before."""
    by_post = call.channel == LetterChannel.PRINT and call.sent_at
    return bool(by_post) and timezone.localdate(call.sent_at) >= meeting.held_on
