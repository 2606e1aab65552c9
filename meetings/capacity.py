"""Whether a side has places for what falls due: the next ten working days, walked in order.

Each day brings as many places as the side's workers can hold interviews on a day, less those that
are booked. A duty that is not booked takes the earliest place on or before its last day; one that
finds none is short. What is late already is not counted: it would hide what can still be saved.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

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


def days_ahead(on: date) -> tuple[date, ...]:
    """The ten working days from a day on."""
    first = working_days_after(on - timedelta(1), 1)
    return tuple(working_days_after(first, n) for n in range(DAYS))


def short_of_places(
    due: Iterable[tuple[date, int]], places: Places, *, on: date
) -> dict[date, int]:
    """How many of the duties due on each day find no place; `due` is last days and counts."""
    days = days_ahead(on)
    wanted = _by_working_day(due)
    free, short = 0, {}
    for day in days:
        free += max(0, places.a_day - places.booked.get(day, 0))
        placed = min(wanted.get(day, 0), free)
        free -= placed
        if wanted.get(day, 0) > placed:
            short[day] = wanted[day] - placed
    return short


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
