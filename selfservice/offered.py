"""The times that a citizen may choose among instead of the booked one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from courses.models import MeetingForm, MeetingKind, Party
from law import self_booking
from law.vocabulary import MeetingKind as LawKind
from law.vocabulary import Party as LawParty
from meetings.models import Meeting
from selfservice.models import Statement
from shared.written import clock_text, long_day
from slots.finding import find
from slots.found import Proposal
from slots.models import Slot

SEARCHED = 60
SHOWN = 12  # the best of them, on several days where there are


@dataclass(frozen=True, slots=True)
class Time:
    """One free time, as the form names it and as people read it."""

    value: str
    day: str
    clock: str
    where: str
    is_asked_for: bool = False


def may_choose(meeting: Meeting) -> bool:
    """Whether the rules let the citizen choose among free times for this interview."""
    return self_booking.may_self_book(
        LawKind(meeting.kind),
        LawParty(meeting.held_by),
        on=timezone.localdate(meeting.starts_at),
    )


def proposals(meeting: Meeting, *, at: datetime) -> list[Proposal]:
    """Free times of the jobcentre for this interview, other than its own, the best first."""
    if meeting.held_by != Party.JOBCENTRE or not may_choose(meeting):
        return []
    if meeting.duty is None and meeting.kind != MeetingKind.JOINT:
        return []
    today = timezone.localdate(at)
    found = find(meeting.course, meeting.duty, user=None, on=today, count=SEARCHED, at=at)
    return [one for one in found.proposals if one.slot.starts_at != meeting.starts_at]


def times(meeting: Meeting, *, at: datetime) -> list[Time]:
    """The same for the citizen: when and how, no names; of several at once, one."""
    firsts: dict[tuple[datetime, str], Slot] = {}
    for one in proposals(meeting, at=at):
        firsts.setdefault((one.slot.starts_at, one.slot.form), one.slot)
    shown = sorted(list(firsts.values())[:SHOWN], key=lambda slot: (slot.starts_at, slot.pk))
    waiting = Statement.objects.filter(meeting=meeting, answer="").exclude(slot=None)
    asked_for = set(waiting.values_list("slot__starts_at", "slot__form"))
    return [_time(slot, is_asked_for=(slot.starts_at, slot.form) in asked_for) for slot in shown]


def _time(slot: Slot, *, is_asked_for: bool) -> Time:
    day = long_day(slot.day)
    return Time(
        value=written(slot),
        day=f"{day[:1].upper()}{day[1:]}",
        clock=f"{clock_text(slot.starts_at)}–{clock_text(slot.ends_at)}",
        where=where_of(slot),
        is_asked_for=is_asked_for,
    )


def where_of(slot: Slot) -> str:
    """The published place of a time, or how people meet."""
    if slot.form != MeetingForm.IN_PERSON:
        return str(slot.get_form_display())
    room = slot.room
    return ", ".join(part for part in (room.name, room.place) if part) if room else slot.place


def written(slot: Slot) -> str:
    """A time as a form sends it: the slot, and when it was on the page."""
    return f"{slot.pk}-{int(slot.starts_at.timestamp())}"


def chosen(text: str, offered: Sequence[Proposal]) -> Slot | None:
    """The time that a form names, if it is still among those offered, at the same hour."""
    return next((one.slot for one in offered if written(one.slot) == text), None)
