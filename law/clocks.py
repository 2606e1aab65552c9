"""The two clocks, which are never added up or compared, and the limits set on them.

The calendar runs by itself. The unemployment clock counts paid hours, or in 2009 weeks.
Each limit has a type of its own, so that one clock cannot be asked the other's question.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from law.absence import EVER, Span, spans_of
from law.daily import MEASURES, Measure, Report, Stretch, reports, stretches
from law.facts import CourseFacts
from law.periods import (
    DAYS_IN_WEEK,
    add_months,
    add_years,
    nth_weekday,
    sunday_of,
    week_of,
    weekdays_through,
)
from law.vocabulary import Basis

TOLERANCE = 10
FORECAST_YEARS = 10


@dataclass(frozen=True, slots=True)
class SinceRegistration:
    """A limit on the calendar, from the day of registration."""

    days: int = 0
    months: int = 0

    basis = Basis.CALENDAR

    def reached_on(self, registered_on: date) -> date:
        """The last day that is still within the limit."""
        return add_months(registered_on, self.months) + timedelta(self.days)


@dataclass(frozen=True, slots=True)
class Unemployed:
    """A limit on the unemployment clock, in hours."""

    weeks: int = 0
    months: int = 0

    basis = Basis.CUMULATIVE

    def hours(self, measure: Measure) -> int:
        """The thousandths of an hour at which the limit is reached (C2)."""
        return self.weeks * measure.week + self.months * measure.month - TOLERANCE


@dataclass(frozen=True, slots=True)
class CountedWeeks:
    """A limit on the unemployment clock, in ISO weeks with a counted weekday (C5)."""

    weeks: int

    basis = Basis.WEEKS


@dataclass(frozen=True, slots=True)
class SinceSick:
    """A limit on the calendar, from the first day of a sickness."""

    days: int

    basis = Basis.CALENDAR

    def reached_on(self, sick_from: date) -> date:
        """The last day that is still within the limit."""
        return sick_from + timedelta(self.days)


Limit = SinceRegistration | Unemployed | CountedWeeks | SinceSick


@dataclass(frozen=True, slots=True)
class Reading:
    """What the unemployment clock shows at the end of a day."""

    hours: Decimal
    weekdays: int
    months: Decimal
    running: bool
    paused_by: str | None


class UnemploymentClock:
    """The unemployment of one person since placement in a benefit period (K1, K2)."""

    __slots__ = (
        "_ends",
        "_placed",
        "_reached",
        "_starts",
        "_weeks",
        "last",
        "measure",
        "reported_to",
        "spans",
    )

    def __init__(self, facts: CourseFacts) -> None:
        self.measure = MEASURES[facts.insured]
        self.spans: tuple[Span, ...] = spans_of(facts.absences, facts.parameters.sick_days_counted)
        self._placed = facts.placed_on.toordinal()
        self.last = add_years(facts.placed_on, FORECAST_YEARS).toordinal()
        months = reports(facts.reported_hours, self._placed)
        horizon = max(self.last, facts.as_of.toordinal(), *self._changes(months)) + DAYS_IN_WEEK
        self.reported_to = _last_reported(facts)
        self._starts = stretches(self._placed, horizon, self.measure.day, self.spans, months)
        self._ends: list[int] = []
        highest = 0
        for one in self._starts:
            highest = max(highest, one.hours_after(one.days))
            self._ends.append(highest)
        self._reached: dict[int, int | None] = {}
        self._weeks: list[tuple[int, int]] | None = None

    def _changes(self, months: Sequence[Report]) -> Iterator[int]:
        """The last days on which something is known to change: from then on all days are equal."""
        for span in self.spans:
            yield from (day for day in (span.starts, span.ends) if day < EVER)
        yield from (month.ends for month in months)

    def reached(self, hours: int) -> int | None:
        """The day at whose end the clock shows so many thousandths, within ten years."""
        if hours not in self._reached:
            self._reached[hours] = self._search(hours)
        return self._reached[hours]

    def _search(self, hours: int) -> int | None:
        place = bisect_left(self._ends, hours)
        if place == len(self._ends):
            return None
        one = self._starts[place]
        weekdays = -((one.base - hours) * one.share // one.total) - one.before
        day = nth_weekday(one.first + max(weekdays, 1))
        return day if day <= self.last else None

    def unmoved(self, hours: int) -> int:
        """The day it would show them, had every weekday since placement counted in full."""
        weekdays = -(-hours // self.measure.day)
        return nth_weekday(weekdays_through(self._placed - 1) + weekdays)

    def read(self, day: int) -> Reading:
        """The clock at the end of a day."""
        if day < self._placed:
            return Reading(Decimal("0.00"), 0, Decimal("0.00"), running=False, paused_by=None)
        one = self._stretch(day)
        weekdays = (weekdays_through(day) - one.first) * one.pays
        thousandths = one.base * one.share + one.total * (one.before + weekdays)
        return Reading(
            _hundredths(thousandths, 1000 * one.share),
            one.counted + weekdays,
            _hundredths(thousandths, self.measure.month * one.share),
            running=one.pays,
            paused_by=one.paused_by,
        )

    def between(self, first: int, last: int) -> list[Stretch]:
        """The stretches of equal days that touch the days from a first to a last, in order."""
        return [one for one in self._starts if one.starts <= last and one.ends > first]

    def _stretch(self, day: int) -> Stretch:
        return self._starts[bisect_right(self._starts, day, key=lambda one: one.starts) - 1]

    def week_after(self, week: int, number: int) -> int | None:
        """The Sunday that ends the so-manieth counted week after a week, within ten years."""
        for first, last in self._counted_weeks():
            starts = max(first, week + 1)
            if starts > last:
                continue
            if number <= last - starts + 1:
                sunday = sunday_of(starts + number - 1)
                return sunday if sunday <= self.last else None
            number -= last - starts + 1
        return None

    def week_before_start(self) -> int:
        """The week before the first weekday from placement on."""
        return week_of(nth_weekday(weekdays_through(self._placed - 1) + 1)) - 1

    def _counted_weeks(self) -> list[tuple[int, int]]:
        if self._weeks is None:
            self._weeks = list(_weeks(self._starts))
        return self._weeks

    def runs_after(self, day: int) -> bool:
        """Whether hours are counted on a day or after it, however far ahead it lies."""
        return self._starts[-1].pays or any(
            one.pays and one.days and nth_weekday(one.first + one.days) >= day
            for one in reversed(self._starts)
        )

    def forecast_at(self, day: int) -> bool:
        """Whether hours that nobody reported stand behind what the clock shows on a day."""
        return any(
            one.pays and one.days and not one.month and one.starts <= day for one in self._starts
        )


def _last_reported(facts: CourseFacts) -> str | None:
    """The last month from placement on that hours were reported for, whether they count or not."""
    placed = facts.placed_on.year, facts.placed_on.month
    year, month = max(facts.reported_hours, default=(0, 0))
    return f"{year}-{month:02}" if (year, month) >= placed else None


def _weeks(found: list[Stretch]) -> Iterator[tuple[int, int]]:
    """Runs of ISO weeks with at least one counted weekday, each week once."""
    taken = -1
    for one in found:
        if one.pays and one.days:
            first = max(week_of(nth_weekday(one.first + 1)), taken + 1)
            last = week_of(nth_weekday(one.first + one.days))
            if first <= last:
                yield first, last
                taken = last


def _hundredths(thousandths: int, per: int) -> Decimal:
    """A quotient rounded to two decimals, halves upwards."""
    return Decimal((200 * thousandths + per) // (2 * per)).scaleb(-2)
