"""The rooms of a day: what is shown as free is what the one answer calls free, and the act takes."""

from datetime import date, timedelta

import pytest
import time_machine

from meetings.availability import Availability
from meetings.room_days import rooms_page
from partnerships.models import Role
from tests.factories import UserFactory, moment
from tests.meetings.conftest import new_world
from tests.meetings.random_calendars import MINUTE, OFFICE, PUBLIC, ZONE, Calendar, at, chance_of
from tests.meetings.test_availability import STARTS


@pytest.fixture(autouse=True)
def _now():
    """Each calendar has a day of its own."""


def naive(made, room, day) -> set:
    """The minutes in which a room can be had, each looked at by itself."""
    if day.weekday() > 4 or day in PUBLIC or day in made.closed:
        return set()
    mine = [row for row in made.rows if row[:2] == ("room-taken", room.pk)]
    mine += [row for row in made.rows if row[:2] == ("in-slot", ("room", room.pk))]
    minutes = (at(day, n) for n in range(1440))
    return {
        one
        for one in minutes
        if any(first <= one.astimezone(ZONE).time() < last for first, last in OFFICE)
        if not any(start <= one < end for _code, _key, start, end, _slot in mine)
    }


def shown_free(day, slots) -> list[tuple]:
    """The stretches that the page calls free."""
    rows = [one.clock.split("–") for one in slots if one.is_free]
    return [tuple(at(day, minutes(one)) for one in row) for row in rows]


def minutes(clock):
    hour, _dot, minute = clock.replace(":", ".").partition(".")
    return int(hour) * 60 + int(minute)


@pytest.mark.parametrize(("name", "first"), STARTS.items(), ids=list(STARTS))
@pytest.mark.parametrize("seed", range(2))
def test_the_rooms_of_a_day_show_as_free_what_is_free_minute_by_minute(db, seed, name, first):
    made = Calendar(new_world(), first, first + timedelta(6), chance_of(60 + seed)).draw()
    house = made.world.jobcentre
    planner = UserFactory(role=Role.BOOKING_COORDINATOR, organisation=house)
    seen = 0
    with time_machine.travel(moment(first - timedelta(3), 9), tick=False):
        for day in made.days:
            page = rooms_page(planner, shown=day, on=first)
            free = Availability.load(
                first=day, last=day, rooms=[one.pk for one in made.rooms], organisations=[house.pk]
            )
            for room in made.rooms:
                [row] = [one for one in page.rooms if one.name == room.name]
                spans = shown_free(day, row.slots)
                for start, end in spans:
                    seen += 1
                    assert not free.obstacles(start, end, room=room.pk, organisation=house.pk)
                left = naive(made, room, day) - {
                    one for start, end in spans for one in whole(start, end)
                }
                assert all(is_short(one, naive(made, room, day)) for one in left), (day, room)
    assert seen > 10


def whole(start, end):
    return [start + MINUTE * n for n in range(int((end - start) / MINUTE))]


def is_short(one, free) -> bool:
    """Whether a free minute lies in a stretch too short to book."""
    before, after = one, one
    while before - MINUTE in free:
        before -= MINUTE
    while after + MINUTE in free:
        after += MINUTE
    return after - before + MINUTE < 15 * MINUTE


def test_a_published_time_and_a_group_meeting_keep_a_room(world):
    made = Calendar(world, date(2026, 9, 28), date(2026, 10, 2), chance_of(1))
    made.workers, made.rooms = [world.caseworker], [world.room]
    day = date(2026, 9, 30)
    made.slot(at(day, 600), at(day, 645))
    made.chance.random = lambda: 0
    made.group(at(day, 540), at(day, 580))
    planner = UserFactory(role=Role.BOOKING_COORDINATOR, organisation=world.jobcentre)

    page = rooms_page(planner, shown=day, on=day)

    [room] = page.rooms
    assert [(one.clock.replace(".", ":"), one.what) for one in room.slots] == [
        ("8:00–9:00", "Free"),
        ("9:00–9:40", "Group meeting"),
        ("9:40–10:00", "Free"),
        ("10:00–10:45", "Published time"),
        ("10:45–12:00", "Free"),
        ("12:30–16:00", "Free"),
    ]
