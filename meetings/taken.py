"""Reads what takes people and rooms up, each kind of row in one query."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import NamedTuple

from django.db.models import Q

from accounts.models import User
from courses.models import Absence
from meetings.models import GroupMeeting, Meeting, Participant, Room
from meetings.obstacles import Code, Who
from partnerships.models import Membership
from staffing.models import BusyTime, ClosingDay, Leave, WorkingHours
from staffing.openings import Clocks

OPEN = "open"  # the state of a slot that is not withdrawn; slots lie above and are reached by name


class Taken(NamedTuple):
    """That something is in somebody's way from a moment to a moment; `slot` if it is one."""

    starts_at: datetime
    ends_at: datetime
    code: Code
    slot: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Of whom and what rows are read, and between which moments and days."""

    first: date
    last: date
    starts_at: datetime
    ends_at: datetime
    workers: frozenset[int] = frozenset()
    rooms: frozenset[int] = frozenset()
    citizens: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()
    apart_from: Meeting | GroupMeeting | None = None
    with_slots: bool = True

    @property
    def has_seats(self) -> bool:
        """Whether anybody or any room is asked about that an interview keeps busy."""
        return bool(self.workers or self.rooms or self.citizens)


Whose = tuple[Who, int]
Found = Iterator[tuple[Whose, Taken]]


@dataclass(slots=True)
class Hours:
    """The hours of a worker's week, each for a while."""

    rows: list[tuple[int, time, time, date, date | None]] = field(default_factory=list)

    def on(self, day: date) -> list[Clocks] | None:
        """The clocks of a day; None where no hours are said for that time."""
        standing = [row for row in self.rows if lasts(day, row[3], row[4])]
        if not standing:
            return None
        return [
            (starts, ends) for weekday, starts, ends, *_ in standing if weekday == day.weekday()
        ]


def lasts(day: date, starts_on: date, ends_on: date | None) -> bool:
    """Whether a day lies in a period whose end is the day after its last."""
    return starts_on <= day and (ends_on is None or day < ends_on)


def seats(asked: Asked) -> Found:
    """Interviews and group meetings of the people and rooms."""
    if not asked.has_seats:
        return
    rows = Participant.objects.filter(
        Q(worker__in=asked.workers) | Q(room__in=asked.rooms) | Q(citizen__in=asked.citizens),
        is_busy=True,
        starts_at__lt=asked.ends_at,
        ends_at__gt=asked.starts_at,
    )
    if asked.apart_from:
        of = "group" if isinstance(asked.apart_from, GroupMeeting) else "meeting"
        rows = rows.exclude(**{of: asked.apart_from.pk})
    columns = ("worker", "room", "citizen", "starts_at", "ends_at")
    for worker, room, citizen, starts_at, ends_at in rows.values_list(*columns):
        if worker:
            yield (Who.WORKER, worker), Taken(starts_at, ends_at, Code.IN_INTERVIEW)
        elif room:
            yield (Who.ROOM, room), Taken(starts_at, ends_at, Code.ROOM_TAKEN)
        else:
            yield (Who.CITIZEN, citizen), Taken(starts_at, ends_at, Code.CITIZEN_BUSY)


def leave(asked: Asked) -> Found:
    """Leave of the workers."""
    if not asked.workers:
        return
    rows = Leave.objects.filter(
        user__in=asked.workers, starts_at__lt=asked.ends_at, ends_at__gt=asked.starts_at
    )
    for user, starts_at, ends_at in rows.values_list("user", "starts_at", "ends_at"):
        yield (Who.WORKER, user), Taken(starts_at, ends_at, Code.LEAVE)


def elsewhere(asked: Asked) -> Found:
    """What calendars of the workers' own say."""
    if not asked.workers:
        return
    rows = BusyTime.objects.filter(
        source__user__in=asked.workers, starts_at__lt=asked.ends_at, ends_at__gt=asked.starts_at
    )
    for user, starts_at, ends_at in rows.values_list("source__user", "starts_at", "ends_at"):
        yield (Who.WORKER, user), Taken(starts_at, ends_at, Code.BUSY_ELSEWHERE)


def in_slots(asked: Asked) -> Found:
    """Open slots that workers and rooms stand ready in, whether or not anybody is booked."""
    if not asked.with_slots:
        return
    for keys, rows, who, related in (
        (asked.workers, User.objects, Who.WORKER, "slots_as_host"),
        (asked.workers, User.objects, Who.WORKER, "slots_as_guest"),
        (asked.rooms, Room.objects, Who.ROOM, "slots"),
    ):
        of = rows.filter(pk__in=keys, **_in_open_slots(asked, related)) if keys else rows.none()
        for key, *slot in of.values_list("pk", *_slot_columns(related)):
            yield (who, key), _in_slot(*slot)


def _in_open_slots(asked: Asked, related: str) -> dict[str, object]:
    return {
        f"{related}__state": OPEN,
        f"{related}__starts_at__lt": asked.ends_at,
        f"{related}__ends_at__gt": asked.starts_at,
    }


def _slot_columns(related: str) -> tuple[str, str, str]:
    return f"{related}__starts_at", f"{related}__ends_at", f"{related}__pk"


def _in_slot(starts_at: datetime, ends_at: datetime, slot: int) -> Taken:
    return Taken(starts_at, ends_at, Code.IN_SLOT, slot)


SOURCES: tuple[Callable[[Asked], Found], ...] = (seats, leave, elsewhere, in_slots)


def hours_of(asked: Asked) -> dict[int, Hours]:
    """The hours that workers have said; who has said none is not in it."""
    found: dict[int, Hours] = {}
    if asked.workers:
        standing = WorkingHours.objects.standing(first=asked.first, last=asked.last)
        columns = ("user", "weekday", "starts", "ends", "starts_on", "ends_on")
        for user, *row in standing.filter(user__in=asked.workers).values_list(*columns):
            found.setdefault(user, Hours()).rows.append(tuple(row))
    return found


def houses_of(asked: Asked) -> dict[int, list[tuple[int, date, date | None]]]:
    """Where the workers work, each for a while; who works nowhere any more has no row."""
    found: dict[int, list[tuple[int, date, date | None]]] = {key: [] for key in asked.workers}
    if asked.workers:
        rows = Membership.objects.filter(
            user__in=asked.workers, user__is_active=True, organisation__isnull=False
        )
        columns = ("user", "organisation", "starts_on", "ends_on")
        for user, house, starts_on, ends_on in rows.values_list(*columns):
            found[user].append((house, starts_on, ends_on))
    return found


def closed_days(asked: Asked, houses: Collection[int]) -> dict[int, list[tuple[date, date]]]:
    """The closing days of organisations."""
    found: dict[int, list[tuple[date, date]]] = {}
    if houses:
        rows = ClosingDay.objects.overlapping(first=asked.first, last=asked.last)
        columns = ("organisation", "starts_on", "ends_on")
        for house, starts_on, ends_on in rows.filter(organisation__in=houses).values_list(*columns):
            found.setdefault(house, []).append((starts_on, ends_on))
    return found


def absences_of(asked: Asked) -> dict[int, list[tuple[date, date | None]]]:
    """The days on which citizens are away."""
    found: dict[int, list[tuple[date, date | None]]] = {}
    if asked.citizens:
        rows = Absence.objects.standing().away().filter(citizen__in=asked.citizens)
        for citizen, starts_on, ends_on in rows.values_list("citizen", "starts_on", "ends_on"):
            found.setdefault(citizen, []).append((starts_on, ends_on))
    return found
