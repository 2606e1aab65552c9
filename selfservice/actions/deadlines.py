"""Setting and closing deadlines for booking."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from courses.access import acting_side, has_ended
from courses.models import Course, Duty
from journal.actions import note
from law.self_booking import State
from letters import actions as post
from letters.models import LetterKind
from meetings.models import Meeting
from selfservice.booking_deadlines import rule_of
from selfservice.deadline_letters import write
from selfservice.deadlines import locked, stands
from selfservice.models import BookingDeadline
from shared.refusals import Refused

Outcome, Reason = BookingDeadline.Outcome, BookingDeadline.Reason


@transaction.atomic
def set_deadline(duty: Duty, book_by: date, *, by: User, at: datetime) -> BookingDeadline:
    """Give the citizen a last day to book the time of an interview, and write of it."""
    on = timezone.localdate(at)
    course = Course.objects.select_for_update(of=("self",)).get(pk=duty.course_id)
    _check(duty, course, book_by, by=by, on=on)
    deadline = BookingDeadline.objects.create(
        course=course, duty=duty, held_by=duty.responsible, book_by=book_by, set_on=on, set_by=by
    )
    note(deadline, "booking-deadline-set", by=by, case=course.pk, book_by=book_by.isoformat())
    write(deadline, LetterKind.BOOK_BY, by=by, at=at)
    return deadline


def _check(duty: Duty, course: Course, book_by: date, *, by: User, on: date) -> None:
    if acting_side(by, course, on=on) != duty.responsible or has_ended(course, on=on):
        raise Refused(_("Only the party that holds the interview sets a deadline for booking it."))
    if duty.outcome != Duty.Outcome.PENDING or Meeting.objects.for_duty(duty).exists():
        raise Refused(_("This interview is booked or settled already."))
    if BookingDeadline.objects.open().filter(duty=duty).exists():
        raise Refused(_("There is a deadline for this interview already. Close it first."))
    _check_day(duty, book_by, on=on)


def _check_day(duty: Duty, book_by: date, *, on: date) -> None:
    if book_by <= on:
        raise Refused(_("Choose a day that lies ahead."))
    if rule_of(duty, on=book_by) is None:
        raise Refused(_("By the rules of that day the citizen does not book this interview."))
    last = duty.latest_on or duty.due_on
    if last and book_by >= last:
        raise Refused(
            gettext_noop("The interview must be held by %(last)s. Choose an earlier day."),
            last=last,
        )


@transaction.atomic
def close_deadline(
    deadline: BookingDeadline, reason: BookingDeadline.Reason, *, by: User, at: datetime
) -> BookingDeadline:
    """End a deadline that runs: an exemption, or a mistake; letters that wait are taken back."""
    on = timezone.localdate(at)
    found = locked(deadline)
    if acting_side(by, found.course, on=on) != found.held_by:
        raise Refused(_("Only the party that holds the interview closes its deadline."))
    if found.outcome or stands(found, on=on).state is State.MISSED:
        raise Refused(_("This deadline runs no more."))
    found.outcome, found.settled_on, found.reason = Outcome.CLOSED, on, reason
    found.save(update_fields=["outcome", "settled_on", "reason"])
    for letter in found.letters.here():
        post.take_back(letter, by=by, at=at)
    said = Reason(reason).label
    note(found, "booking-deadline-closed", by=by, case=found.course_id, reason=str(said))
    return found
