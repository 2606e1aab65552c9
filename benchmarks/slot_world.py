"""Rooms, slots and interviews of a half-year beside the courses of `benchmarks.world`.

94 jobcentres of very unequal size, 90,000 slots, two thirds of them booked: 60,000 interviews, each
with a citizen, a caseworker, a room and mostly a consultant. A third of the slots is anybody's, a
third is reserved, a third reserved and staffed; half name the jobcentre's worker.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import connection

from accounts.models import User
from benchmarks import world
from meetings.models import Room
from partnerships.models import Membership, Organisation, Role
from shared.dates import start_of
from slots.models import Pool
from staffing.models import BusySource, BusyTime, ClosingDay, Leave, WorkingHours

JOBCENTRES = list(world.JOBCENTRES)[:94]
INTERVIEWS, SLOTS, COURSES = 60_000, 90_000, 66_000
HALF_YEAR = 182
CLOCKS = "('08:00'), ('08:45'), ('09:30'), ('10:15'), ('11:00'), ('12:30'), ('13:15'), ('14:00')"
CONSULTANTS = 20  # of each a-kasse
LARGEST = 30  # rooms; the others have fewer the further down they stand

MADE_SLOTS = f"""
INSERT INTO slots_slot (pool_id, jobcentre_id, starts_at, ends_at, room_id, place, form, seats,
        state, a_kasse_id, worker_id, guest_id)
    SELECT pool.id, room.organisation_id, at, at + interval '45 minutes', room.room_id, '',
        'in_person', 1, 'open', CASE WHEN sort > 0 THEN room.a_kasse_id END,
        CASE WHEN drawn < 0.5 THEN room.worker_id END, CASE WHEN sort = 2 THEN room.guest_id END
    FROM (
        SELECT *, (%(day)s + n + clock::time) AT TIME ZONE 'Europe/Copenhagen' AS at,
            (random() * 3)::int %% 3 AS sort, random() AS drawn
        FROM bench_room, generate_series(1, {HALF_YEAR}) n, (VALUES {CLOCKS}) clocks (clock)
        WHERE extract(isodow FROM %(day)s + n) < 6
        ORDER BY random() LIMIT {SLOTS}
    ) room JOIN slots_pool pool ON pool.jobcentre_id = room.organisation_id
"""  # noqa: S608 (constants)
TAKEN = f"""
CREATE TABLE bench_taken AS
    SELECT slot.*, row_number() OVER (ORDER BY random()) AS n, room.worker_id AS host
    FROM slots_slot slot JOIN bench_room room USING (room_id) ORDER BY n LIMIT {INTERVIEWS};
INSERT INTO meetings_meeting (id, kind, held_by, with_other_party, starts_at, ends_at, form, place,
        state, booked_at, cancelled_by, cancel_reason, agreed, next_step, booked_by_id, course_id,
        organisation_id, room_id, changed_at, sequence, held_form)
    SELECT n, 'joint', 'jobcentre', true, starts_at, ends_at, form, '', 'booked', now(), '', '',
        '', '', host, n, jobcentre_id, room_id, now(), 0, '' FROM bench_taken;
INSERT INTO slots_slotbooking (seat, is_live, meeting_id, slot_id)
    SELECT 1, true, n, id FROM bench_taken;
INSERT INTO meetings_participant (role, attendance, starts_at, ends_at, is_busy, meeting_id,
        citizen_id, worker_id, room_id)
    SELECT role, 'expected', starts_at, ends_at, true, n, citizen, worker, room
    FROM bench_taken, LATERAL (VALUES ('citizen', n, NULL, NULL), ('jobcentre', NULL, host, NULL),
        ('a_kasse', NULL, guest_id, NULL), ('room', NULL, NULL, room_id)
    ) seat (role, citizen, worker, room)
"""  # noqa: S608 (constants)


@contextmanager
def slot_world() -> Iterator[None]:
    """The world, in a database of its own on the server that the settings name."""
    with world.world(COURSES):
        began = time.monotonic()
        fill()
        print(f"made {SLOTS:,} slots and {INTERVIEWS:,} interviews in "
              f"{time.monotonic() - began:.0f} s")  # fmt: skip
        yield


def fill() -> None:
    """Write rooms, people, slots and interviews; the same seed gives the same ones."""
    places = [(key, max(2, round(LARGEST / n**0.8))) for n, key in enumerate(JOBCENTRES, start=1)]
    hosts = {key: _people(key, 2 * rooms + 2, Role.CASEWORKER) for key, rooms in places}
    guests = [
        (key, one)
        for key in world.A_KASSER
        for one in _people(key, CONSULTANTS, Role.JOB_CONSULTANT)
    ]
    rooms = Room.objects.bulk_create(
        Room(organisation_id=key, name=f"Room {n}") for key, count in places for n in range(count)
    )
    _pools()
    _rooms_with_people(rooms, hosts, guests)
    with connection.cursor() as cursor, world.references_trusted(cursor):
        cursor.execute("SELECT setseed(%s)", [world.SEED])
        cursor.execute(MADE_SLOTS, {"day": world.DAY})
        cursor.execute(TAKEN)
        cursor.execute("SELECT setval(pg_get_serial_sequence('meetings_meeting', 'id'), 60000)")
    _calendars([one for people in hosts.values() for one in people])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _people(house: int, count: int, role: Role) -> list[User]:
    password = make_password(None)
    people = User.objects.bulk_create(
        User(username=f"p{house}-{n}", first_name="Kim", last_name=f"P{house}-{n}",
             password=password)
        for n in range(count)
    )  # fmt: skip
    Membership.objects.bulk_create(
        Membership(user=one, organisation_id=house, role=role, starts_on=world.DAY.replace(2020))
        for one in people
    )
    return people


def _pools() -> None:
    Pool.objects.bulk_create(
        Pool(jobcentre_id=key, name="Times", starts="08:00", ends="15:00", starts_on=world.DAY,
             ends_on=world.DAY.replace(world.DAY.year + 1), is_published=True)
        for key in JOBCENTRES
    )  # fmt: skip


def _rooms_with_people(
    rooms: list[Room], hosts: dict[int, list[User]], guests: list[tuple[int, User]]
) -> None:
    """In each room sits one caseworker with one consultant, so that nobody is in two at once."""
    sat: dict[int, int] = {}
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_room (room_id bigint, organisation_id bigint,"
                       " worker_id bigint, a_kasse_id bigint, guest_id bigint)")  # fmt: skip
        for n, room in enumerate(rooms):
            key = room.organisation_id
            host = hosts[key][sat.setdefault(key, 0)]
            sat[key] += 1
            a_kasse, guest = guests[n * 7 % len(guests)]
            cursor.execute("INSERT INTO bench_room VALUES (%s, %s, %s, %s, %s)",
                           [room.pk, key, host.pk, a_kasse, guest.pk])  # fmt: skip


def _calendars(people: list[User]) -> None:
    """Hours of every other, a week of leave of every third, busy times of every fourth."""
    house, first = Organisation.objects.get(pk=JOBCENTRES[0]), start_of(world.DAY)
    WorkingHours.objects.bulk_create(
        WorkingHours(user=one, organisation=house, weekday=weekday, starts="08:00", ends="16:00",
                     starts_on=world.DAY.replace(2020))
        for one in people[::2] for weekday in range(5)
    )  # fmt: skip
    Leave.objects.bulk_create(
        Leave(user=one, organisation=house, starts_at=first + timedelta(n % 90),
              ends_at=first + timedelta(n % 90 + 7))
        for n, one in enumerate(people[::3])
    )  # fmt: skip
    sources = BusySource.objects.bulk_create(
        BusySource(user=one, name="own") for one in people[::4]
    )
    BusyTime.objects.bulk_create(
        BusyTime(source=source, starts_at=first + timedelta(day, hours=9),
                 ends_at=first + timedelta(day, hours=10))
        for source in sources for day in range(0, HALF_YEAR, 3)
    )  # fmt: skip
    ClosingDay.objects.bulk_create(
        ClosingDay(organisation_id=key, starts_on=world.DAY.replace(month=12, day=24),
                   ends_on=world.DAY.replace(month=12, day=27))
        for key in JOBCENTRES
    )  # fmt: skip
