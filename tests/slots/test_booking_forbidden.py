"""What the database forbids of slots, their bookings and group meetings, whoever writes there."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from courses.models import MeetingKind, Party
from meetings.models import Enrolment, GroupMeeting, Meeting, Participant
from partnerships.models import Role
from slots.models import Hold, Slot, SlotBooking
from tests.factories import (
    AKasseFactory,
    JobcentreFactory,
    MeetingFactory,
    ParticipantFactory,
    UserFactory,
)
from tests.meetings.conftest import NOW, TEN
from tests.slots.conftest import HOUR, free_room

LATER = TEN + 3 * HOUR


@contextmanager
def forbidden(constraint):
    """What is done inside is refused by the constraint of this name; the test goes on."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        yield
    assert error.value.__cause__.diag.constraint_name == constraint


def joint(course, starts_at=TEN, **columns):
    """An interview with its citizen, written past the acts."""
    said = {"kind": MeetingKind.JOINT, "held_by": Party.JOBCENTRE, "starts_at": starts_at}
    return MeetingFactory(course=course, **said | columns)


def sit(slot, meeting, seat=1):
    return SlotBooking.objects.create(slot=slot, meeting=meeting, seat=seat)


@pytest.fixture
def slot(place):
    return place.slot()


@pytest.fixture
def meeting(place):
    return joint(place.world.course)


@pytest.fixture
def booking(slot, meeting):
    return sit(slot, meeting)


# --- Bookings in slots --------------------------------------------------------------------------
def test_a_seat_is_taken_once(place, booking):
    with forbidden("a_seat_is_taken_once"):
        sit(booking.slot, joint(place.course()))


def test_an_interview_sits_in_one_slot(place, booking):
    other = place.slot(worker=None, room=free_room(place))
    with forbidden("an_interview_sits_in_one_slot"):
        sit(other, booking.meeting)


def test_seats_count_from_one(slot, meeting):
    with forbidden("seats_count_from_one"):
        sit(slot, meeting, seat=0)


def test_no_more_sit_than_there_are_seats(slot, meeting):
    with forbidden("a_slot_has_so_many_seats"):
        sit(slot, meeting, seat=2)


@pytest.mark.parametrize("starts_at", [TEN + timedelta(minutes=1), LATER])
def test_nobody_sits_in_a_slot_at_another_time(place, slot, starts_at):
    with forbidden("a_booking_is_at_its_slots_time"):
        sit(slot, joint(place.course(), starts_at))


def test_nobody_stays_longer_than_the_slot_lasts(place, slot):
    with forbidden("a_booking_is_at_its_slots_time"):
        sit(slot, joint(place.course(), ends_at=TEN + HOUR))


def test_a_cancelled_interview_takes_no_seat(place, slot):
    gone = joint(place.course(), state="cancelled", cancelled_by="citizen", cancel_reason="Ill.")
    with forbidden("a_booking_is_at_its_slots_time"):
        sit(slot, gone)


def test_nobody_sits_in_a_withdrawn_slot(slot, meeting):
    Slot.objects.update(state="closed")
    with forbidden("a_withdrawn_slot_is_not_booked"):
        sit(slot, meeting)


def test_nobody_of_another_jobcentre_sits_in_a_slot(place, slot):
    stranger = joint(place.course(), organisation=JobcentreFactory())
    with forbidden("a_booking_is_of_its_slots_parties"):
        sit(slot, stranger)


def test_no_member_of_another_a_kasse_sits_in_a_reserved_slot(place, slot, meeting):
    Slot.objects.update(a_kasse=AKasseFactory())
    with forbidden("a_booking_is_of_its_slots_parties"):
        sit(slot, meeting)


def test_one_of_an_a_kasse_that_merged_into_the_owner_may(place, slot, meeting):
    heir = AKasseFactory()
    type(heir).objects.filter(pk=place.world.course.a_kasse_id).update(successor=heir)
    Slot.objects.update(a_kasse=heir)

    assert sit(slot, meeting).is_live is True


def test_a_seat_is_not_given_to_another_interview_in_place(place, booking):
    booking.meeting = joint(place.course(), LATER)
    with forbidden("a_booking_is_at_its_slots_time"):
        booking.save()


def test_a_booking_that_ended_does_not_come_back_to_a_taken_seat(place, booking):
    meeting = booking.meeting
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=LATER, ends_at=LATER + HOUR)
    sit(booking.slot, joint(place.course()))
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=TEN, ends_at=TEN + HOUR / 2)

    assert SlotBooking.objects.get(pk=booking.pk).is_live is False
    with forbidden("a_seat_is_taken_once"):
        SlotBooking.objects.filter(pk=booking.pk).update(seat=1)


@pytest.mark.parametrize(
    "columns",
    [
        {"starts_at": LATER, "ends_at": LATER + HOUR},
        {"ends_at": TEN + timedelta(minutes=50)},
        {"state": "closed"},
    ],
    ids=["moved", "longer", "withdrawn"],
)
def test_a_slot_in_use_stays_as_it_is(booking, columns):
    with forbidden("a_slot_in_use_stays_as_it_is"):
        Slot.objects.update(**columns)


def test_a_slot_in_use_is_not_given_to_another_jobcentre_or_a_kasse(place, booking):
    with forbidden("a_slot_in_use_stays_as_it_is"):
        Slot.objects.update(jobcentre=JobcentreFactory())
    with forbidden("a_slot_in_use_stays_as_it_is"):
        Slot.objects.update(a_kasse=AKasseFactory())

    assert Slot.objects.update(a_kasse=place.world.course.a_kasse) == 1


def test_a_slot_keeps_the_seats_that_are_taken(place):
    wide = place.wide_slot(3)
    sit(wide, joint(place.course()), seat=3)

    with forbidden("a_slot_in_use_stays_as_it_is"):
        Slot.objects.update(seats=2)
    assert Slot.objects.update(seats=4) == 1


def test_a_slot_is_free_to_change_when_its_interview_is_cancelled(booking):
    Meeting.objects.update(state="cancelled", cancelled_by="citizen", cancel_reason="Ill.")

    assert Slot.objects.update(state="closed") == 1


def test_a_seat_is_held_once_and_a_course_holds_one_time(place, slot):
    course = place.world.course
    Hold.objects.create(slot=slot, course=course, until=NOW)
    with forbidden("a_seat_is_held_once"):
        Hold.objects.create(slot=slot, course=place.course(), until=NOW)
    with forbidden("a_course_holds_one_time"):
        Hold.objects.create(slot=place.slot(LATER), course=course, until=NOW)


@pytest.mark.parametrize("who", ["room", "worker", "guest"])
def test_a_room_a_worker_and_a_guest_are_in_one_open_slot_at_a_time(place, who):
    a_kasse, guest = place.world.course.a_kasse, place.world.consultant
    own = {"a_kasse": a_kasse, "guest": guest}
    place.slot(**own)
    colleague = UserFactory(role=Role.CASEWORKER, organisation=place.world.jobcentre)
    others = {"room": free_room(place), "worker": colleague, "a_kasse": a_kasse, "guest": None}
    shared = {"room": place.world.room, "worker": place.caseworker, "guest": guest}

    with forbidden(f"a_{who}_is_in_one_slot_at_a_time"):
        place.slot(TEN + timedelta(minutes=30), **others | {who: shared[who]})
    assert place.slot(TEN + timedelta(minutes=30), state="closed", **others | {who: shared[who]})


# --- Group meetings -----------------------------------------------------------------------------
def group(place, starts_at=TEN, **columns):
    return GroupMeeting.objects.create(
        kind="information",
        title="Welcome",
        organisation=place.world.jobcentre,
        starts_at=starts_at,
        ends_at=starts_at + HOUR,
        seats=2,
        **columns,
    )


def comes(meeting, role, **who):
    return Participant.objects.create(group=meeting, role=role, **who)


def test_a_participant_of_a_group_meeting_is_busy_at_its_times_and_follows_them(place):
    meeting = group(place)
    row = comes(meeting, "jobcentre", worker=place.caseworker)
    row.refresh_from_db()
    assert (row.starts_at, row.ends_at, row.is_busy) == (TEN, TEN + HOUR, True)

    GroupMeeting.objects.update(starts_at=LATER, ends_at=LATER + HOUR)
    row.refresh_from_db()
    assert row.starts_at == LATER

    GroupMeeting.objects.update(state="cancelled", why_cancelled="Snow.")
    row.refresh_from_db()
    assert row.is_busy is False


@pytest.mark.parametrize("who", ["citizen", "worker", "room"])
def test_nobody_is_in_a_group_meeting_and_an_interview_at_once(place, who):
    interview = joint(place.world.course)
    ParticipantFactory(meeting=interview, role="jobcentre", worker=place.caseworker)
    ParticipantFactory(meeting=interview, role="room", room=place.world.room)
    meeting = group(place)
    seat = {
        "citizen": ("citizen", {"citizen": place.world.course.citizen}),
        "worker": ("jobcentre", {"worker": place.caseworker}),
        "room": ("room", {"room": place.world.room}),
    }[who]

    with forbidden(f"a_{who}_{'holds' if who == 'room' else 'is_in'}_one_interview_at_a_time"):
        comes(meeting, seat[0], **seat[1])


def test_a_group_meeting_does_not_move_onto_an_interview_of_its_people(place):
    interview = joint(place.world.course)
    ParticipantFactory(meeting=interview, role="jobcentre", worker=place.caseworker)
    comes(group(place, LATER), "jobcentre", worker=place.caseworker)

    with forbidden("a_worker_is_in_one_interview_at_a_time"):
        GroupMeeting.objects.update(starts_at=TEN, ends_at=TEN + HOUR)


def enrol(meeting, course, seat):
    return Enrolment.objects.create(
        group=meeting, course=course, state="seated", seat=seat, enrolled_at=NOW
    )


def test_a_group_meeting_has_no_more_seats_than_it_has_and_each_once(place):
    meeting = group(place)
    enrol(meeting, place.world.course, 1)
    last = enrol(meeting, place.course(), 2)

    with forbidden("a_group_meeting_has_so_many_seats"):
        enrol(meeting, place.course(), 3)
    with forbidden("a_group_meeting_has_so_many_seats"):
        Enrolment.objects.filter(pk=last.pk).update(seat=3)
    with forbidden("a_group_seat_is_taken_once"):
        enrol(meeting, place.course(), 2)
    with forbidden("a_group_meeting_has_so_many_seats"):
        GroupMeeting.objects.update(seats=1)
