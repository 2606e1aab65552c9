"""Runs of days, weekdays and months, as whole numbers where many are counted.

A day number is `date.toordinal()`; day 1 is a Monday, so weekdays and ISO weeks are
plain division. Numbers, not sets of days: a course is answered in a fraction of a
millisecond.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

DAYS_IN_WEEK = 7
WEEKDAYS_IN_WEEK = 5
ONE_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `starts_on` up to, but not including, `ends_on`; open while that is None."""

    starts_on: date
    ends_on: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


def weekdays_through(day: int) -> int:
    """How many weekdays lie in the days 1 to `day`."""
    weeks, rest = divmod(day, DAYS_IN_WEEK)
    return weeks * WEEKDAYS_IN_WEEK + min(rest, WEEKDAYS_IN_WEEK)


def nth_weekday(number: int) -> int:
    """The day number of the weekday with that number; the inverse of `weekdays_through`."""
    weeks, rest = divmod(number - 1, WEEKDAYS_IN_WEEK)
    return weeks * DAYS_IN_WEEK + rest + 1


def week_of(day: int) -> int:
    """The number of the ISO week a day lies in, counted from the first one."""
    return (day - 1) // DAYS_IN_WEEK


def sunday_of(week: int) -> int:
    """The day number of the last day of a week."""
    return (week + 1) * DAYS_IN_WEEK


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it has none such."""
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def add_years(day: date, years: int) -> date:
    """The same day of a later year; 28 February for a leap day."""
    return add_months(day, 12 * years)


@lru_cache(maxsize=1024)
def month_starts(year: int, month: int) -> tuple[int, int]:
    """The day numbers of the first day of a month and of the next one."""
    first = date(year, month, 1).toordinal()
    return first, first + monthrange(year, month)[1]


def month_end(day: date) -> date:
    """The last day of the month a day lies in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def age_on(born: date, day: date) -> int:
    """Age in whole years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
