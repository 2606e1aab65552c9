"""What times a pool would make: which days fall out and why, and which times collide."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import holidays
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.availability import Availability, Code, Obstacle, Who
from meetings.obstacle_words import names_of, sentence
from partnerships.terms import terms_of_day
from shared.dates import SATURDAY, working_days_after, working_days_before
from shared.refusals import Refused
from shared.written import language
from slots.models import Pool, Slot
from slots.series import days_of, times_of
from staffing.models import ClosingDay

MOST_DAYS = timedelta(2 * 366)
MOST_TIMES = 2000
RELEASE_DAYS = 5  # without an agreement: an assumption
CLOSED = {Code.HOLIDAY, Code.CLOSED}


@dataclass(frozen=True, slots=True)
class Planned:
    """A time that would be made, and in sentences what is in its way."""

    starts_at: datetime
    ends_at: datetime
    collisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A day of the series on which nothing is made, and why."""

    day: date
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The times of a series that are yet to be made, in order, and the days without any."""

    times: Sequence[Planned] = ()
    left_out: Sequence[LeftOut] = ()

    @property
    def free(self) -> list[Planned]:
        """The times that nothing is in the way of."""
        return [one for one in self.times if not one.collisions]

    @property
    def taken(self) -> list[Planned]:
        """The times that collide."""
        return [one for one in self.times if one.collisions]


def plan_of(
    pool: Pool, *, at: datetime, exceptions: Mapping[date, str], remakes: bool = False
) -> Plan:
    """What a pool would make now, beside what it has made; with `remakes` in place of that."""
    _check_size(pool)
    own = list(Slot.objects.filter(pool=pool)) if pool.pk else []
    made = set() if remakes else {one.starts_at for one in own}
    days = list(days_of(pool.repeats, pool.starts_on, pool.ends_on))
    availability = _loaded(pool, days)
    closed = _closed_days(pool, days)
    times: list[tuple[datetime, datetime, list[Obstacle]]] = []
    left_out: list[LeftOut] = []
    for day in days:
        if day in exceptions:
            left_out.append(LeftOut(day, exceptions[day] or _("left out")))
            continue
        rows = [row for row in _times(pool, day) if row[0] > at and row[0] not in made]
        found = [
            (*row, _obstacles(availability, pool, row, own if remakes else ())) for row in rows
        ]
        if any(one.code in CLOSED for *_row, said in found for one in said):
            left_out.append(LeftOut(day, why_closed(day, closed)))
        else:
            times += found
    return Plan(_worded(times), left_out)


def _check_size(pool: Pool) -> None:
    if pool.ends_on - pool.starts_on > MOST_DAYS:
        raise Refused(_("A series lasts two years at most. Extend it later."))
    days = sum(1 for _day in days_of(pool.repeats, pool.starts_on, pool.ends_on))
    if days * len(list(_times(pool, pool.starts_on))) > MOST_TIMES:
        raise Refused(
            _("These are more than %(most)d times. Choose fewer days.") % {"most": MOST_TIMES}
        )


def _times(pool: Pool, day: date) -> Iterator[tuple[datetime, datetime]]:
    lunch = None
    if pool.lunch_starts and pool.lunch_ends:
        lunch = (pool.lunch_starts, pool.lunch_ends)
    return times_of(
        day,
        (pool.starts, pool.ends),
        minutes=pool.minutes,
        pause=pool.pause_minutes,
        lunch=lunch,
    )


def _houses(pool: Pool) -> list[int]:
    """Who must be open: the jobcentre, and the a-kasse where its worker is stationed."""
    return [key for key in (pool.jobcentre_id, pool.at_a_kasse_id) if key]


def _loaded(pool: Pool, days: Sequence[date]) -> Availability:
    return Availability.load(
        first=min(days, default=pool.starts_on),
        last=max(days, default=pool.starts_on),
        workers=[pool.worker_id] if pool.worker_id else [],
        rooms=[pool.room_id] if pool.room_id else [],
        organisations=_houses(pool),
    )


def _obstacles(
    availability: Availability,
    pool: Pool,
    row: tuple[datetime, datetime],
    remade: Iterable[Slot],
) -> list[Obstacle]:
    found = availability.obstacles(
        *row,
        workers=[pool.worker_id] if pool.worker_id else [],
        room=pool.room_id,
        organisation=pool.jobcentre_id,
    )
    for house in _houses(pool)[1:]:
        found += availability.obstacles(*row, organisation=house)
    return [one for one in found if not any(_is_of(one, slot) for slot in remade)]


def _is_of(obstacle: Obstacle, slot: Slot) -> bool:
    """Whether an obstacle is a slot: nobody and no room is in two of the same hours."""
    whose = {Who.WORKER: slot.worker_id, Who.ROOM: slot.room_id}.get(obstacle.who)
    hours = (obstacle.since, obstacle.until)
    return (
        obstacle.code == Code.IN_SLOT
        and whose == obstacle.key
        and hours == (slot.starts_at, slot.ends_at)
    )


def _worded(times: Sequence[tuple[datetime, datetime, list[Obstacle]]]) -> list[Planned]:
    names = names_of(one for *_row, said in times for one in said)
    return [
        Planned(
            start, end, tuple(dict.fromkeys(sentence(one, names, on=start) for one in obstacles))
        )
        for start, end, obstacles in times
    ]


def _closed_days(pool: Pool, days: Sequence[date]) -> list[ClosingDay]:
    if not days:
        return []
    rows = ClosingDay.objects.overlapping(first=min(days), last=max(days))
    mine = Q(organisation__in=_houses(pool))
    return list(rows.filter(mine).select_related("organisation"))


def why_closed(day: date, closed: Iterable[ClosingDay]) -> str:
    """The weekend, the name of the holiday, or who is closed and why."""
    if day.weekday() >= SATURDAY:
        return _("weekend")
    names = holidays.country_holidays(
        "DK", years=day.year, language="da" if language() == "da" else "en_US"
    )
    if day in names:
        return str(names[day])
    for one in closed:
        if one.starts_on <= day < one.ends_on:
            said = _("%(organisation)s is closed") % {"organisation": one.organisation.short}
            return f"{said}: {one.reason}" if one.reason else said
    return _("closed")


def slots_of(pool: Pool, times: Iterable[Planned]) -> list[Slot]:
    """The rows of times, not stored yet."""
    return [
        Slot(
            pool=pool,
            jobcentre_id=pool.jobcentre_id,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            room=pool.room,
            place=pool.place,
            form=pool.form,
            seats=pool.seats,
            worker=pool.worker,
        )
        for one in times
    ]


def release_day(pool: Pool, starts_at: datetime, *, on: date) -> date:
    """The day on which a time reserved on a day is given free if nobody is booked in it.

    By the agreement's terms of that day, else five working days before; at a stationing the day
    itself. What is reserved later than that is kept for one working day.
    """
    return _release_day(pool, timezone.localdate(starts_at), on)


def _release_day(pool: Pool, day: date, on: date) -> date:
    if pool.purpose == Pool.Purpose.STATIONING:
        return day
    terms = terms_of_day(pool.agreement, on=day) if pool.agreement else None
    count = terms.release_days if terms else RELEASE_DAYS
    due = working_days_before(day, count)
    return due if due > on else min(day, working_days_after(on, 1))
