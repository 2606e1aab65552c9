"""Which days a series has, and which times a day: pure, by the clock of Denmark."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from staffing.openings import first_moment

DAY, WEEK = timedelta(1), timedelta(7)
LAST_OF_MONTH = 4  # a fifth weekday stands for the last one: not every month has five
ONCE, WEEKLY, FORTNIGHTLY, MONTHLY = "once", "weekly", "fortnightly", "monthly"

Clocks = tuple[time, time]


def days_of(repeats: str, starts_on: date, ends_on: date) -> Iterator[date]:
    """The days of a series; `ends_on` is the day after the last."""
    if repeats == ONCE:
        yield starts_on
    elif repeats == MONTHLY:
        yield from _months(starts_on, ends_on)
    else:
        step = WEEK if repeats == WEEKLY else 2 * WEEK
        day = starts_on
        while day < ends_on:
            yield day
            day += step


def _months(starts_on: date, ends_on: date) -> Iterator[date]:
    """The same weekday of each month: the second Tuesday, or the last one."""
    number, month = (starts_on.day - 1) // 7, starts_on.replace(day=1)
    while month < ends_on:
        day = _weekday_of(month, starts_on.weekday(), number)
        if starts_on <= day < ends_on:
            yield day
        month = (month + 32 * DAY).replace(day=1)


def _weekday_of(month: date, weekday: int, number: int) -> date:
    day = month + ((weekday - month.weekday()) % 7 + 7 * number) * DAY
    return day if number < LAST_OF_MONTH or day.month == month.month else day - WEEK


def times_of(
    day: date, hours: Clocks, *, minutes: int, pause: int, lunch: Clocks | None
) -> Iterator[tuple[datetime, datetime]]:
    """The times of a day one after another: none runs past the end or into the break."""
    start, last = map(_minute, hours)
    away = (_minute(lunch[0]), _minute(lunch[1])) if lunch else None
    while start + minutes <= last:
        end = start + minutes
        if away and start < away[1] and away[0] < end:
            start = away[1]
            continue
        yield _moment(day, start), _moment(day, end)
        start = end + pause


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _moment(day: date, minute: int) -> datetime:
    return first_moment(day, time(minute // 60, minute % 60))
