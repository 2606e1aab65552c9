"""Booking, moving, and replying to an invitation."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from courses.models import Duty, MeetingForm, MeetingKind, Party
from journal.models import Entry
from meetings.actions import book, move, reply
from meetings.models import Meeting, Participant
from meetings.plans import Purpose, Reply
from partnerships.models import Membership, Role
from shared.refusals import Refused
from tests.factories import CourseFactory, DutyFactory, RoomFactory, UserFactory, moment
from tests.meetings.conftest import DAY, NOW, TEN, TODAY, new_world

JOB = Purpose(MeetingKind.JOB, Party.JOBCENTRE)


def seats(meeting):
    rows = meeting.participants.order_by("pk")
    return [(row.role, row.citizen or row.worker or row.room, row.attendance) for row in rows]


def booked(world, **changed):
    return book(world.course, JOB, world.sitting(**changed), by=world.caseworker, at=NOW)


def test_a_joint_interview_is_booked_with_everybody_it_takes(world):
    meeting = book(
        world.course, world.joint_purpose(), world.sitting(), by=world.caseworker, at=NOW
    )

    assert meeting.state == Meeting.State.BOOKED
    assert (meeting.duty, meeting.held_by) == (world.joint, Party.JOBCENTRE)
    assert meeting.organisation == world.jobcentre
    assert seats(meeting) == [
        ("citizen", world.course.citizen, "expected"),
        ("a_kasse", None, "expected"),
        ("jobcentre", world.caseworker, "expected"),
        ("room", world.room, "expected"),
    ]
    entry = Entry.objects.of_case(world.course.pk).get(what="meeting-booked")
    assert entry.by == world.caseworker
    assert entry.details["starts_at"] == "2026-09-30T10:00+02:00"


def test_the_duty_keeps_its_date_and_stays_owed_when_an_interview_is_booked(world):
    book(world.course, world.joint_purpose(), world.sitting(), by=world.caseworker, at=NOW)

    duty = Duty.objects.get(pk=world.joint.pk)
    assert (duty.outcome, duty.due_on) == (Duty.Outcome.PENDING, world.joint.due_on)


def test_the_a_kasse_books_its_own_interview(world):
    purpose = Purpose(MeetingKind.JOB, Party.A_KASSE, world.job)
    sitting = world.sitting(room=None, place="Hovedgaden 1", worker=world.consultant)

    meeting = book(world.course, purpose, sitting, by=world.consultant, at=NOW)

    assert (meeting.organisation, meeting.ordinal) == (world.course.a_kasse, 2)


@pytest.mark.parametrize(("regime_rule", "number"), [("R15-05", 1), ("R15-06", 2), ("R15-07", 3)])
def test_a_joint_interview_has_its_number_among_the_joint_ones(world, regime_rule, number):
    duty = DutyFactory(
        course=world.course, rule=regime_rule, ordinal=1, kind="joint", responsible="jobcentre"
    )
    meeting = book(
        world.course, world.joint_purpose(duty=duty), world.sitting(), by=world.caseworker, at=NOW
    )

    assert meeting.ordinal == number


def test_the_a_kasse_does_not_book_joint_interviews(world):
    with pytest.raises(Refused, match="The jobcentre summons to joint interviews"):
        book(world.course, world.joint_purpose(), world.sitting(), by=world.consultant, at=NOW)


@pytest.mark.parametrize(
    ("kind", "party", "who"),
    [
        (MeetingKind.CV, Party.JOBCENTRE, "caseworker"),
        (MeetingKind.AVAILABILITY, Party.A_KASSE, "caseworker"),
        (MeetingKind.RECRUITMENT, Party.A_KASSE, "consultant"),
        (MeetingKind.JOB, Party.A_KASSE, "caseworker"),
    ],
)
def test_nobody_books_the_other_partys_interviews(world, kind, party, who):
    with pytest.raises(Refused, match="booked by the other party"):
        book(world.course, Purpose(kind, party), world.sitting(), by=getattr(world, who), at=NOW)


def test_an_a_kasse_that_lost_the_member_does_not_book(db):
    world = new_world(ended_on=TODAY)
    purpose = Purpose(MeetingKind.JOB, Party.A_KASSE)
    sitting = world.sitting(room=None, place="Hovedgaden 1", worker=world.consultant)

    with pytest.raises(Refused):
        book(world.course, purpose, sitting, by=world.consultant, at=NOW)


REFUSED_SITTINGS = [
    ("the same day", {"starts_at": NOW + timedelta(hours=2)}, "the day after the summons"),
    ("before the course", {"starts_at": moment(date(2026, 5, 1), 10)}, "The course begins on"),
    ("no room or place", {"room": None}, "choose a room or write the place"),
    ("ends before it starts", {"ends_at": TEN}, "must end after it starts"),
]


@pytest.mark.parametrize(
    ("changed", "words"),
    [case[1:] for case in REFUSED_SITTINGS],
    ids=[c[0] for c in REFUSED_SITTINGS],
)
def test_a_time_or_place_that_cannot_be_is_refused_with_what_to_do(world, changed, words):
    with pytest.raises(Refused, match=words):
        booked(world, **changed)


def test_a_course_that_ends_before_the_day_takes_no_booking(db):
    world = new_world(ended_on=DAY)

    with pytest.raises(Refused, match="until 30"):
        booked(world)


def test_the_citizen_may_agree_to_come_the_same_day(world):
    meeting = booked(world, starts_at=NOW + timedelta(hours=2), agreed_short_notice=True)

    assert meeting.held_on == TODAY


def test_the_day_after_the_summons_is_early_enough(world):
    assert booked(world, starts_at=moment(TODAY + timedelta(1), 8)).pk


def test_a_room_of_another_party_is_refused(world):
    with pytest.raises(Refused, match="Choose one of your own rooms"):
        booked(world, room=RoomFactory())


def test_a_room_out_of_use_is_refused(world):
    room = RoomFactory(organisation=world.jobcentre, is_active=False)

    with pytest.raises(Refused, match="Choose one of your own rooms"):
        booked(world, room=room)


def test_a_worker_of_another_party_is_refused(world):
    with pytest.raises(Refused, match="Choose another worker"):
        booked(world, worker=world.consultant)


def test_a_worker_who_has_left_by_then_is_refused(world):
    Membership.objects.filter(user=world.caseworker).update(ends_on=DAY)

    with pytest.raises(Refused, match="does not work here on that day"):
        booked(world)


def test_a_duty_of_another_kind_or_course_is_refused(world):
    for duty in (world.job, DutyFactory(kind="joint", responsible="jobcentre")):
        with pytest.raises(Refused, match="asks for another interview"):
            book(
                world.course,
                world.joint_purpose(duty=duty),
                world.sitting(),
                by=world.caseworker,
                at=NOW,
            )


def test_a_duty_that_the_other_party_owes_is_refused(world):
    purpose = replace(JOB, duty=world.job)

    with pytest.raises(Refused, match="The other party owes this interview"):
        book(world.course, purpose, world.sitting(), by=world.caseworker, at=NOW)


def test_a_duty_that_is_no_longer_owed_is_refused(world):
    Duty.objects.filter(pk=world.joint.pk).update(outcome="lapsed", late_from=None, soon_from=None)

    with pytest.raises(Refused, match="no longer owed"):
        book(world.course, world.joint_purpose(), world.sitting(), by=world.caseworker, at=NOW)


def test_a_duty_has_one_booking(world):
    book(world.course, world.joint_purpose(), world.sitting(), by=world.caseworker, at=NOW)

    with pytest.raises(Refused, match="already has a booked interview"):
        book(
            world.course,
            world.joint_purpose(),
            world.sitting(TEN + timedelta(days=1)),
            by=world.caseworker,
            at=NOW,
        )


def test_a_worker_is_in_one_interview_at_a_time_and_the_refusal_says_who_and_when(world):
    booked(world)
    other = CourseFactory(municipality=world.course.municipality, jobcentre_from=TODAY)
    room = RoomFactory(organisation=world.jobcentre)

    with pytest.raises(Refused, match=rf"{world.caseworker} is in another interview from 10"):
        book(
            other,
            JOB,
            world.sitting(TEN + timedelta(minutes=30), room=room),
            by=world.caseworker,
            at=NOW,
        )


def test_a_room_holds_one_interview_at_a_time_and_the_refusal_says_which_and_when(world):
    booked(world)
    other = CourseFactory(municipality=world.course.municipality, jobcentre_from=TODAY)
    colleague = UserFactory(role=Role.CASEWORKER, organisation=world.jobcentre)

    with pytest.raises(Refused, match=rf"{world.room} is taken from 10"):
        book(other, JOB, world.sitting(worker=colleague), by=colleague, at=NOW)


def test_a_citizen_is_in_one_interview_at_a_time_whoever_called(world):
    purpose = Purpose(MeetingKind.JOB, Party.A_KASSE)
    place = {"room": None, "place": "Hovedgaden 1", "worker": world.consultant}
    book(world.course, purpose, world.sitting(**place), by=world.consultant, at=NOW)

    with pytest.raises(Refused, match="The citizen has another interview from 10"):
        booked(world)


def test_interviews_may_follow_right_on_one_another(world):
    first = booked(world)

    assert booked(world, starts_at=first.ends_at).starts_at == first.ends_at


def test_moving_frees_the_old_time_and_keeps_the_duty(world):
    meeting = book(
        world.course, world.joint_purpose(), world.sitting(), by=world.caseworker, at=NOW
    )

    moved = move(meeting, world.sitting(TEN + timedelta(days=1)), by=world.caseworker, at=NOW)

    assert (moved.pk, moved.duty, moved.held_on) == (meeting.pk, world.joint, DAY + timedelta(1))
    assert set(moved.participants.values_list("starts_at", flat=True)) == {moved.starts_at}
    assert booked(world).starts_at == TEN
    entry = Entry.objects.of_case(world.course.pk).get(what="meeting-moved")
    assert entry.details["before"]["starts_at"] == "2026-09-30T10:00+02:00"
    assert entry.details["starts_at"] == "2026-10-01T10:00+02:00"


def test_an_interview_may_overlap_its_own_old_time(world):
    meeting = booked(world)

    moved = move(meeting, world.sitting(TEN + timedelta(minutes=15)), by=world.caseworker, at=NOW)

    assert moved.starts_at == TEN + timedelta(minutes=15)


def test_moving_onto_another_interview_is_refused_and_changes_nothing(world):
    first = booked(world)
    second = booked(world, starts_at=TEN + timedelta(days=1))

    with pytest.raises(Refused, match="another interview from 10"):
        move(second, world.sitting(), by=world.caseworker, at=NOW)

    assert Meeting.objects.get(pk=second.pk).starts_at == TEN + timedelta(days=1)
    assert seats(second) == seats(Meeting.objects.get(pk=second.pk))
    assert first.participants.count() == 3


def test_the_invited_worker_is_not_moved_into_two_places(world):
    meeting = world.booked_joint()
    reply(meeting, Reply(comes=True, worker=world.consultant), by=world.consultant, at=NOW)
    other = CourseFactory(a_kasse=world.course.a_kasse)
    elsewhere = world.sitting(
        TEN + timedelta(days=1), room=None, place="Hovedgaden 1", worker=world.consultant
    )
    book(other, Purpose(MeetingKind.JOB, Party.A_KASSE), elsewhere, by=world.consultant, at=NOW)

    with pytest.raises(Refused, match=f"{world.consultant} is in another interview"):
        move(meeting, world.sitting(TEN + timedelta(days=1)), by=world.caseworker, at=NOW)


def test_only_the_party_that_holds_an_interview_moves_it(world):
    with pytest.raises(Refused, match="Only the party that holds"):
        move(
            world.booked_joint(),
            world.sitting(TEN + timedelta(days=1)),
            by=world.consultant,
            at=NOW,
        )


def test_another_room_on_the_day_itself_needs_no_new_notice(world):
    meeting = booked(world)
    room = RoomFactory(organisation=world.jobcentre)

    moved = move(
        meeting, world.sitting(room=room), by=world.caseworker, at=TEN - timedelta(hours=1)
    )

    assert moved.room == room


def test_a_settled_interview_is_not_moved(world):
    meeting = world.booked_joint(state=Meeting.State.HELD)

    with pytest.raises(Refused, match="already recorded"):
        move(meeting, world.sitting(TEN + timedelta(days=1)), by=world.caseworker, at=NOW)


def test_the_invited_party_sends_somebody(world):
    meeting = world.booked_joint()

    reply(meeting, Reply(comes=True, worker=world.consultant), by=world.consultant, at=NOW)

    row = meeting.participants.get(role="a_kasse")
    assert (row.worker, row.attendance) == (world.consultant, "expected")


def test_the_invited_party_may_stay_away_and_its_worker_is_free(world):
    meeting = world.booked_joint()
    reply(meeting, Reply(comes=True, worker=world.consultant), by=world.consultant, at=NOW)

    reply(meeting, Reply(comes=False, reason="No time."), by=world.consultant, at=NOW)

    row = meeting.participants.get(role="a_kasse")
    assert (row.worker, row.attendance, row.is_busy) == (None, "excused", False)


@pytest.mark.parametrize(
    ("who", "said", "words"),
    [
        ("caseworker", Reply(comes=True), "Only the party that is invited"),
        ("consultant", Reply(comes=False), "Write why you do not come"),
    ],
)
def test_a_reply_is_the_invited_partys_and_says_why_not(world, who, said, words):
    with pytest.raises(Refused, match=words):
        reply(world.booked_joint(), said, by=getattr(world, who), at=NOW)


def test_the_invited_party_does_not_send_the_other_partys_people(world):
    with pytest.raises(Refused, match="Choose another worker"):
        reply(
            world.booked_joint(),
            Reply(comes=True, worker=world.caseworker),
            by=world.consultant,
            at=NOW,
        )


def test_a_phone_interview_needs_no_room(world):
    sitting = replace(world.sitting(room=None), form=MeetingForm.PHONE)

    meeting = book(world.course, JOB, sitting, by=world.caseworker, at=NOW)

    assert not meeting.participants.filter(role=Participant.Role.ROOM).exists()
