"""Who wants the same time at the same moment, each on a connection of their own.

A short race; `python -m benchmarks slot_race` runs it in full.
"""

import pytest
from django.db import connection

from courses.models import Duty, MeetingKind, Party
from meetings.actions import book, cancel
from meetings.models import Meeting
from meetings.plans import Purpose
from partnerships.models import Role
from slots.actions.booking import book_in_slot, hold, move_to_slot
from slots.models import Hold, SlotBooking
from tests.factories import DutyFactory, UserFactory
from tests.meetings.conftest import NOW, TEN
from tests.slots.conftest import HOUR, free_room, new_place
from tests.slots.race import Outcome, Race, deadlocks, live, overlaps, still_free, together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SLOTS, EACH, CONNECTIONS = 6, 4, 20
GONE = "This time has just been taken. Choose another."


@pytest.fixture
def race():
    """Some citizens for each of some slots."""
    made = Race(new_place())
    made.prepare(SLOTS * EACH)
    return made


@pytest.fixture(autouse=True)
def _no_deadlock():
    """The database counts the deadlocks that an act tries again after; there are none."""
    before = deadlocks()
    yield
    connection.close()
    assert deadlocks() == before


def of(acts) -> Outcome:
    """What became of acts that ran together; none died of anything but a refusal."""
    outcome = Outcome.of(together(acts, CONNECTIONS))
    assert outcome.errors == []
    assert overlaps() == 0
    return outcome


def test_each_slot_goes_to_one_of_those_who_want_it_and_the_others_hear_why(race):
    slots = race.slots(SLOTS)

    outcome = of(race.wanting(slots))

    assert live(slots) == {slot.pk: 1 for slot in slots}
    assert len(outcome.won) == SLOTS
    assert outcome.lost == {GONE: SLOTS * (EACH - 1)}


def test_while_slots_are_withdrawn_moved_released_and_cancelled_each_is_taken_once_at_most(race):
    slots, spare = race.slots(10), race.slots(2, day=7)
    acts = race.disturbing(slots, spare)

    outcome = of([*acts, *race.wanting(slots)])

    assert set(live(slots).values()) == {1}
    assert all(said for said in outcome.lost), outcome.lost
    assert sum(live([*slots, *spare]).values()) == Meeting.objects.booked().count()
    for slot in still_free(slots):  # nothing that is free has become impossible to book
        race.place.book(slot, race.place.course())


def test_as_many_get_a_seat_as_there_are_seats(race):
    slot = race.place.wide_slot(3)

    outcome = of([lambda c=course: race.place.book(slot, c) for course in race.courses[:12]])

    seats = SlotBooking.objects.filter(slot=slot, is_live=True).values_list("seat", flat=True)
    assert sorted(seats) == [1, 2, 3]
    assert (len(outcome.won), outcome.lost) == (3, {GONE: 9})


def test_one_citizen_in_two_slots_at_once_gets_one(race):
    place, course = race.place, race.courses[0]
    slots = [place.slot(worker=None, room=free_room(place)) for _ in range(8)]
    first = place.joint(course).duty
    duties = [first, *(another(first, number) for number in range(2, 9))]
    colleagues = [
        UserFactory(role=Role.CASEWORKER, organisation=place.world.jobcentre) for _ in slots
    ]

    outcome = of(
        [
            lambda slot=slot, duty=duty, by=by: book_in_slot(
                course, joint(duty), slot, worker=by, by=by, at=NOW
            )
            for slot, duty, by in zip(slots, duties, colleagues, strict=True)
        ]
    )

    assert len(outcome.won) == 1
    assert {said.partition(" from")[0] for said in outcome.lost} == {
        "The citizen has another interview"
    }


def another(duty: Duty, number: int) -> Duty:
    return DutyFactory(
        course=duty.course,
        rule=duty.rule,
        ordinal=number,
        kind=MeetingKind.JOINT,
        due_on=duty.due_on,
        responsible=Party.JOBCENTRE,
        with_party=Party.A_KASSE,
    )


def joint(duty: Duty) -> Purpose:
    return Purpose(MeetingKind.JOINT, Party.JOBCENTRE, duty, with_other_party=True)


def test_one_duty_is_booked_once_and_two_duties_are_booked_at_two_hours(race):
    place, course = race.place, race.courses[0]
    slots = [place.slot(TEN + number * HOUR) for number in range(4)]
    first = place.joint(course).duty
    duties = [first, another(first, 2)]

    outcome = of(
        [
            lambda slot=slot, duty=duty: book_in_slot(
                course, joint(duty), slot, by=place.caseworker, at=NOW
            )
            for slot in slots
            for duty in duties
        ]
    )

    assert sorted(one.duty_id for one in outcome.won) == sorted(one.pk for one in duties)
    assert sum(outcome.lost.values()) == 6
    assert {said.partition(".")[0] for said in outcome.lost} <= {
        "This duty already has a booked interview",
        "This time has just been taken",
    }


def test_one_worker_wanted_in_many_slots_at_once_sits_in_one(race):
    place = race.place
    slots = [place.slot(worker=None, room=free_room(place)) for _ in range(8)]

    outcome = of(
        [
            lambda slot=slot, course=course: place.book(slot, course, worker=place.caseworker)
            for slot, course in zip(slots, race.courses, strict=False)
        ]
    )

    assert len(outcome.won) == 1
    assert {said.partition(" from")[0] for said in outcome.lost} == {
        f"{place.caseworker} is in another interview"
    }


def test_a_room_that_is_booked_by_hand_at_the_same_moment_holds_one_interview(race):
    place, slot = race.place, race.place.slot()
    by_hand = [
        lambda course=course: book(
            course, place.joint(course), place.world.sitting(), by=place.caseworker, at=NOW
        )
        for course in race.courses[:8]
    ]
    in_slot = [lambda course=course: place.book(slot, course) for course in race.courses[8:16]]

    outcome = of([act for pair in zip(by_hand, in_slot, strict=True) for act in pair])

    assert len(outcome.won) == 1
    assert Meeting.objects.count() == 1


def test_of_many_who_hold_a_time_one_has_it_and_two_pages_of_one_case_do_not_collide(race):
    place, slot = race.place, race.place.slot()
    outcome = of(
        [
            lambda course=course: hold(slot, course, by=place.caseworker, at=NOW)
            for course in race.courses[:12]
        ]
    )
    assert (Hold.objects.count(), sum(outcome.lost.values())) == (1, 11)
    assert {said.partition(" until")[0] for said in outcome.lost} == {
        "Somebody is deciding on this time; it is held"
    }

    others = [place.slot(TEN + n * HOUR) for n in range(1, 5)]
    course = race.courses[20]
    of(
        [
            lambda slot=slot: hold(slot, course, by=place.caseworker, at=NOW)
            for slot in [*others, *others]
        ]
    )
    assert Hold.objects.filter(course=course).count() == 1


def test_moving_and_cancelling_and_holding_the_same_interviews_at_once_does_not_lock_up(race):
    place = race.place
    slots = [place.slot(TEN + n * HOUR) for n in range(4)]
    booked = [place.book(slot, course) for slot, course in zip(slots, race.courses, strict=False)]
    acts = []
    for number, meeting in enumerate(booked):
        target = slots[(number + 1) % 4]
        acts += [
            lambda m=meeting, t=target: move_to_slot(m, t, by=place.caseworker, at=NOW),
            lambda m=meeting: cancel(
                m, cancelled_by=Party.JOBCENTRE, reason="Ill.", by=place.caseworker, at=NOW
            ),
            lambda t=target, m=meeting: hold(t, m.course, by=place.caseworker, at=NOW),
            lambda t=target, n=number: place.book(t, race.courses[10 + n]),
        ]

    of(acts)

    assert set(
        Meeting.objects.filter(pk__in=[one.pk for one in booked]).values_list("state", flat=True)
    ) == {"cancelled"}
    assert all(count == 1 for count in live(slots).values())


def test_a_slot_that_stays_locked_is_given_up_after_three_seconds(race):
    """Somebody's transaction hangs: the others are told to try again."""
    place, slot = race.place, race.place.slot()

    def hanging():
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT 1 FROM slots_slot WHERE id = %s FOR UPDATE", [slot.pk])
            cursor.execute("SELECT pg_sleep(3.4)")
            cursor.execute("ROLLBACK")

    outcome = of([hanging, lambda: sleepy(place, slot, race.courses[0])])

    assert list(outcome.lost) == ["Many are booking at this moment. Wait a little, and try again."]


def sleepy(place, slot, course):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.2)")
    return place.book(slot, course)
