"""What follows the joint part of a group meeting: individual talks, and who came."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from courses.models import Course, Duty, MeetingForm, MeetingKind, Party
from journal.actions import note
from meetings.access import may_settle
from meetings.actions.booking import OWED, book
from meetings.actions.group_missing import take_back_no_show
from meetings.actions.group_seats import lock_everybody, locked_group, role_of
from meetings.actions.outcome import miss
from meetings.availability import Availability
from meetings.collisions import seated
from meetings.group_access import house_of, may_enrol, may_tell_why
from meetings.group_plans import Came, Tried
from meetings.models import Enrolment, GroupMeeting, Meeting, NoShow, Participant
from meetings.plans import Missed, Purpose, Sitting
from shared.refusals import Refused

Role = Participant.Role
State = GroupMeeting.State
Attendance = Enrolment.Attendance
STEP = timedelta(minutes=5)
LAST_HOUR = 18


@seated
def give_talks(
    group: GroupMeeting,
    *,
    minutes: int,
    by: User,
    at: datetime,
    agreed_short_notice: bool = False,
) -> Tried:
    """Book an individual talk after the joint part for each who has a seat and no talk yet.

    Back to back with both consultants, in the order of the seats; who cannot have one is said why.
    """
    group = locked_group(group)
    _check_talks(group, at=at)
    lock_everybody(group)
    rows = list(_without_talk(group))
    availability = _availability(group, [one.course.citizen_id for one in rows])
    booked: list[tuple[datetime, datetime]] = []
    given, refused = [], []
    for row in rows:
        try:
            span = _first_free(group, row, availability, booked, timedelta(minutes=minutes))
            purpose, sitting = _talk(group, row.course, span, by=by, at=at)
            sitting = replace(sitting, agreed_short_notice=agreed_short_notice)
            row.talk = book(row.course, purpose, sitting, by=by, at=at)
        except Refused as reason:
            refused.append((row.course.case_number, str(reason)))
            continue
        row.save(update_fields=["talk"])
        booked.append(span)
        given.append(row)
    note(group, "group-talks-given", by=by, case=None, talks=len(given), refused=len(refused))
    return Tried(given, refused)


@seated
def record_attendance(
    group: GroupMeeting, came: Sequence[Came], *, by: User, at: datetime
) -> GroupMeeting:
    """Write down who came, and each one's next step; all of them, or none."""
    group = locked_group(group)
    if group.state == State.CANCELLED:
        raise Refused(gettext_noop("The meeting is held or cancelled already."))
    if at < group.starts_at:
        raise Refused(gettext_noop("The meeting has not begun yet. Record who came afterwards."))
    lock_everybody(group)
    for one in came:
        _attend(group, one, by=by, at=at)
    if group.state == State.PLANNED and any(one.attendance == Attendance.CAME for one in came):
        group.state = State.HELD
        group.save(update_fields=["state"])
        note(group, "group-held", by=by, case=None, title=group.title)
    return group


def to_tell_why(group: GroupMeeting, *, by: User, at: datetime) -> bool:
    """Whether a person has to say of somebody why the meeting was missed."""
    today = timezone.localdate(at)
    rows = group.enrolments.filter(attendance=Attendance.ABSENT, no_show=None)
    known = rows.select_related("course__a_kasse", "course__jobcentre", "talk", "group")
    return any(may_tell_why(by, one, on=today) for one in known)


def _check_talks(group: GroupMeeting, *, at: datetime) -> None:
    if group.state != State.PLANNED:
        raise Refused(gettext_noop("The meeting is held or cancelled already."))
    if group.ends_at <= at:
        raise Refused(gettext_noop("The time has passed. Choose a later one."))
    if group.host is None or (group.invited and group.guest is None):
        raise Refused(
            gettext_noop("Both consultants take part in the talks: say first who they are.")
        )


def _without_talk(group: GroupMeeting) -> list[Enrolment]:
    rows = group.enrolments.filter(state=Enrolment.State.SEATED).order_by("seat")
    found = rows.select_related("course__citizen", "course__a_kasse", "course__jobcentre", "talk")
    return [one for one in found if one.talk is None or one.talk.state == Meeting.State.CANCELLED]


def _availability(group: GroupMeeting, citizens: list[int]) -> Availability:
    return Availability.of_seats(
        first=timezone.localdate(group.starts_at),
        last=timezone.localdate(group.ends_at),
        workers=_workers(group),
        rooms=[group.room.pk] if group.room else [],
        citizens=citizens,
    )


def _workers(group: GroupMeeting) -> list[int]:
    return [one.pk for one in (group.host, group.guest) if one]


def _first_free(
    group: GroupMeeting,
    row: Enrolment,
    availability: Availability,
    booked: Sequence[tuple[datetime, datetime]],
    length: timedelta,
) -> tuple[datetime, datetime]:
    """The first time after the joint part at which both consultants, room and citizen are free."""
    starts_at = group.ends_at
    while timezone.localtime(starts_at + length).hour < LAST_HOUR:
        ends_at = starts_at + length
        overlaps = any(starts_at < end and start < ends_at for start, end in booked)
        if not overlaps and not availability.obstacles(
            starts_at,
            ends_at,
            workers=_workers(group),
            room=group.room.pk if group.room else None,
            citizen=row.course.citizen_id,
        ):
            return starts_at, ends_at
        starts_at += STEP
    raise Refused(gettext_noop("There is no free time left that day."))


def _talk(
    group: GroupMeeting,
    course: Course,
    span: tuple[datetime, datetime],
    *,
    by: User,
    at: datetime,
) -> tuple[Purpose, Sitting]:
    """The talk as an ordinary interview of the jobcentre: the joint one where that is owed."""
    house = house_of(by, group, course, on=timezone.localdate(at))
    if house is None or role_of(house) != Role.JOBCENTRE:
        raise Refused(gettext_noop("The jobcentre summons to the talks. Ask it to give the times."))
    is_ours = group.organisation.kind == house.kind
    own, other = (group.host, group.guest) if is_ours else (group.guest, group.host)
    a_kasse = group.invited_id if is_ours else group.organisation_id
    comes = a_kasse is not None and a_kasse in (course.a_kasse_id, course.a_kasse.successor_id)
    duty = _joint_duty(course)
    purpose = Purpose(
        kind=MeetingKind.JOINT if duty else MeetingKind.JOB,
        held_by=Party.JOBCENTRE,
        duty=duty,
        with_other_party=comes,
    )
    sitting = Sitting(
        *span,
        form=MeetingForm(group.form),
        room=group.room,
        place=group.place,
        worker=own,
        guest=other if comes else None,
        staffs_guest=comes,
        in_slot=not is_ours,  # the room is the a-kasse's, as in a slot that it brings a room to
    )
    return purpose, sitting


def _joint_duty(course: Course) -> Duty | None:
    """The joint interview that is owed and not booked, the one that is due first."""
    booked = Meeting.objects.booked().filter(course=course, duty__isnull=False)
    owed = course.duties.filter(kind=MeetingKind.JOINT, outcome__in=OWED)
    return owed.exclude(pk__in=booked.values("duty")).order_by("due_on", "pk").first()


def _attend(group: GroupMeeting, came: Came, *, by: User, at: datetime) -> None:
    """One who came, stayed away or sent word; a missed talk is a no-show like any other."""
    rows = group.enrolments.filter(state=Enrolment.State.SEATED)
    row = rows.select_related("course__citizen", "talk").filter(pk=came.enrolment.pk).first()
    if row is None or not may_enrol(by, group, row.course, on=timezone.localdate(at)):
        raise Refused(gettext_noop("Only a party of the citizen records whether the citizen came."))
    if (row.attendance, row.next_step) == (came.attendance, came.next_step):
        return
    before = row.attendance
    if before == Attendance.ABSENT != came.attendance:
        take_back_no_show(row, by=by)
    row.attendance, row.next_step = came.attendance, came.next_step
    row.save(update_fields=["attendance", "next_step"])
    group.participants.filter(citizen=row.course.citizen_id).update(attendance=came.attendance)
    note(
        row,
        "group-attended",
        by=by,
        case=row.course_id,
        title=group.title,
        attendance=came.attendance,
        before=before,
        next_step=came.next_step,
    )
    if group.is_mandatory and came.attendance == Attendance.ABSENT:
        _miss_talk(row.talk, by=by, at=at)


def _miss_talk(talk: Meeting | None, *, by: User, at: datetime) -> None:
    """The talk of one who stayed away from the whole is missed; reasons are asked for there."""
    if talk is None or talk.state != Meeting.State.BOOKED or at < talk.starts_at:
        return
    if may_settle(by, talk, on=timezone.localdate(at)):
        miss(talk, Missed(lawful_absence=NoShow.Lawful.NONE), by=by, at=at)
