"""Free times for interviews, found one after another so that no two collide: pure, over given rows.

The most urgent is served first, each gets the first time that suits everybody. A time lies on a
working day within the hours given, not before the duty opens nor after its last timely day; where
no day from the first one on is left before that, earlier days are tried, the latest first, so that
the notice is as long as it can be. A late duty takes the first free time. Which hours are open
says `meetings.availability`; without it, office hours.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from shared.dates import is_working_day, working_days_after
from staffing.openings import (
    COPENHAGEN,
    MINUTE,
    OFFICE_HOURS,
    OPENS,
    Span,
    day_of,
    first_moment,
    less,
    openings,
    whole_day,
)

HORIZON_DAYS = 60
GRID = timedelta(minutes=15)
LEAD_DAYS = 7  # what a summons is given when nothing hurries (domain A2)
DAY = timedelta(1)


def office_hours(day: date) -> list[Span]:
    """The open spans of a day of which no hours are known."""
    return openings(day, OFFICE_HOURS)


@dataclass(frozen=True, slots=True)
class Wish:
    """One interview to find a time for: its days, and when the citizen is taken or away.

    `away` holds first days and days after the last, open when nobody knows the last. Nothing may
    lie on the day `before` or later.
    """

    key: int
    citizen: int = 0
    opens_on: date | None = None
    last_on: date | None = None
    before: date | None = None
    busy: Sequence[Span] = ()
    away: Sequence[tuple[date, date | None]] = ()


@dataclass(frozen=True, slots=True)
class Hours:
    """When interviews can be held: `open_on` gives the open spans of a day.

    `busy` are the worker's own interviews, `room_busy` the room's. Between two of the worker's own
    lies a pause of some minutes.
    """

    first_on: date
    minutes: int
    first_at: time = OPENS
    pause: int = 0
    most_a_day: int | None = None
    open_on: Callable[[date], Sequence[Span]] = office_hours
    busy: Sequence[Span] = ()
    room_busy: Sequence[Span] = ()

    @property
    def length(self) -> timedelta:
        """How long an interview takes."""
        return timedelta(minutes=self.minutes)


@dataclass(slots=True)
class _Taken:
    """What the worker has by day; it grows as times are given out."""

    pause: timedelta
    by_day: dict[date, list[Span]] = field(default_factory=dict)
    counts: Counter[date] = field(default_factory=Counter)

    def add(self, span: Span) -> None:
        """Keep the time before and after it free as well."""
        day = day_of(span[0])
        widened = (span[0] - self.pause, span[1] + self.pause)
        self.by_day.setdefault(day, []).append(widened)
        self.counts[day] += 1


def first_day(on: date) -> date:
    """The first day to offer when nothing hurries: the first working day after the lead time."""
    return working_days_after(on + timedelta(LEAD_DAYS - 1), 1)


def last_day_tried(wishes: Iterable[Wish], first_on: date, *, on: date) -> date:
    """The last day on which a time is looked for, so that no more is read than is asked."""
    opens = [wish.opens_on for wish in wishes if wish.opens_on]
    return max(first_on, on + DAY, *opens) + timedelta(HORIZON_DAYS)


def free_times(wishes: Sequence[Wish], hours: Hours, *, on: date) -> dict[int, datetime | None]:
    """A time for each wish in the order given, asked on a day; none where there is none."""
    taken = _taken(hours)
    given: dict[int, list[Span]] = {}
    found: dict[int, datetime | None] = {}
    for wish in wishes:
        own = given.setdefault(wish.citizen, [])
        starts_at = next(_times(wish, hours, taken, own, on), None)
        found[wish.key] = starts_at
        if starts_at:
            own.append((starts_at, starts_at + hours.length))
            taken.add(own[-1])
    return {key: _local(starts_at) for key, starts_at in found.items()}


def some_times(wish: Wish, hours: Hours, *, on: date, count: int) -> list[datetime]:
    """A few free times for one interview, each on a day of its own, to choose among."""
    taken, found = _taken(hours), list[datetime]()
    for day in _days(wish, hours, on):
        starts_at = next(_of_day(day, wish, hours, taken, ()), None)
        if starts_at:
            found.append(starts_at)
        if len(found) == count:
            break
    return [starts_at.astimezone(COPENHAGEN) for starts_at in sorted(found)]


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone(COPENHAGEN) if moment else None


def _taken(hours: Hours) -> _Taken:
    taken = _Taken(timedelta(minutes=hours.pause))
    for span in hours.busy:
        taken.add(span)
    return taken


def _times(
    wish: Wish, hours: Hours, taken: _Taken, given: Sequence[Span], on: date
) -> Iterator[datetime]:
    for day in _days(wish, hours, on):
        yield from _of_day(day, wish, hours, taken, given)


def _days(wish: Wish, hours: Hours, on: date) -> Iterator[date]:
    """The days to try, the best first; never today, because a summons binds from the day after."""
    tomorrow = on + DAY
    first = max(hours.first_on, tomorrow, wish.opens_on or tomorrow)
    earliest = max(tomorrow, wish.opens_on or tomorrow)
    end = max(first, on + DAY) + timedelta(HORIZON_DAYS)
    if wish.before:
        end = min(end, wish.before - DAY)
    is_late = wish.last_on is not None and wish.last_on < earliest
    last = end if wish.last_on is None or is_late else min(end, wish.last_on)
    ahead = _days_between(first, last)
    sooner = reversed(list(_days_between(earliest, min(last, first - DAY))))
    for day in (*ahead, *sooner):
        if is_working_day(day) and not _is_away(wish.away, day):
            yield day


def _days_between(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(n) for n in range((last - first).days + 1))


def _is_away(away: Iterable[tuple[date, date | None]], day: date) -> bool:
    return any(first <= day and (end is None or day < end) for first, end in away)


def _of_day(
    day: date, wish: Wish, hours: Hours, taken: _Taken, given: Sequence[Span]
) -> Iterator[datetime]:
    """The free times of a day, from the first on."""
    if hours.most_a_day is not None and taken.counts[day] >= hours.most_a_day:
        return
    busy = [*taken.by_day.get(day, ()), *hours.room_busy, *wish.busy, *given]
    if day == hours.first_on:
        busy.append((whole_day(day)[0], first_moment(day, hours.first_at)))
    for start, end in less(hours.open_on(day), busy):
        starts_at = start if start == first_moment(day, hours.first_at) else _on_the_grid(start)
        while starts_at + hours.length <= end:
            yield starts_at
            starts_at = _on_the_grid(starts_at + MINUTE)


def _on_the_grid(moment: datetime) -> datetime:
    """The first quarter of an hour from a moment on."""
    hour = moment.replace(minute=0, second=0, microsecond=0)
    return hour + -(-(moment - hour) // GRID) * GRID
