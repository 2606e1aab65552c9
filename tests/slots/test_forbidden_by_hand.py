"""What must never be, tried in plain SQL: each sentence of the promise, from each of its sides."""

# ruff: noqa: S608 (the columns are those written here)

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from meetings.models import Enrolment, GroupMeeting, Meeting, Participant
from partnerships.models import Organisation
from slots.models import Pool, Reservation, SlotBooking
from tests.factories import (
    AKasseFactory,
    JobcentreFactory,
    MeetingFactory,
    ParticipantFactory,
    UserFactory,
)
from tests.meetings.conftest import DUE, NOW, TEN, TODAY
from tests.slots.conftest import HOUR, free_room

ONCE = {
    "citizen": "a_citizen_is_in_one_interview_at_a_time",
    "worker": "a_worker_is_in_one_interview_at_a_time",
    "room": "a_room_holds_one_interview_at_a_time",
}


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def forbidden(constraint, statement, *values):
    """The database refuses a statement by the constraint of this name; nothing is changed."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        sql(statement, *values)
    assert error.value.__cause__.diag.constraint_name == constraint


def joint(course, starts_at=TEN, **columns):
    said = {"kind": "joint", "held_by": "jobcentre", "starts_at": starts_at}
    return MeetingFactory(course=course, **said | columns)


@pytest.fixture
def two(place):
    """Two interviews an hour apart with a citizen, a worker and a room each."""
    rows = []
    for number, room in enumerate([place.world.room, free_room(place)]):
        meeting = joint(place.course(), TEN + number * HOUR)
        who = UserFactory(role="caseworker", organisation=place.world.jobcentre)
        ParticipantFactory(meeting=meeting, role="jobcentre", worker=who)
        ParticipantFactory(meeting=meeting, role="room", room=room)
        rows.append(meeting)
    return rows


def seat_of(meeting, who):
    return meeting.participants.get(**{f"{who}__isnull": False})


# --- One person, worker or room in two overlapping meetings ---------------------------------------
@pytest.mark.parametrize("who", ONCE)
def test_nobody_is_given_a_second_seat_or_taken_along_into_the_hours_of_the_first(two, who):
    first, second = two
    own, other = seat_of(first, who), seat_of(second, who)
    column, key = f"{who}_id", getattr(own, f"{who}_id")
    moved = "UPDATE meetings_meeting SET starts_at = %s WHERE id = %s"
    seated = f"UPDATE meetings_participant SET {column} = %s WHERE id = %s"
    assert sql(seated, key, other.pk) == 1  # an hour later nothing is in the way

    forbidden(ONCE[who], moved, TEN + timedelta(minutes=15), second.pk)
    longer = "UPDATE meetings_meeting SET ends_at = %s WHERE id = %s"
    forbidden(ONCE[who], longer, TEN + timedelta(minutes=61), first.pk)
    between = joint(second.course, TEN + timedelta(minutes=15), kind="cv")
    role = {"citizen": "citizen", "worker": "jobcentre", "room": "room"}[who]
    between.participants.all().delete()
    given = f"""INSERT INTO meetings_participant (meeting_id, role, {column}, attendance, is_busy,
        starts_at, ends_at) VALUES (%s, %s, %s, 'expected', false, '1999-01-01', '1999-01-02')"""
    forbidden(ONCE[who], given, between.pk, role, key)


@pytest.mark.parametrize("who", ONCE)
def test_nobody_is_declared_free_or_moved_by_the_row_of_the_seat_alone(two, who):
    seat = seat_of(two[0], who)
    lie = """UPDATE meetings_participant SET is_busy = false, starts_at = '1999-01-01',
        ends_at = '1999-01-02' WHERE id = %s"""
    assert sql(lie, seat.pk) == 1

    seat.refresh_from_db()
    assert (seat.is_busy, seat.starts_at, seat.ends_at) == (True, TEN, TEN + 0.75 * HOUR)


@pytest.mark.parametrize("who", ONCE)
def test_a_cancelled_interview_is_not_taken_back_over_who_sits_elsewhere_by_now(two, who):
    first, second = two
    key = getattr(seat_of(first, who), f"{who}_id")
    gone = """UPDATE meetings_meeting SET state = 'cancelled', cancelled_by = 'jobcentre'
        WHERE id = %s"""
    back = "UPDATE meetings_meeting SET state = 'booked', cancelled_by = '' WHERE id = %s"
    sql(gone, first.pk)
    sql(
        f"UPDATE meetings_participant SET {who}_id = %s WHERE id = %s", key, seat_of(second, who).pk
    )
    sql("UPDATE meetings_meeting SET starts_at = %s WHERE id = %s", TEN + 0.5 * HOUR, second.pk)

    forbidden(ONCE[who], back, first.pk)


@pytest.mark.parametrize("who", ["worker", "room"])
def test_nobody_is_moved_into_a_group_meeting_at_the_hour_of_an_interview(place, two, who):
    group = GroupMeeting.objects.create(
        kind="workshop", title="W", organisation=place.world.jobcentre, seats=2,
        starts_at=TEN + 5 * HOUR, ends_at=TEN + 6 * HOUR,
    )  # fmt: skip
    role = {"worker": "jobcentre", "room": "room"}[who]
    key = getattr(seat_of(two[0], who), f"{who}_id")
    Participant.objects.create(group=group, role=role, **{f"{who}_id": key})

    earlier = "UPDATE meetings_groupmeeting SET starts_at = %s WHERE id = %s"
    forbidden(ONCE[who], earlier, TEN + timedelta(minutes=30), group.pk)


# --- A room that is written without its row among those who take part ----------------------------
ROOM_OF = {
    "meetings_meeting": "the_room_of_an_interview_takes_part_in_it",
    "meetings_groupmeeting": "the_room_of_a_group_meeting_takes_part_in_it",
}


def at_the_end(*statements):
    """Statements of one transaction, whose end is here: what may wait until then is looked at."""
    with connection.cursor() as cursor:
        for statement, *values in statements:
            cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def forbidden_at_the_end(constraint, *statements):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        at_the_end(*statements)
    assert error.value.__cause__.diag.constraint_name == constraint


@pytest.fixture
def in_rooms(place):
    """An interview and a group meeting in a room each, by their tables."""
    group = GroupMeeting.objects.create(
        kind="workshop", title="W", organisation=place.world.jobcentre, seats=2,
        starts_at=TEN + 5 * HOUR, ends_at=TEN + 6 * HOUR, room=free_room(place),
    )  # fmt: skip
    Participant.objects.create(group=group, role="room", room=group.room)
    meeting = joint(place.course(), room=place.world.room)
    return {"meetings_meeting": meeting, "meetings_groupmeeting": group}


@pytest.mark.parametrize("table", ROOM_OF)
def test_a_meeting_is_in_no_room_that_it_does_not_keep_busy(place, in_rooms, table):
    meeting, other, name = in_rooms[table], free_room(place), ROOM_OF[table]
    to = f"UPDATE {table} SET room_id = %s WHERE id = %s"
    own = {"meetings_meeting": "meeting_id", "meetings_groupmeeting": "group_id"}[table]
    seat = f"FROM meetings_participant WHERE {own} = %s AND role = 'room'"

    forbidden_at_the_end(name, [to, other.pk, meeting.pk])
    forbidden_at_the_end(name, [f"DELETE {seat}", meeting.pk])
    forbidden_at_the_end(
        name,
        [f"UPDATE meetings_participant SET room_id = %s WHERE {own} = %s AND role = 'room'",
         other.pk, meeting.pk],
    )  # fmt: skip
    at_the_end([f"DELETE {seat}", meeting.pk], [to, None, meeting.pk])
    forbidden_at_the_end(name, [to, place.world.room.pk, meeting.pk])


def test_an_interview_is_not_written_into_a_room_past_those_who_take_part(place, in_rooms):
    later = joint(place.course(), TEN + 3 * HOUR)
    copied = """INSERT INTO meetings_meeting (course_id, kind, held_by, organisation_id, room_id,
            with_other_party, starts_at, ends_at, form, place, state, booked_at, cancelled_by,
            cancel_reason, agreed, next_step, held_form, sequence)
        SELECT course_id, kind, held_by, organisation_id, %s, with_other_party, starts_at, ends_at,
            form, place, state, booked_at, '', '', '', '', '', 0
        FROM meetings_meeting WHERE id = %s"""
    forbidden_at_the_end(
        ROOM_OF["meetings_meeting"], [copied, in_rooms["meetings_meeting"].room_id, later.pk]
    )


@pytest.mark.parametrize("table", ROOM_OF)
def test_two_meetings_are_not_in_one_room_at_once_even_where_each_keeps_it_busy(
    place, in_rooms, table
):
    there = in_rooms[table]
    later = joint(place.course(), there.starts_at + 0.5 * HOUR, ends_at=there.ends_at)
    seat = """INSERT INTO meetings_participant (meeting_id, role, room_id, attendance, is_busy,
        starts_at, ends_at) VALUES (%s, 'room', %s, 'expected', false, '1999-01-01', '1999-01-02')"""
    to = "UPDATE meetings_meeting SET room_id = %s WHERE id = %s"

    forbidden_at_the_end(
        ONCE["room"], [seat, later.pk, there.room_id], [to, there.room_id, later.pk]
    )


@pytest.mark.parametrize("table", ROOM_OF)
def test_a_room_does_not_send_word_that_it_will_not_come(in_rooms, table):
    seat = in_rooms[table].participants.get(role="room")
    excused = "UPDATE meetings_participant SET attendance = 'excused' WHERE id = %s"
    forbidden("a_room_does_not_send_word", excused, seat.pk)


# --- More people than seats -----------------------------------------------------------------------
def booked(place, slot, seat=1):
    meeting = joint(place.course())
    return SlotBooking.objects.create(slot=slot, meeting=meeting, seat=seat)


def test_a_slot_never_has_more_people_than_seats(place):
    slot, other = place.wide_slot(2), place.wide_slot(1, place="Other hall")
    one, two = booked(place, slot, 1), booked(place, slot, 2)
    third = joint(place.course())
    sits = (
        "INSERT INTO slots_slotbooking (slot_id, meeting_id, seat, is_live) VALUES (%s, %s, %s, %s)"
    )

    for is_live in (True, False):
        forbidden("a_seat_is_taken_once", sits, slot.pk, third.pk, 2, is_live)
        forbidden("a_slot_has_so_many_seats", sits, slot.pk, third.pk, 3, is_live)
    forbidden("a_seat_is_taken_once", "UPDATE slots_slotbooking SET seat = 1 WHERE id = %s", two.pk)
    to = "UPDATE slots_slotbooking SET slot_id = %s WHERE id = %s"
    forbidden("a_slot_has_so_many_seats", to, other.pk, two.pk)
    forbidden(
        "a_slot_in_use_stays_as_it_is", "UPDATE slots_slot SET seats = 1 WHERE id = %s", slot.pk
    )
    sql("UPDATE slots_slotbooking SET is_live = false WHERE id = %s", one.pk)
    forbidden("a_seat_is_taken_once", sits, slot.pk, third.pk, 1, True)


def test_a_room_or_a_worker_has_one_seat_only(place):
    slot = place.slot()
    forbidden("slot_has_seats", "UPDATE slots_slot SET seats = 2 WHERE id = %s", slot.pk)


def test_nobody_is_taken_along_to_a_group_meeting_that_has_no_such_seat(place):
    def group(seats):
        return GroupMeeting.objects.create(
            kind="information", title="G", organisation=place.world.jobcentre, seats=seats,
            starts_at=TEN, ends_at=TEN + HOUR,
        )  # fmt: skip

    wide, narrow = group(2), group(1)
    row = Enrolment.objects.create(
        group=wide, course=place.world.course, state="seated", seat=2, enrolled_at=NOW
    )
    to = "UPDATE meetings_enrolment SET group_id = %s WHERE id = %s"
    forbidden("a_group_meeting_has_so_many_seats", to, narrow.pk, row.pk)


# --- Two live bookings for one duty ---------------------------------------------------------------
def test_a_duty_has_one_live_booking_however_it_comes_by_a_second(place):
    duty = place.joint().duty
    first = joint(place.world.course, duty=duty)
    held = joint(place.world.course, TEN + 2 * HOUR, duty=duty, state="held")
    free = joint(place.world.course, TEN + 4 * HOUR)
    assert Meeting.objects.filter(duty=duty, state="booked").get() == first

    name = "one_active_booking_a_duty"
    forbidden(name, "UPDATE meetings_meeting SET state = 'booked' WHERE id = %s", held.pk)
    forbidden(name, "UPDATE meetings_meeting SET duty_id = %s WHERE id = %s", duty.pk, free.pk)


# --- A booking outside the pool's owner -----------------------------------------------------------
OWNER = "a_booking_is_of_its_slots_parties"
SITS = "INSERT INTO slots_slotbooking (slot_id, meeting_id, seat, is_live) VALUES (%s, %s, 1, true)"


def test_only_members_of_the_a_kasser_that_a_pool_names_sit_in_its_free_times(place):
    slot, meeting = place.slot(), joint(place.world.course)
    place.pool.a_kasser.add(AKasseFactory())
    forbidden(OWNER, SITS, slot.pk, meeting.pk)

    heir = AKasseFactory()
    place.pool.a_kasser.add(heir)
    Organisation.objects.filter(pk=place.world.course.a_kasse_id).update(successor=heir)
    assert sql(SITS, slot.pk, meeting.pk) == 1


def test_nobody_sits_in_a_time_that_is_to_be_reserved_before_it_is_or_was_released_unused(place):
    slot, meeting = place.slot(), joint(place.world.course)
    Pool.objects.update(model=Pool.Model.CLAIMED)
    forbidden(OWNER, SITS, slot.pk, meeting.pk)

    Reservation.objects.create(
        slot=slot, a_kasse=AKasseFactory(), reserved_at=NOW, released_at=NOW, released_why="unused"
    )
    assert sql(SITS, slot.pk, meeting.pk) == 1


def test_a_time_is_of_its_pools_jobcentre_from_either_side(place):
    slot, stranger = place.slot(), JobcentreFactory()
    theirs = Pool.objects.create(
        jobcentre=stranger, name="T", starts="08:00", ends="16:00", starts_on=TODAY, ends_on=DUE
    )
    name = "a_slot_is_of_its_pools_jobcentre"
    for column, key in (("jobcentre_id", stranger.pk), ("pool_id", theirs.pk)):
        forbidden(name, f"UPDATE slots_slot SET {column} = %s WHERE id = %s", key, slot.pk)
    forbidden(
        name, "UPDATE slots_pool SET jobcentre_id = %s WHERE id = %s", stranger.pk, slot.pool_id
    )
    assert sql("UPDATE slots_pool SET jobcentre_id = %s WHERE id = %s", stranger.pk, theirs.pk) == 1


def test_an_interview_in_a_time_is_not_made_another_citizens_or_another_partys(place):
    meeting = booked(place, place.slot()).meeting
    name = "an_interview_in_a_slot_stays_with_its_parties"
    for column, key in (
        ("course_id", place.course(a_kasse=AKasseFactory()).pk),
        ("organisation_id", JobcentreFactory().pk),
    ):
        forbidden(name, f"UPDATE meetings_meeting SET {column} = %s WHERE id = %s", key, meeting.pk)


def test_a_time_in_use_is_not_moved_withdrawn_or_given_to_others(place):
    slot = booked(place, place.slot()).slot
    for column, value in (
        ("starts_at", TEN - HOUR), ("ends_at", TEN + 3 * HOUR), ("state", "closed"),
        ("a_kasse_id", AKasseFactory().pk),
    ):  # fmt: skip
        changed = f"UPDATE slots_slot SET {column} = %s WHERE id = %s"
        forbidden("a_slot_in_use_stays_as_it_is", changed, value, slot.pk)
