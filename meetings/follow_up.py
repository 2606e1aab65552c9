"""What an interview left behind, and exactly what of it the other party reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from courses.access import is_with_jobcentre
from courses.models import ChoiceKind, Course, MeetingKind, Party
from meetings.models import Meeting
from meetings.outcome_words import Pair, outcome_pairs
from meetings.plans import OTHER
from meetings.preparation import Promise, promise

CHOICES = (ChoiceKind.DECLINE_OTHER_PARTY, ChoiceKind.WANT_OTHER_PARTY)
REGISTERED_JOINT = 17
State = Meeting.State


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The panel that is read after an interview."""

    agreements: Sequence[Promise]
    may_tick: bool
    choice_reset: str
    other: str
    shared: Sequence[Pair]
    not_shared: str
    book_next: str


def follow_up_of(
    meeting: Meeting, *, side: Party | None, on: date, book_next: str
) -> FollowUp | None:
    """What follows a settled interview; nothing of one that is still only booked."""
    if meeting.state not in (State.HELD, State.NO_SHOW):
        return None
    held = meeting.state == State.HELD
    agreements = list(meeting.agreements.all()) if held else []
    for one in agreements:
        one.meeting = meeting
    holds = side is not None and side == meeting.held_by
    other = OTHER[side] if side and holds else None  # whoever holds it shares; a guest only reads
    reads = other is not None and _reads(other, meeting.course, on=on)
    return FollowUp(
        agreements=[promise(one, side, on=on) for one in agreements],
        may_tick=side is not None,
        choice_reset=_reset(meeting) if held else "",
        other=_name(other, meeting.course),
        shared=_shared(meeting, other, agreements) if other and reads else (),
        not_shared="" if reads else _("Nothing: the municipality does not follow this course yet."),
        book_next=book_next,
    )


def _reads(party: Party, course: Course, *, on: date) -> bool:
    return party == Party.A_KASSE or is_with_jobcentre(course, on=on)


def _name(party: Party | None, course: Course) -> str:
    if party is None:
        return ""
    return str(course.a_kasse if party == Party.A_KASSE else course.jobcentre)


def _shared(meeting: Meeting, other: Party, agreements: Sequence[object]) -> list[Pair]:
    """The same words that the other party's own page has."""
    pairs = outcome_pairs(meeting, other, until=None)
    if agreements:
        said = "; ".join(str(one) for one in agreements)
        pairs = [*pairs, (_("Agreements"), said)]
    return pairs


def _reset(meeting: Meeting) -> str:
    """A choice about the other party counts for one joint interview, and is asked again."""
    if meeting.kind != MeetingKind.JOINT or meeting.registered_type != REGISTERED_JOINT:
        return ""
    chosen = meeting.course.choices.standing().filter(
        kind__in=CHOICES, chosen_on__lte=meeting.held_on
    )
    if not chosen.exists():
        return ""
    return _(
        "The choice about the other party counted for this joint interview only. Ask again before"
        " the next one."
    )
