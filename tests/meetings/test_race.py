"""Many people booking the same worker, room or citizen at once, each on a connection of their own."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from courses.models import MeetingKind, Party
from meetings.actions import book, move
from meetings.collisions import Lock
from meetings.models import Meeting, Participant
from meetings.plans import Purpose
from partnerships.models import Role
from shared.refusals import Refused
from tests.factories import CourseFactory, MeetingFactory, RoomFactory, UserFactory
from tests.meetings.conftest import NOW, TEN, new_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

CLIENTS = 20
JOB = Purpose(MeetingKind.JOB, Party.JOBCENTRE)


def at_once(acts):
    """Run every act at the same moment, each on its own connection: its result or its refusal."""
    barrier = threading.Barrier(len(acts))

    def one(act):
        try:
            barrier.wait(timeout=60)
            return act()
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def clients_who_want(world, what):
    """As many bookings as there are clients, of different people in all but one thing."""
    for n in range(CLIENTS):
        colleague = UserFactory(role=Role.CASEWORKER, organisation=world.jobcentre)
        course = CourseFactory(
            municipality=world.course.municipality,
            registered_on=world.course.registered_on,
            jobcentre_from=world.course.jobcentre_from,
        )
        sitting = world.sitting(
            TEN + timedelta(minutes=n),
            worker=world.caseworker if what == "worker" else colleague,
            room=world.room if what == "room" else RoomFactory(organisation=world.jobcentre),
        )
        wanted = world.course if what == "citizen" else course
        yield lambda wanted=wanted, sitting=sitting: book(
            wanted, JOB, sitting, by=world.caseworker, at=NOW
        )


@pytest.mark.parametrize("what", ["worker", "room", "citizen"])
def test_of_twenty_who_want_the_same_one_wins_and_the_others_hear_why(what):
    world = new_world()

    results = at_once(list(clients_who_want(world, what)))

    won = [result for result in results if isinstance(result, Meeting)]
    lost = [result for result in results if isinstance(result, str)]
    who = {
        "worker": f"{world.caseworker} is in another interview from 10",
        "room": f"{world.room} is taken from 10",
        "citizen": "The citizen has another interview from 10",
    }[what]
    assert (len(won), len(lost)) == (1, CLIENTS - 1)
    assert {who in words for words in lost} == {True}, lost
    assert Meeting.objects.count() == 1


def test_twenty_who_move_onto_the_same_hour_leave_one_interview_there():
    world = new_world()
    meetings = [
        book(world.course, JOB, world.sitting(TEN + timedelta(days=n)), by=world.caseworker, at=NOW)
        for n in range(1, CLIENTS + 1)
    ]

    results = at_once(
        [
            lambda meeting=meeting: move(meeting, world.sitting(), by=world.caseworker, at=NOW)
            for meeting in meetings
        ]
    )

    assert sum(isinstance(result, Meeting) for result in results) == 1
    assert Meeting.objects.filter(starts_at=TEN).count() == 1
    assert Participant.objects.filter(starts_at=TEN).count() == 3


def test_one_who_takes_no_lock_is_stopped_by_the_database_and_that_is_said_in_words():
    world = new_world()
    other = MeetingFactory(course=CourseFactory(), starts_at=TEN, organisation=world.jobcentre)
    written, proceed = threading.Event(), threading.Event()

    def bypass():
        with transaction.atomic():
            Participant.objects.create(meeting=other, role="room", room=world.room)
            written.set()
            proceed.wait(timeout=30)
        connection.close()

    thread = threading.Thread(target=bypass)
    thread.start()
    assert written.wait(timeout=30)
    threading.Timer(0.5, proceed.set).start()
    with pytest.raises(Refused, match="The room is taken at this time"):
        book(world.course, JOB, world.sitting(), by=world.caseworker, at=NOW)
    thread.join(timeout=30)


def test_a_booking_that_the_database_kills_in_a_deadlock_is_tried_again():
    world = new_world()
    holding = threading.Event()

    def lock(kind, key):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [kind, key])

    def in_the_wrong_order():
        with transaction.atomic():
            lock(Lock.ROOM, world.room.pk)
            holding.set()
            wait_until_somebody_waits()
            lock(Lock.CITIZEN, world.course.citizen_id)
        connection.close()

    thread = threading.Thread(target=in_the_wrong_order)
    thread.start()
    assert holding.wait(timeout=30)
    meeting = book(world.course, JOB, world.sitting(), by=world.caseworker, at=NOW)
    thread.join(timeout=30)

    assert Meeting.objects.get() == meeting


def wait_until_somebody_waits():
    """Until another connection to this database waits for an advisory lock."""
    for _try in range(300):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError("nobody waits")


def test_one_who_waits_too_long_is_told_to_try_again():
    world = new_world()
    holding, done = threading.Event(), threading.Event()

    def hold_the_room():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [Lock.ROOM, world.room.pk])
            holding.set()
            done.wait(timeout=60)
        connection.close()

    thread = threading.Thread(target=hold_the_room)
    thread.start()
    assert holding.wait(timeout=30)
    with pytest.raises(Refused, match="Many are booking at this moment"):
        book(world.course, JOB, world.sitting(), by=world.caseworker, at=NOW)
    done.set()
    thread.join(timeout=30)
    assert not Meeting.objects.exists()
