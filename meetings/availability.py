"""Who and what is free when: the one answer that search, screens and booking acts all ask.

`load` reads everything that concerns some people, rooms and organisations in some days, in one
statement; `obstacles` then answers for any time in those days without asking the database.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from meetings import taken
from meetings.models import GroupMeeting, Meeting
from meetings.obstacles import HARD, Code, Obstacle, Who
from meetings.taken import Asked, Hours, Taken, Whose, lasts
from shared.dates import is_working_day
from staffing.openings import (
    OFFICE_HOURS,
    Span,
    common,
    day_of,
    less,
    lies_within,
    openings,
    whole_day,
)

__all__ = ["Availability", "Code", "Obstacle", "Who"]

MOMENT = timedelta(microseconds=1)
DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Availability:
    """What is in the way of people, rooms and organisations between two days, both included."""

    asked: Asked
    hours: Mapping[int, Hours] = field(default_factory=dict)
    houses: Mapping[int, Sequence[tuple[int, date, date | None]]] = field(default_factory=dict)
    closed: Mapping[int, Sequence[tuple[date, date]]] = field(default_factory=dict)
    away: Mapping[int, Sequence[tuple[date, date | None]]] = field(default_factory=dict)
    seats_alone: bool = False
    _taken: dict[Whose, dict[date, list[Taken]]] = field(default_factory=dict)
    _openings: dict[tuple[int, date], list[Span]] = field(default_factory=dict)

    @classmethod
    def load(  # noqa: PLR0913 (whom and what, by name)
        cls,
        *,
        first: date,
        last: date,
        workers: Iterable[int] = (),
        rooms: Iterable[int] = (),
        citizens: Iterable[int] = (),
        organisations: Iterable[int] = (),
        apart_from: Meeting | GroupMeeting | None = None,
        with_slots: bool = True,
        slots_of: Iterable[int] = (),
    ) -> "Availability":
        """Read what concerns these keys in these days; one interview or meeting may be left out.

        Without slots for those alone who are asked about in slots of their own: the database
        forbids that they are in others at once; `slots_of` are those who are asked about besides.
        """
        asked = Asked(
            first,
            last,
            *_moments(first, last),
            frozenset(workers),
            frozenset(rooms),
            frozenset(citizens),
            frozenset(organisations),
            apart_from,
            with_slots,
            frozenset(slots_of),
        )
        rows = taken.read(asked)
        found = cls(asked, hours=rows.hours, houses=rows.houses, closed=rows.closed, away=rows.away)
        found._add(rows.taken)
        return found

    @classmethod
    def of_seats(  # noqa: PLR0913 (whom and what, by name)
        cls,
        *,
        first: date,
        last: date,
        workers: Iterable[int] = (),
        rooms: Iterable[int] = (),
        citizens: Iterable[int] = (),
        apart_from: Meeting | GroupMeeting | None = None,
    ) -> "Availability":
        """Read only what the database forbids too, in one query: for acts that hold the locks."""
        keys = (frozenset(workers), frozenset(rooms), frozenset(citizens), frozenset[int]())
        asked = Asked(first, last, *_moments(first, last), *keys, apart_from)
        found = cls(asked, seats_alone=True)
        found._add(taken.seats_alone(asked))
        return found

    def obstacles(  # noqa: PLR0913 (whom and what, by name)
        self,
        starts_at: datetime,
        ends_at: datetime,
        *,
        workers: Sequence[int] = (),
        room: int | None = None,
        citizen: int | None = None,
        organisation: int | None = None,
        slot: int | None = None,
    ) -> list[Obstacle]:
        """All that is in the way of a time; nothing when everybody is free.

        `slot` is the slot that the time is of: it is in nobody's way.
        """
        span = (starts_at.astimezone(UTC), ends_at.astimezone(UTC))
        self._check_loaded(span, workers, room, citizen)
        found = list(self._of_the_days(span, organisation))
        for worker in workers:
            found += self._of_worker(worker, span, organisation)
            found += self._of_rows((Who.WORKER, worker), span, slot)
        if room is not None:
            found += self._of_rows((Who.ROOM, room), span, slot)
        if citizen is not None:
            found += self._of_citizen(citizen, span)
            found += self._of_rows((Who.CITIZEN, citizen), span, slot)
        return found

    def free_spans(
        self,
        day: date,
        *,
        workers: Sequence[int] = (),
        room: int | None = None,
        citizen: int | None = None,
        organisation: int | None = None,
    ) -> list[Span]:
        """When on a day all of these are free at once, and nothing is in the way."""
        whole = whole_day(day)
        self._check_loaded(whole, workers, room, citizen)
        if not is_working_day(day) or self._is_closed(organisation, day):
            return []
        if citizen is not None and _covering(self.away.get(citizen, ()), day):
            return []
        spans = openings(day, OFFICE_HOURS) if not workers else [whole]
        for worker in workers:
            spans = common(spans, self.openings(worker, day))
        keys: list[Whose] = [(Who.WORKER, one) for one in workers]
        keys += [(Who.ROOM, room)] if room is not None else []
        keys += [(Who.CITIZEN, citizen)] if citizen is not None else []
        busy = [row for key in keys for row in self._rows(key, whole)]
        return less(spans, [(row.starts_at, row.ends_at) for row in busy])

    def openings(self, worker: int, day: date) -> list[Span]:
        """When a worker works on a day: by the hours said, else by office hours; none if closed."""
        key = (worker, day)
        if key not in self._openings:
            self._openings[key] = self._opened(worker, day)
        return self._openings[key]

    def taken(self, *, worker: int | None = None, citizen: int | None = None) -> list[Span]:
        """The interviews and group meetings of a worker or a citizen, in order."""
        whose = (Who.WORKER, worker or 0) if worker else (Who.CITIZEN, citizen or 0)
        rows = {row for rows in self._taken.get(whose, {}).values() for row in rows}
        return sorted((row.starts_at, row.ends_at) for row in rows if row.code in HARD)

    def of_room(self, room: int, day: date) -> list[Taken]:
        """What takes a room up on a day, published times too, in order."""
        rows = self._rows((Who.ROOM, room), whole_day(day))
        return sorted(rows, key=lambda row: (row.starts_at, row.ends_at))

    def is_away(self, citizen: int, day: date) -> bool:
        """Whether a citizen need not come on a day."""
        return bool(_covering(self.away.get(citizen, ()), day))

    def has_hours(self, worker: int, day: date) -> bool:
        """Whether a worker has said hours for a day, so that office hours are not assumed."""
        return worker in self.hours and self.hours[worker].on(day) is not None

    def works_at(self, worker: int, houses: Iterable[int], day: date) -> bool:
        """Whether a worker has a role in one of these organisations on a day."""
        return not self._houses(worker, day).isdisjoint(houses)

    def _opened(self, worker: int, day: date) -> list[Span]:
        if not self._houses(worker, day) or self._house_closed(worker, day):
            return []
        said = self.hours[worker].on(day) if worker in self.hours else None
        return openings(day, OFFICE_HOURS if said is None else said)

    def _add(self, rows: Iterable[tuple[Whose, Taken]]) -> None:
        """Keep rows by the days in UTC that they touch, so that few are looked at for a time."""
        for whose, row in rows:
            days = self._taken.setdefault(whose, {})
            first, last = row.starts_at.date(), (row.ends_at - MOMENT).date()
            if first == last:
                days.setdefault(first, []).append(row)
                continue
            span = (max(row.starts_at, self.asked.starts_at), min(row.ends_at, self.asked.ends_at))
            for day in _utc_days(span):
                days.setdefault(day, []).append(row)

    def _rows(self, whose: Whose, span: Span, slot: int | None = None) -> list[Taken]:
        """The rows in the way of a span, each once."""
        days = self._taken.get(whose)
        if not days:
            return []
        near = dict.fromkeys(row for day in _utc_days(span) for row in days.get(day, ()))
        return [
            row
            for row in near
            if row.starts_at < span[1] and span[0] < row.ends_at
            if slot is None or row.slot != slot
        ]

    def _of_rows(self, whose: Whose, span: Span, slot: int | None) -> Iterator[Obstacle]:
        for row in self._rows(whose, span, slot):
            yield Obstacle(row.code, whose[0], whose[1], row.ends_at, row.starts_at)

    def _of_the_days(self, span: Span, organisation: int | None) -> Iterator[Obstacle]:
        """Weekends, public holidays, and the closing days of the organisation."""
        if self.seats_alone:
            return
        for day in _days(span):
            if not is_working_day(day):
                yield Obstacle(Code.HOLIDAY, Who.DAY, None, whole_day(day)[1])
            if organisation is not None and self._is_closed(organisation, day):
                yield Obstacle(Code.CLOSED, Who.ORGANISATION, organisation, whole_day(day)[1])

    def _of_worker(self, worker: int, span: Span, organisation: int | None) -> Iterator[Obstacle]:
        """Closing days where the worker works, unless they are said already, and hours."""
        day = _days(span)[0]
        if self.seats_alone or self._is_closed(organisation, day):
            return
        if self._house_closed(worker, day):
            yield Obstacle(Code.CLOSED, Who.WORKER, worker, whole_day(day)[1])
        elif is_working_day(day) and not lies_within(span, self.openings(worker, day)):
            later = [start for start, _end in self.openings(worker, day) if span[0] < start]
            yield Obstacle(Code.OFF_HOURS, Who.WORKER, worker, min(later, default=None))

    def _of_citizen(self, citizen: int, span: Span) -> Iterator[Obstacle]:
        for day in _days(span):
            for _first, end in _covering(self.away.get(citizen, ()), day):
                until = whole_day(end)[0] if end else None
                yield Obstacle(Code.CITIZEN_AWAY, Who.CITIZEN, citizen, until)

    def _houses(self, worker: int, day: date) -> set[int]:
        rows = self.houses.get(worker, ())
        return {house for house, first, end in rows if lasts(day, first, end)}

    def _house_closed(self, worker: int, day: date) -> bool:
        """Whether every organisation that a worker works for is closed on a day."""
        houses = self._houses(worker, day)
        return bool(houses) and all(self._is_closed(one, day) for one in houses)

    def _is_closed(self, organisation: int | None, day: date) -> bool:
        rows = self.closed.get(organisation, ()) if organisation is not None else ()
        return any(lasts(day, first, end) for first, end in rows)

    def _check_loaded(
        self, span: Span, workers: Sequence[int], room: int | None, citizen: int | None
    ) -> None:
        """Nobody is called free of whom nothing was read."""
        asked = self.asked
        strangers = (
            set(workers) - asked.workers
            or ({room} - asked.rooms - {None})
            or ({citizen} - asked.citizens - {None})
        )
        if strangers or span[0] < asked.starts_at or asked.ends_at < span[1]:
            raise ValueError(f"not loaded: {strangers or span}")


def _moments(first: date, last: date) -> Span:
    return whole_day(first)[0], whole_day(last)[1]


def _days(span: Span) -> list[date]:
    """The days in Denmark that a span touches."""
    first, last = day_of(span[0]), day_of(max(span[0], span[1] - MOMENT))
    if first == last:
        return [first]
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def _utc_days(span: Span) -> list[date]:
    first, last = span[0].date(), max(span[0], span[1] - MOMENT).date()
    return [first] if first == last else [first + DAY * n for n in range((last - first).days + 1)]


def _covering(
    rows: Sequence[tuple[date, date | None]], day: date
) -> list[tuple[date, date | None]]:
    return [row for row in rows if lasts(day, *row)]
