"""Whether there are places for what falls due: days walked in order, the most urgent served first.

`unserved` is the answer where every place is for everybody, `unserved_among` where some places are
for some. Of what is open on a day, what must be held first takes a place
first; so as many find a place as can at all, and who finds none is short on the last day.

A side's places are looked at ten working days ahead. Each day brings as many as the side's workers
can hold interviews on a day, less those that are booked. What is late already is not counted: it
would hide what can still be saved.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from heapq import heappop, heappush

from courses.models import Party
from partnerships.models import Role
from shared.dates import nearest_working_day, working_days_after

DAYS = 10
HOLDING = {Party.JOBCENTRE: Role.CASEWORKER, Party.A_KASSE: Role.JOB_CONSULTANT}


@dataclass(frozen=True, slots=True)
class Places:
    """The interviews that a side can hold on a day, and those that are booked by day."""

    a_day: int = 0
    booked: dict[date, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Joint:
    """Joint interviews that are owed and not booked.

    `owed` counts them by last day, `short` those for whom no published time is left; `nearest` has
    the keys and last days of the first of these. They are not held in the side's own hours.
    """

    owed: Mapping[date, int] = field(default_factory=dict)
    short: Mapping[date, int] = field(default_factory=dict)
    nearest: tuple[tuple[int, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """One interview that needs a place: from which day, until which, both included."""

    first: date
    last: date
    key: int = 0
    of: int = 0  # who may not use every place


def unserved(wanted: Iterable[Wanted], free: Mapping[date, int]) -> Iterator[Wanted]:
    """Which interviews find no place, when `free` says how many places each day has."""
    coming = sorted(wanted, key=lambda one: one.first)[::-1]
    open_now: list[tuple[date, int, Wanted]] = []
    number = 0
    for day in sorted(free):
        while coming and coming[-1].first <= day:
            one, number = coming.pop(), number + 1
            heappush(open_now, (one.last, number, one))
        while open_now and open_now[0][0] < day:
            yield heappop(open_now)[2]
        for _place in range(min(free[day], len(open_now))):
            heappop(open_now)
    yield from (one for _last, _number, one in sorted(open_now))
    yield from reversed(coming)


@dataclass(frozen=True, slots=True)
class Place:
    """So many places on a day that only some may use; `kind` tells one such place from another."""

    day: date
    kind: int
    count: int


def unserved_among(
    wanted: Iterable[Wanted], places: Iterable[Place], may_use: Callable[[int, int], bool]
) -> Iterator[Wanted]:
    """Which interviews find no place, where not every place is for everybody.

    `may_use` says whether whoever has a key may use places of a kind. Those with the nearest last
    day go first; each takes a place if others can be moved to make room (augmenting paths), so as
    many are served as can be at all. Places that no move can free are looked at no more.
    """
    giving = _Giving(sorted((one for one in places if one.count), key=_day), may_use)
    for one in sorted(wanted, key=lambda want: (want.last, want.key)):
        if not giving.seats(one):
            yield one


def _day(place: Place) -> date:
    return place.day


@dataclass(slots=True)
class _Giving:
    """Places given out so far, and those that no move can free."""

    places: list[Place]
    may_use: Callable[[int, int], bool]
    held: dict[Place, list[Wanted]] = field(default_factory=dict)
    spent: set[Place] = field(default_factory=set)
    own: dict[int, list[Place]] = field(default_factory=dict)

    def seats(self, one: Wanted) -> bool:
        """Give an interview a place, moving others where that helps."""
        came: dict[Place, tuple[Place | None, Wanted]] = {}
        waiting = self._look(one, None, came)
        while waiting:
            free = next((at for at in waiting if len(self.held.get(at, ())) < at.count), None)
            if free is not None:
                self._move(free, came)
                return True
            place = waiting.popleft()
            for other in self.held[place]:
                waiting += self._look(other, place, came)
        self.spent.update(came)
        return False

    def _look(
        self, who: Wanted, before: Place | None, came: dict[Place, tuple[Place | None, Wanted]]
    ) -> deque[Place]:
        """The places that somebody may use and that were not looked at yet."""
        if who.of not in self.own:
            self.own[who.of] = [one for one in self.places if self.may_use(who.of, one.kind)]
        own, found = self.own[who.of], deque[Place]()
        first, end = bisect_left(own, who.first, key=_day), bisect_right(own, who.last, key=_day)
        for place in own[first:end]:
            if place not in came and place not in self.spent:
                came[place] = (before, who)
                found.append(place)
        return found

    def _move(self, place: Place, came: Mapping[Place, tuple[Place | None, Wanted]]) -> None:
        """Let everybody on the way take the next place, from the free one backwards."""
        before, who = came[place]
        self.held.setdefault(place, []).append(who)
        while before is not None:
            self.held[before].remove(who)
            place = before
            before, who = came[place]
            self.held[place].append(who)


def days_ahead(on: date) -> tuple[date, ...]:
    """The ten working days from a day on."""
    first = working_days_after(on - timedelta(1), 1)
    return tuple(working_days_after(first, n) for n in range(DAYS))


def short_of_places(
    due: Iterable[tuple[date, int]], places: Places, *, on: date
) -> dict[date, int]:
    """How many of the duties due on each day find no place; `due` is last days and counts."""
    days = days_ahead(on)
    rows = (
        Wanted(days[0], day)
        for day, count in _by_working_day(due).items()
        if day in days
        for _one in range(count)
    )
    free = {day: max(0, places.a_day - places.booked.get(day, 0)) for day in days}
    return dict(sorted(Counter(one.last for one in unserved(rows, free)).items()))


def without_place(rows: Iterable[tuple[int, date]], short: Mapping[date, int]) -> list[int]:
    """The keys of the duties that find no place: the last of each day, in the order given."""
    by_day: dict[date, list[int]] = {}
    for key, last_day in rows:
        by_day.setdefault(nearest_working_day(last_day), []).append(key)
    return [key for day, count in sorted(short.items()) for key in by_day.get(day, [])[-count:]]


def _by_working_day(due: Iterable[tuple[date, int]]) -> dict[date, int]:
    """Counts by the working day on which a duty must be held at the latest."""
    found: dict[date, int] = {}
    for last_day, count in due:
        day = nearest_working_day(last_day)
        found[day] = found.get(day, 0) + count
    return found
