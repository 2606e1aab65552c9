"""Reads what takes people and rooms up, all kinds of rows in one statement."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    DateField,
    DateTimeField,
    F,
    Q,
    QuerySet,
    TimeField,
    Value,
)
from django.db.models.functions import Cast

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
    slots_of: frozenset[int] = frozenset()  # whose slots are read where those of others are not

    @property
    def has_seats(self) -> bool:
        """Whether anybody or any room is asked about that an interview keeps busy."""
        return bool(self.workers or self.rooms or self.citizens)


Whose = tuple[Who, int]
Period = tuple[date, date | None]


class Kind(StrEnum):
    """What a row of the statement tells of."""

    HOUSE = "house"
    HOURS = "hours"
    CLOSED = "closed"
    AWAY = "away"
    SEAT = "seat"
    LEAVE = "leave"
    ELSEWHERE = "elsewhere"
    WORKER_IN_SLOT = "worker-in-slot"
    ROOM_IN_SLOT = "room-in-slot"


COLUMNS: Mapping[str, Any] = MappingProxyType(
    {
        "key": BigIntegerField(),
        "other": BigIntegerField(),
        "third": BigIntegerField(),
        "starts_at": DateTimeField(),
        "ends_at": DateTimeField(),
        "first": DateField(),
        "end": DateField(),
        "starts": TimeField(),
        "ends": TimeField(),
    }
)


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


@dataclass(slots=True)
class Rows:
    """What was read: where workers work and when, closing days, absences, and what is taken.

    Who works nowhere any more, or has said no hours, has no row.
    """

    houses: dict[int, list[tuple[int, date, date | None]]] = field(default_factory=dict)
    hours: dict[int, Hours] = field(default_factory=dict)
    closed: dict[int, list[tuple[date, date]]] = field(default_factory=dict)
    away: dict[int, list[Period]] = field(default_factory=dict)
    taken: list[tuple[Whose, Taken]] = field(default_factory=list)


def read(asked: Asked) -> Rows:
    """Everything that concerns these keys in these days, in one statement."""
    found = Rows()
    for row in _at_once(_sources(asked)):
        _keep(found, row)
    for hours in found.hours.values():
        hours.rows.sort(key=itemgetter(slice(0, 4)))
    return found


def seats_alone(asked: Asked) -> list[tuple[Whose, Taken]]:
    """Interviews and group meetings alone: what the database forbids too."""
    found = Rows()
    for row in _at_once(_seats(asked)):
        _keep(found, row)
    return found.taken


def _at_once(sources: Iterable[QuerySet[Any, Any]]) -> Iterable[tuple[Any, ...]]:
    every = list(sources)
    if len(every) < 2:  # noqa: PLR2004 (nothing to join)
        return every[0] if every else ()
    return every[0].union(*every[1:], all=True)


def _keep(found: Rows, row: tuple[Any, ...]) -> None:
    """Put one row where it belongs."""
    kind, key, other, third, starts_at, ends_at, first, end, starts, ends = row
    if kind == Kind.SEAT:
        found.taken.append(_seat(key, other, third, starts_at, ends_at))
    elif kind in BUSY:
        who, code = BUSY[kind]
        found.taken.append(((who, key), Taken(starts_at, ends_at, code, other)))
    elif kind == Kind.HOUSE:
        found.houses.setdefault(key, []).append((other, first, end))
    elif kind == Kind.HOURS:
        hours = found.hours.setdefault(key, Hours())
        hours.rows.append((other, starts, ends, first, end))
    elif kind == Kind.CLOSED:
        found.closed.setdefault(key, []).append((first, end))
    else:
        found.away.setdefault(key, []).append((first, end))


BUSY = {
    Kind.LEAVE: (Who.WORKER, Code.LEAVE),
    Kind.ELSEWHERE: (Who.WORKER, Code.BUSY_ELSEWHERE),
    Kind.WORKER_IN_SLOT: (Who.WORKER, Code.IN_SLOT),
    Kind.ROOM_IN_SLOT: (Who.ROOM, Code.IN_SLOT),
}


def _seat(
    worker: int | None, room: int | None, citizen: int, starts_at: datetime, ends_at: datetime
) -> tuple[Whose, Taken]:
    if worker:
        return (Who.WORKER, worker), Taken(starts_at, ends_at, Code.IN_INTERVIEW)
    if room:
        return (Who.ROOM, room), Taken(starts_at, ends_at, Code.ROOM_TAKEN)
    return (Who.CITIZEN, citizen), Taken(starts_at, ends_at, Code.CITIZEN_BUSY)


# --- What is asked of each kind of row; nothing where nobody is asked about -----------------------
def _sources(asked: Asked) -> Iterator[QuerySet[Any, Any]]:
    yield from _seats(asked)
    if asked.workers:
        yield from _of_workers(asked)
    if asked.with_slots or asked.slots_of:
        yield from _in_slots(asked)
    if asked.workers or asked.organisations:
        yield _closed_days(asked)
    if asked.citizens:
        away = Absence.objects.standing().away().filter(citizen__in=asked.citizens)
        yield _told(away, Kind.AWAY, key="citizen", first="starts_on", end="ends_on")


def _told(rows: QuerySet[Any, Any], kind: Kind, **said: str) -> QuerySet[Any, Any]:
    """Rows as tuples of the same columns, whatever they tell of."""
    columns = [
        F(said[name]) if name in said else Cast(Value(None), column)
        for name, column in COLUMNS.items()
    ]
    return rows.order_by().values_list(Value(str(kind)), *columns)


def _seats(asked: Asked) -> Iterator[QuerySet[Any, Any]]:
    """Interviews and group meetings of the people and rooms."""
    if not asked.has_seats:
        return
    rows = Participant.objects.filter(
        Q(worker__in=asked.workers) | Q(room__in=asked.rooms) | Q(citizen__in=asked.citizens),
        is_busy=True,
        **_near(asked),
    )
    if asked.apart_from:
        of = "group" if isinstance(asked.apart_from, GroupMeeting) else "meeting"
        rows = rows.exclude(**{of: asked.apart_from.pk})
    names = {"key": "worker", "other": "room", "third": "citizen"}
    yield _told(rows, Kind.SEAT, **names, starts_at="starts_at", ends_at="ends_at")


def _of_workers(asked: Asked) -> Iterator[QuerySet[Any, Any]]:
    """Where they work, the hours that they have said, leave, and their own calendars."""
    workers, times = asked.workers, {"starts_at": "starts_at", "ends_at": "ends_at"}
    days = {"first": "starts_on", "end": "ends_on"}
    yield _told(_houses(asked), Kind.HOUSE, key="user", other="organisation", **days)
    hours = WorkingHours.objects.standing(first=asked.first, last=asked.last)
    clocks = {"key": "user", "other": "weekday", "starts": "starts", "ends": "ends"}
    yield _told(hours.filter(user__in=workers), Kind.HOURS, **clocks, **days)
    leave = Leave.objects.filter(user__in=workers, **_near(asked))
    yield _told(leave, Kind.LEAVE, key="user", **times)
    busy = BusyTime.objects.filter(source__user__in=workers, **_near(asked))
    yield _told(busy, Kind.ELSEWHERE, key="source__user", **times)


def _houses(asked: Asked) -> QuerySet[Membership]:
    return Membership.objects.filter(
        user__in=asked.workers, user__is_active=True, organisation__isnull=False
    )


def _closed_days(asked: Asked) -> QuerySet[Any, Any]:
    """The closing days of the organisations, and of those for which the workers work."""
    rows = ClosingDay.objects.overlapping(first=asked.first, last=asked.last)
    houses = Q(organisation__in=asked.organisations)
    if asked.workers:
        houses |= Q(organisation__in=_houses(asked).order_by().values("organisation"))
    days = {"first": "starts_on", "end": "ends_on"}
    return _told(rows.filter(houses), Kind.CLOSED, key="organisation", **days)


def _in_slots(asked: Asked) -> Iterator[QuerySet[Any, Any]]:
    """Open slots that workers and rooms stand ready in, whether or not anybody is booked."""
    keys = asked.workers if asked.with_slots else asked.slots_of
    workers = User.objects.filter(pk__in=keys)
    rooms = Room.objects.filter(pk__in=asked.rooms)
    if keys:
        yield _in_open_slots(workers, Kind.WORKER_IN_SLOT, "slots_as_host", asked)
        yield _in_open_slots(workers, Kind.WORKER_IN_SLOT, "slots_as_guest", asked)
    if asked.rooms and asked.with_slots:
        yield _in_open_slots(rooms, Kind.ROOM_IN_SLOT, "slots", asked)


def _in_open_slots(
    rows: QuerySet[Any, Any], kind: Kind, related: str, asked: Asked
) -> QuerySet[Any, Any]:
    near = {f"{related}__{name}": value for name, value in _near(asked).items()}
    times = {"starts_at": f"{related}__starts_at", "ends_at": f"{related}__ends_at"}
    rows = rows.filter(**near, **{f"{related}__state": OPEN})
    return _told(rows, kind, key="pk", other=f"{related}__pk", **times)


def _near(asked: Asked) -> dict[str, datetime]:
    """The conditions that a time lies in the days at least in part."""
    return {"starts_at__lt": asked.ends_at, "ends_at__gt": asked.starts_at}
