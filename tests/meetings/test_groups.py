"""Group meetings: seats first come first served, a waiting list, and nobody in two places."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from courses.models import MeetingForm, MeetingKind, Party
from journal.models import Entry
from letters.models import Letter
from meetings.actions import book
from meetings.actions.group_after import give_talks, record_attendance
from meetings.actions.group_enrolling import enrol, withdraw
from meetings.actions.groups import cancel_group, change_group, plan_group, staff_group
from meetings.group_plans import Came, GroupPlan
from meetings.models import Enrolment, GroupMeeting, Meeting, NoShow, Participant
from meetings.plans import Purpose
from notices.models import Notice
from partnerships.models import Role
from shared.refusals import Refused
from tests.factories import CourseFactory, ParticipantFactory, UserFactory
from tests.meetings.conftest import BEFORE, NOW, TEN, World

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
JOB = Purpose(MeetingKind.JOB, Party.JOBCENTRE)
Attendance = Enrolment.Attendance
State = Enrolment.State


def plan(world: World, **changed) -> GroupPlan:
    said = {
        "kind": GroupMeeting.Kind.WORKSHOP,
        "title": "New start",
        "about": "We show you the tools.",
        "organisation": world.jobcentre,
        "invited": world.course.a_kasse,
        "host": world.caseworker,
        "room": world.room,
        "starts_at": TEN,
        "ends_at": TEN + HOUR,
        "form": MeetingForm.IN_PERSON,
        "seats": 2,
    }
    return GroupPlan(**said | changed)


def planned(world: World, **changed) -> GroupMeeting:
    return plan_group(plan(world, **changed), by=world.caseworker, at=NOW)


def another(world: World):
    """One more course with the same parties."""
    return CourseFactory(
        municipality=world.course.municipality, a_kasse=world.course.a_kasse, **BEFORE
    )


def enrolled(world: World, group: GroupMeeting, courses) -> list[Enrolment]:
    return [
        enrol(group, one, by=world.caseworker, at=NOW + timedelta(seconds=n))
        for n, one in enumerate(courses)
    ]


def letters_to(course) -> list[str]:
    return list(Letter.objects.filter(course=course).order_by("pk").values_list("kind", flat=True))


# --- Seats and the waiting list -----------------------------------------------------------------
def test_first_come_first_served_and_the_rest_wait_in_order(world):
    group = planned(world)

    rows = enrolled(world, group, [another(world) for _n in range(4)])

    assert [(one.state, one.seat) for one in rows] == [
        (State.SEATED, 1),
        (State.SEATED, 2),
        (State.WAITING, None),
        (State.WAITING, None),
    ]
    assert list(Enrolment.objects.waiting()) == rows[2:]
    assert [letters_to(one.course) for one in rows] == [["summons"], ["summons"], [], []]


def test_who_withdraws_leaves_the_seat_to_the_first_who_waits_who_is_summoned(world):
    group = planned(world)
    rows = enrolled(world, group, [another(world) for _n in range(4)])
    Letter.objects.update(state="sent", sent_at=NOW)

    _gone, moved_up = withdraw(rows[0], reason="Got a job", by=world.caseworker, at=NOW + HOUR)

    assert moved_up == [rows[2]]
    rows[2].refresh_from_db()
    assert (rows[2].state, rows[2].seat) == (State.SEATED, 1)
    assert letters_to(rows[2].course) == ["summons"]
    assert letters_to(rows[0].course) == ["summons", "cancellation"]
    assert Entry.objects.filter(what="group-moved-up", case_pk=rows[2].course_id).exists()


def test_who_waits_but_is_elsewhere_then_waits_on_and_the_next_one_gets_the_seat(world):
    group = planned(world, seats=1)
    rows = enrolled(world, group, [another(world) for _n in range(3)])
    busy = world.sitting(TEN, worker=None, room=None, place="Hall 2")
    book(rows[1].course, JOB, busy, by=world.caseworker, at=NOW)

    _gone, moved_up = withdraw(rows[0], reason="Ill", by=world.caseworker, at=NOW)

    assert moved_up == [rows[2]]


def test_more_seats_go_to_those_who_wait_and_never_beyond(world):
    group = planned(world)
    rows = enrolled(world, group, [another(world) for _n in range(5)])

    change_group(group, plan(world, seats=4), by=world.caseworker, at=NOW)

    for one in rows:
        one.refresh_from_db()
    assert [one.seat for one in rows] == [1, 2, 3, 4, None]


def test_fewer_seats_than_are_taken_are_refused_and_gaps_are_closed(world):
    group = planned(world, seats=3)
    rows = enrolled(world, group, [another(world) for _n in range(3)])
    with pytest.raises(Refused, match="3 citizens have a seat"):
        change_group(group, plan(world, seats=2), by=world.caseworker, at=NOW)

    withdraw(rows[0], reason="Ill", by=world.caseworker, at=NOW)
    change_group(group, plan(world, seats=2), by=world.caseworker, at=NOW)

    assert sorted(group.enrolments.exclude(seat=None).values_list("seat", flat=True)) == [1, 2]


def test_nobody_is_enrolled_twice_but_may_come_back(world):
    group = planned(world)
    row = enrol(group, world.course, by=world.caseworker, at=NOW)
    with pytest.raises(Refused, match="enrolled already"):
        enrol(group, world.course, by=world.consultant, at=NOW)

    withdraw(row, reason="Ill", by=world.consultant, at=NOW)
    assert enrol(group, world.course, by=world.consultant, at=NOW).seat == 1


def test_only_a_party_of_both_meeting_and_citizen_enrols(world):
    group = planned(world)
    stranger = UserFactory(role=Role.CASEWORKER, organisation=CourseFactory().jobcentre)

    for who, course in ((stranger, world.course), (world.caseworker, CourseFactory())):
        with pytest.raises(Refused, match="none of the parties"):
            enrol(group, course, by=who, at=NOW)


# --- Plan, change, cancel -----------------------------------------------------------------------
def test_only_the_party_that_holds_it_plans_and_changes_it(world):
    with pytest.raises(Refused, match="Only the party that holds"):
        plan_group(plan(world), by=world.consultant, at=NOW)
    group = planned(world)
    with pytest.raises(Refused, match="Only the party that holds"):
        change_group(group, plan(world), by=world.consultant, at=NOW)
    with pytest.raises(Refused, match="Only the party that is invited"):
        staff_group(group, world.consultant, by=world.caseworker, at=NOW)
    assert staff_group(group, world.consultant, by=world.consultant, at=NOW).guest


def test_another_time_is_told_to_everybody_who_has_a_seat(world):
    group = planned(world)
    rows = enrolled(world, group, [another(world) for _n in range(3)])
    Letter.objects.update(state="sent", sent_at=NOW)
    later = {"starts_at": TEN + 2 * HOUR, "ends_at": TEN + 3 * HOUR}

    change_group(group, plan(world, **later), by=world.caseworker, at=NOW + HOUR)

    assert [letters_to(one.course) for one in rows] == [["summons", "change"]] * 2 + [[]]
    seats = Participant.objects.filter(group=group, role="citizen")
    assert {one.starts_at for one in seats} == {TEN + 2 * HOUR}


def test_a_cancelled_meeting_frees_everybody_and_tells_those_who_were_told_to_come(world):
    group = planned(world)
    rows = enrolled(world, group, [another(world) for _n in range(3)])
    Letter.objects.update(state="sent", sent_at=NOW)

    cancel_group(group, reason="The room is flooded", by=world.caseworker, at=NOW + HOUR)

    assert [letters_to(one.course) for one in rows] == [["summons", "cancellation"]] * 2 + [[]]
    free = world.sitting(TEN, worker=world.caseworker)
    assert book(rows[0].course, JOB, free, by=world.caseworker, at=NOW)


def test_the_invited_party_is_asked_who_comes(world):
    leader = UserFactory(role=Role.COORDINATOR, organisation=world.course.a_kasse)

    planned(world)

    assert Notice.objects.get(user=leader).kind == "group-invited"


def test_a_mandatory_summons_says_what_staying_away_means(world):
    for is_mandatory in (True, False):
        group = planned(
            world,
            is_mandatory=is_mandatory,
            starts_at=TEN + HOUR * (0 if is_mandatory else 2),
            ends_at=TEN + HOUR * (1 if is_mandatory else 3),
        )
        enrol(group, world.course, by=world.caseworker, at=NOW, language="en")
    said = [
        "If you do not come" in str(one.content["parts"])
        for one in Letter.objects.filter(course=world.course).order_by("pk")
    ]
    assert said == [True, False]


# --- Nobody and no room in two places -----------------------------------------------------------
@pytest.mark.parametrize("what", ["citizen", "worker", "room"])
def test_an_interview_and_a_group_meeting_do_not_share(world, what):
    group = planned(world)
    enrol(group, world.course, by=world.caseworker, at=NOW)
    course = world.course if what == "citizen" else another(world)
    sitting = world.sitting(
        TEN + timedelta(minutes=15),
        worker=world.caseworker if what == "worker" else None,
        room=world.room if what == "room" else None,
        place="Hall 2",
    )
    said = {"citizen": "The citizen has", "worker": "is in another", "room": "is taken"}[what]

    with pytest.raises(Refused, match=said):
        book(course, JOB, sitting, by=world.caseworker, at=NOW)


@pytest.mark.parametrize("what", ["citizen", "worker", "room"])
def test_a_group_meeting_is_refused_what_an_interview_has(world, what):
    meeting = world.booked_joint()
    changed = {"host": None} if what != "worker" else {}
    changed |= {"room": None, "place": "Hall 2"} if what != "room" else {}
    if what == "citizen":
        group = planned(world, **changed)
        with pytest.raises(Refused, match="The citizen has another"):
            enrol(group, meeting.course, by=world.caseworker, at=NOW)
        return
    with pytest.raises(Refused, match=r"is in another|is taken"):
        planned(world, **changed)


@pytest.mark.parametrize("what", ["citizen", "worker", "room"])
def test_the_database_forbids_it_when_the_acts_are_bypassed(world, what):
    group = planned(world)
    enrol(group, world.course, by=world.caseworker, at=NOW)
    other = CourseFactory(a_kasse=world.course.a_kasse)
    meeting = Meeting.objects.create(
        course=other,
        kind=MeetingKind.JOB,
        held_by=Party.A_KASSE,
        organisation=world.course.a_kasse,
        starts_at=TEN,
        ends_at=TEN + HOUR,
        form=MeetingForm.IN_PERSON,
    )
    row = {
        "citizen": {"role": "citizen", "citizen": world.course.citizen},
        "worker": {"role": "a_kasse", "worker": world.caseworker},
        "room": {"role": "room", "room": world.room},
    }[what]

    with pytest.raises(IntegrityError, match=f"a_{what}_"), transaction.atomic():
        ParticipantFactory(meeting=meeting, **row)


def test_the_database_gives_no_seat_beyond_those_there_are(world):
    group = planned(world, seats=1)
    with pytest.raises(IntegrityError, match="there is no seat 2"), transaction.atomic():
        Enrolment.objects.create(
            group=group, course=world.course, state="seated", seat=2, enrolled_at=NOW
        )


# --- Talks and attendance -----------------------------------------------------------------------
def test_talks_follow_back_to_back_with_both_consultants_and_meet_the_joint_duty(world):
    group = planned(world)
    staff_group(group, world.consultant, by=world.consultant, at=NOW)
    rows = enrolled(world, group, [world.course, another(world)])

    tried = give_talks(group, minutes=20, by=world.caseworker, at=NOW)

    assert (len(tried.given), tried.refused) == (2, [])
    talks = [Enrolment.objects.get(pk=one.pk).talk for one in rows]
    assert [one.starts_at for one in talks] == [
        TEN + HOUR,
        TEN + HOUR + timedelta(minutes=20),
    ]
    assert [one.kind for one in talks] == [MeetingKind.JOINT, MeetingKind.JOB]
    assert talks[0].duty == world.joint
    for talk in talks:
        workers = {one.worker for one in talk.participants.all() if one.worker}
        assert workers == {world.caseworker, world.consultant}


def test_no_talk_before_both_consultants_are_known(world):
    group = planned(world)
    enrol(group, world.course, by=world.caseworker, at=NOW)
    with pytest.raises(Refused, match="Both consultants"):
        give_talks(group, minutes=20, by=world.caseworker, at=NOW)


def test_who_withdraws_has_no_talk_either(world):
    group = planned(world)
    staff_group(group, world.consultant, by=world.consultant, at=NOW)
    [row] = enrolled(world, group, [world.course])
    give_talks(group, minutes=20, by=world.caseworker, at=NOW)
    with pytest.raises(Refused, match="The other party holds"):
        withdraw(row, reason="Ill", by=world.consultant, at=NOW)

    withdraw(row, reason="Ill", by=world.caseworker, at=NOW)

    assert Meeting.objects.get().state == Meeting.State.CANCELLED


def test_attendance_is_recorded_for_each_and_a_missed_talk_is_a_no_show(world):
    group = planned(world)
    staff_group(group, world.consultant, by=world.consultant, at=NOW)
    rows = enrolled(world, group, [world.course, another(world)])
    give_talks(group, minutes=20, by=world.caseworker, at=NOW)
    after = TEN + 3 * HOUR
    came = [Came(rows[0], Attendance.ABSENT), Came(rows[1], Attendance.CAME, "Truck licence")]
    with pytest.raises(Refused, match="has not begun"):
        record_attendance(group, came, by=world.caseworker, at=NOW)

    group = record_attendance(group, came, by=world.caseworker, at=after)

    assert group.state == GroupMeeting.State.HELD
    assert NoShow.objects.get().meeting.course == world.course
    seat = Participant.objects.get(group=group, citizen=rows[1].course.citizen)
    assert seat.attendance == Attendance.CAME
    assert Enrolment.objects.get(pk=rows[1].pk).next_step == "Truck licence"
    assert Entry.objects.filter(what="group-attended", case_pk=world.course.pk).exists()


def test_nobody_is_enrolled_where_one_party_is_not_the_citizens(world):
    other = CourseFactory(municipality=world.course.municipality, **BEFORE)

    with pytest.raises(Refused, match="belongs to only one of them"):
        enrol(planned(world), other, by=world.caseworker, at=NOW)

    alone = planned(world, invited=None, starts_at=TEN + 2 * HOUR, ends_at=TEN + 3 * HOUR)
    assert enrol(alone, other, by=world.caseworker, at=NOW).seat == 1
