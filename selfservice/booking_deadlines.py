"""How deadlines for booking stand, and for which interviews one may be set."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from accounts.models import User
from courses.access import acting_side, has_ended
from courses.models import Course, Duty, Party
from law.self_booking import (
    Booking,
    Deadline,
    SelfBooking,
    Standing,
    gives_deadlines,
    self_booking,
    standing,
)
from law.vocabulary import MeetingKind as LawKind
from law.vocabulary import Party as LawParty
from meetings.models import Meeting
from selfservice.models import BookingDeadline


def rule_of(duty: Duty, *, on: date) -> SelfBooking | None:
    """The row by which the citizen books an interview on a day; none where people are summoned."""
    row = self_booking(LawKind(duty.kind), LawParty(duty.responsible), on=on)
    return row if row and row.allowed and row.missed else None


def setting_side(user: User, course: Course, *, on: date) -> Party | None:
    """The party for which a person sets deadlines: of a course that runs, where citizens book."""
    side = acting_side(user, course, on=on)
    if side is None or has_ended(course, on=on):
        return None
    return side if gives_deadlines(LawParty(side), on=on) else None


def to_book(course: Course, side: Party, *, on: date) -> list[Duty]:
    """The interviews of a party that the citizen could be given a deadline for."""
    owed = course.duties.filter(responsible=side, outcome=Duty.Outcome.PENDING)
    free = owed.exclude(pk__in=Meeting.objects.booked().filter(course=course).values("duty"))
    free = free.exclude(booking_deadlines__in=BookingDeadline.objects.open())
    return [one for one in free.order_by("due_on", "pk") if rule_of(one, on=on)]


def bookings_of(meetings: Iterable[Meeting], deadline: BookingDeadline) -> list[Booking]:
    """The interviews that were booked with the party since a deadline was set."""
    return [
        _booking(one)
        for one in meetings
        if one.held_by == deadline.held_by and timezone.localdate(one.booked_at) >= deadline.set_on
    ]


def _booking(meeting: Meeting) -> Booking:
    was_given_back = meeting.cancelled_by == Party.CITIZEN and meeting.settled_at
    return Booking(
        timezone.localdate(meeting.booked_at),
        timezone.localdate(meeting.settled_at) if was_given_back and meeting.settled_at else None,
    )


def standing_of(deadline: BookingDeadline, meetings: Iterable[Meeting], *, on: date) -> Standing:
    """How a deadline stands on a day by the rule of its own day."""
    row = rule_of(deadline.duty, on=deadline.book_by)
    if row is None:
        raise ValueError(f"no rule lets the citizen book on {deadline.book_by}")
    is_closed = deadline.outcome == BookingDeadline.Outcome.CLOSED
    return standing(
        row,
        Deadline(deadline.set_on, deadline.book_by),
        bookings=bookings_of(meetings, deadline),
        closed_on=deadline.settled_on if is_closed else None,
        on=on,
    )
