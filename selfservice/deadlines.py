"""What a morning does with the deadlines for booking, and how each is locked first."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from courses.audience import told_of
from courses.models import Course, Party
from journal.actions import note
from law.self_booking import Standing, State
from letters.models import LetterKind
from meetings.models import Meeting
from notices.actions import tell
from selfservice.booking_deadlines import standing_of
from selfservice.deadline_letters import write
from selfservice.models import BookingDeadline

Outcome = BookingDeadline.Outcome
REMIND = timedelta(3)  # before the last day
SETTLED = {State.MET: Outcome.MET, State.MISSED: Outcome.MISSED}


@transaction.atomic
def settle_or_remind(deadline: BookingDeadline, *, on: date, at: datetime) -> str:
    """What a morning does with a deadline: `met`, `missed`, `reminded`, or nothing.

    A missed one is told to whoever holds the interview. Nobody is de-registered here.
    """
    found = locked(deadline)
    if found.outcome:
        return ""
    now = stands(found, on=on)
    if on > found.book_by:  # until then a time may be given back, and another booked
        return _settle(found, now.state, now.since, at=at)
    is_due = found.set_on < on and on >= found.book_by - REMIND
    if now.state is State.OPEN and is_due and found.reminded_on is None:
        found.reminded_on = on
        found.save(update_fields=["reminded_on"])
        return "reminded" if write(found, LetterKind.REMINDER, at=at) else ""
    return ""


def _settle(found: BookingDeadline, state: State, since: date, *, at: datetime) -> str:
    found.outcome, found.settled_on = SETTLED[state], since
    found.save(update_fields=["outcome", "settled_on"])
    note(found, f"booking-deadline-{found.outcome}", by=None, case=found.course_id)
    if state is State.MISSED:
        course, party = found.course, Party(found.held_by)
        tell(
            told_of(course, party, on=timezone.localdate(at)),
            "booking-missed",
            case_number=course.case_number,
            url=reverse("selfservice:deadlines", args=[course.case_number]),
            at=at,
        )
    return str(found.outcome)


def locked(deadline: BookingDeadline) -> BookingDeadline:
    """The deadline as it now stands; the course is locked first, as everywhere."""
    Course.objects.select_for_update(of=("self",)).get(pk=deadline.course_id)
    rows = BookingDeadline.objects.select_for_update(of=("self",))
    return rows.select_related(
        "course__citizen", "course__a_kasse", "course__jobcentre", "duty", "set_by"
    ).get(pk=deadline.pk)


def stands(deadline: BookingDeadline, *, on: date) -> Standing:
    """How a deadline stands on a day."""
    return standing_of(deadline, Meeting.objects.filter(course=deadline.course_id), on=on)
