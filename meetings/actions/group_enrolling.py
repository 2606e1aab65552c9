"""Enrolling citizens in a group meeting, and withdrawing them: first come, first served."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from courses.access import has_ended
from courses.models import Course, Party
from journal.actions import note
from meetings import group_letters
from meetings.access import may_settle
from meetings.actions.group_seats import (
    fill,
    free_seats,
    is_free,
    lock_everybody,
    locked_group,
    sit,
)
from meetings.actions.outcome import cancel as cancel_interview
from meetings.collisions import Lock, TimeTaken, lock_all, seated
from meetings.group_access import NOT_THEIRS, is_for, may_enrol
from meetings.models import Enrolment, GroupMeeting, Meeting, Participant
from shared.refusals import Refused

State = Enrolment.State
Role = Participant.Role


@seated
def enrol(  # noqa: PLR0913 (whom, and how the citizen is written to)
    group: GroupMeeting,
    course: Course,
    *,
    by: User,
    at: datetime,
    summon: bool = True,
    language: str = "da",
) -> Enrolment:
    """Give a citizen a free seat and a summons, or else a place on the waiting list."""
    group = locked_group(group)
    _check_open(group, at=at)
    _check_course(group, course, by=by, at=at)
    free = free_seats(group)
    enrolment = Enrolment(
        group=group, course=course, state=State.WAITING, enrolled_at=at, enrolled_by=by
    )
    if free:
        sit(enrolment, free[0], "group-enrolled", by=by)
    else:
        enrolment.save()
        note(enrolment, "group-waiting", by=by, case=course.pk, title=group.title)
    if free and summon:
        group_letters.summon(enrolment, by=by, at=at, language=language)
    return enrolment


@seated
def withdraw(
    enrolment: Enrolment, *, reason: str, by: User, at: datetime
) -> tuple[Enrolment, list[Enrolment]]:
    """Take a citizen off the meeting; the first who waits gets the seat, and is told."""
    group = locked_group(enrolment.group)
    enrolment = group.enrolments.select_related("course__citizen", "talk").get(pk=enrolment.pk)
    enrolment.group = group
    _check_open(group, at=at)
    if not may_enrol(by, group, enrolment.course, on=timezone.localdate(at)):
        raise Refused(gettext_noop("Only a party of the citizen withdraws the citizen."))
    if enrolment.state == State.WITHDRAWN:
        raise Refused(gettext_noop("The citizen is withdrawn already."))
    if not reason:
        raise Refused(gettext_noop("Write why the citizen does not come."))
    lock_everybody(group)
    _cancel_talk(enrolment.talk, reason, by=by, at=at)
    group.participants.filter(role=Role.CITIZEN, citizen=enrolment.course.citizen_id).delete()
    enrolment.state, enrolment.seat, enrolment.why_withdrawn = State.WITHDRAWN, None, reason
    enrolment.save(update_fields=["state", "seat", "why_withdrawn"])
    note(
        enrolment,
        "group-withdrawn",
        by=by,
        case=enrolment.course_id,
        title=group.title,
        reason=reason,
    )
    group_letters.tell_not_to_come(enrolment, by=by, at=at)
    return enrolment, fill(group, by=by, at=at)


def _check_open(group: GroupMeeting, *, at: datetime) -> None:
    if group.state != GroupMeeting.State.PLANNED:
        raise Refused(gettext_noop("The meeting is held or cancelled already."))
    if group.starts_at <= at:
        raise Refused(gettext_noop("The meeting has begun: record who came instead."))


def _check_course(group: GroupMeeting, course: Course, *, by: User, at: datetime) -> None:
    """Lock the citizen, who is of one of the parties, not enrolled yet, and free."""
    if not may_enrol(by, group, course, on=timezone.localdate(at)):
        raise Refused(gettext_noop("The citizen belongs to none of the parties of this meeting."))
    if not is_for(group, course):
        raise Refused(NOT_THEIRS)
    if has_ended(course, on=timezone.localdate(group.starts_at)):
        raise Refused(gettext_noop("The course is over by the day of the meeting."))
    if Enrolment.objects.standing().filter(group=group, course=course).exists():
        raise Refused(gettext_noop("The citizen is enrolled already."))
    lock_all([(Lock.CITIZEN, course.citizen_id)])
    if not is_free(group, course.citizen_id):
        raise TimeTaken(
            gettext_noop("The citizen has another interview at this time. Choose another time.")
        )


def _cancel_talk(talk: Meeting | None, reason: str, *, by: User, at: datetime) -> None:
    """Cancel the individual talk along; it is its holder's to cancel."""
    if talk is None or talk.state != Meeting.State.BOOKED:
        return
    if not may_settle(by, talk, on=timezone.localdate(at)):
        raise Refused(
            gettext_noop(
                "The other party holds the citizen's individual talk."
                " Ask it to cancel the talk first."
            )
        )
    cancel_interview(talk, cancelled_by=Party(talk.held_by), reason=reason, by=by, at=at)
