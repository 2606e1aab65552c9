"""Ranges in the database, and the working days of Denmark."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

import holidays
from django.contrib.postgres.fields import (
    BigIntegerRangeField,
    DateRangeField,
    DateTimeRangeField,
)
from django.db.models import F, Func, Q, Value
from django.utils import timezone

SATURDAY = 5


class DateSpan(Func):
    """`daterange(start, end)`: first day included, last day excluded, null end is open."""

    function = "DATERANGE"
    output_field = DateRangeField()


class MomentSpan(Func):
    """`tstzrange(start, end)`: start included, end excluded."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Same(Func):
    """A key as a range of one value, so that core GiST can compare it; no extension needed."""

    function = "INT8RANGE"
    output_field = BigIntegerRangeField()

    def __init__(self, key: str) -> None:
        super().__init__(F(key), F(key), Value("[]"))

    def replace_expressions(self, replacements: Mapping[Any, Any]) -> Any:  # noqa: ANN401 (Django's signature)
        """Let a form's check find the key: it knows `course` where the database has `course_id`.

        A row whose owner has no key yet equals no other.
        """
        known: dict[Any, Any] = {F(f"{one.name}_id"): value for one, value in replacements.items()}
        known.update(replacements)
        mine = known.get(self.get_source_expressions()[0])
        if isinstance(mine, Value) and mine.value is None:
            return Func(Value(0), Value(0), function="INT8RANGE", output_field=self.output_field)
        return super().replace_expressions(known)

    def deconstruct(self) -> tuple[str, tuple[str, ...], dict[str, object]]:
        """Say in a migration what was said here."""
        return "shared.dates.Same", (self.get_source_expressions()[0].name,), {}


def lasting(on: date, field: str = "ends_on") -> Q:
    """Rows that have not ended by a day: no day after the last, or a later one."""
    return Q(**{field: None}) | Q(**{f"{field}__gt": on})


@lru_cache(maxsize=64)
def holidays_of(year: int) -> frozenset[date]:
    """The public holidays of a year in Denmark, as the law of that year has them."""
    return frozenset(holidays.country_holidays("DK", years=year))


def is_working_day(day: date) -> bool:
    """Whether offices are open: no weekend, no public holiday."""
    return day.weekday() < SATURDAY and day not in holidays_of(day.year)


def working_days_before(day: date, count: int) -> date:
    """The working day that lies `count` working days before a day."""
    while count:
        day -= timedelta(1)
        count -= is_working_day(day)
    return day


def working_days_after(day: date, count: int) -> date:
    """The working day that lies `count` working days after a day."""
    while count:
        day += timedelta(1)
        count -= is_working_day(day)
    return day


def nearest_working_day(day: date) -> date:
    """The day itself, or the last working day before it: where to plan at the latest."""
    return day if is_working_day(day) else working_days_before(day, 1)


def working_days_between(first: date, last: date) -> int:
    """Working days after `first` up to and including `last`; negative when `last` lies before."""
    if last < first:
        return -working_days_between(last, first)
    days = (first + timedelta(n) for n in range(1, (last - first).days + 1))
    return sum(map(is_working_day, days))


def monday_to_plan(day: date) -> date:
    """The Monday of a day's week; from a weekend people look ahead."""
    monday = day - timedelta(day.weekday())
    return monday if day.weekday() < SATURDAY else monday + timedelta(7)


def start_of(day: date) -> datetime:
    """The first moment of a day in Denmark."""
    return timezone.make_aware(datetime.combine(day, time.min))
