"""What the jobcentre does with a hand-over: accept it, send it back, book its first interview."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.audience import told_of
from courses.deadlines import call_to_jobcentre
from courses.models import Course, Duty, MeetingKind, Party
from handovers.access import advisers_of, may_accept, may_book_first, may_return
from handovers.actions.sheets import State, locked
from handovers.models import Handover
from journal.actions import note
from meetings import actions as meeting_actions
from meetings.models import Meeting
from meetings.plans import Purpose, Sitting
from notices.actions import tell
from shared.refusals import Refused


@transaction.atomic
def accept(handover: Handover, *, adviser: User, by: User, at: datetime) -> Handover:
    """Take the course over, and say who takes it; the day is the law's whatever is said here."""
    handover, today = locked(handover), timezone.localdate(at)
    if not may_accept(by, handover, on=today):
        raise Refused(_("This hand-over does not wait for you. Reload the page to see its state."))
    course = handover.course
    if not advisers_of(course, on=today).filter(pk=adviser.pk).exists():
        said = {"house": course.jobcentre.short}
        raise Refused(_("Choose a caseworker who works at %(house)s.") % said)
    handover.state = State.DONE if handover.moves_on <= today else State.ACCEPTED
    handover.accepted_at, handover.accepted_by = at, by
    handover.save(update_fields=["state", "accepted_at", "accepted_by"])
    if course.caseworker_id != adviser.pk:
        course.caseworker = adviser
        course.save(update_fields=["caseworker"])
    note(handover, "handover-accepted", by=by, case=course.pk, to=str(adviser))
    _tell(handover, told_of(course, Party.A_KASSE, on=today), "handover-accepted", by=by, at=at)
    if adviser != by:
        _tell(handover, [adviser], "assigned", by=by, at=at)
    return handover


@transaction.atomic
def send_back(handover: Handover, *, reason: str, by: User, at: datetime) -> Handover:
    """Return the sheet to the a-kasse, which corrects it and sends it again."""
    handover, today = locked(handover), timezone.localdate(at)
    if not may_return(by, handover, on=today):
        raise Refused(_("This hand-over does not wait for you. Reload the page to see its state."))
    if not reason.strip():
        raise Refused(_("Write what is missing: the a-kasse corrects it by that."))
    handover.state = State.RETURNED
    handover.returned_at, handover.returned_by, handover.returned_reason = at, by, reason
    columns = ["state", "returned_at", "returned_by", "returned_reason"]
    handover.save(update_fields=columns)
    note(handover, "handover-returned", by=by, case=handover.course_id, reason=reason)
    people = told_of(handover.course, Party.A_KASSE, on=today)
    _tell(handover, people, "handover-returned", by=by, at=at)
    return handover


@transaction.atomic
def book_first(handover: Handover, *, sitting: Sitting, by: User, at: datetime) -> Meeting:
    """Book the jobcentre's first interview of an accepted course, also before its day."""
    today = timezone.localdate(at)
    if not may_book_first(by, handover, on=today):
        raise Refused(_("Accept the hand-over first; then book the first interview."))
    if sitting.day < handover.moves_on:
        raise Refused(_("The interviews are the a-kasse's until the day of the hand-over."))
    course = handover.course
    call_to_jobcentre(course, on=today)
    return meeting_actions.book(course, first_purpose(course), sitting, by=by, at=at)


def first_purpose(course: Course) -> Purpose:
    """What the jobcentre's first interview is: the first it owes, else a job interview."""
    kinds = (MeetingKind.JOB, MeetingKind.JOINT)
    owed = course.duties.pending().filter(responsible=Party.JOBCENTRE, kind__in=kinds)
    free = owed.exclude(pk__in=Meeting.objects.booked().filter(course=course).values("duty"))
    duty: Duty | None = free.order_by("due_on", "pk").first()
    kind = MeetingKind(duty.kind) if duty else MeetingKind.JOB
    return Purpose(kind, Party.JOBCENTRE, duty, with_other_party=bool(duty and duty.with_party))


def _tell(handover: Handover, people: list[User], kind: str, *, by: User, at: datetime) -> None:
    course: Course = handover.course
    number, url = course.case_number, handover.get_absolute_url()
    tell(people, kind, case_number=number, url=url, at=at, by=by)
