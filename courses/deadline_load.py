"""How many deadlines fall on each of the next ten working days, as columns to be drawn."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from courses.worklist import Tally
from shared.dates import nearest_working_day, working_days_after
from shared.written import day_text, weekday_name

DAYS = 10
HEIGHT = 96
BASE = 116


@dataclass(frozen=True, slots=True)
class Column:
    """One working day: its counts, and the sizes of its two bars in pixels and per cent.

    What is drawn is text, because a template writes numbers in the reader's language, slowly.
    """

    weekday: str
    day_of_month: str
    label: str
    booked: int
    unbooked: int
    total_text: str
    booked_text: str
    unbooked_text: str
    left: str
    middle: str
    booked_top: str
    booked_height: str
    unbooked_top: str
    unbooked_height: str
    number_y: str

    @property
    def total(self) -> int:
        """All deadlines of the day."""
        return self.booked + self.unbooked


def load_of(tallies: Iterable[Tally], *, on: date) -> tuple[Column, ...]:
    """The columns of the next ten working days; a deadline on a day off counts before it."""
    counts: Counter[tuple[date, bool]] = Counter()
    for tally in tallies:
        counts[nearest_working_day(tally.late_from - timedelta(1)), tally.booked] += tally.count
    first = working_days_after(on - timedelta(1), 1)
    days = [working_days_after(first, n) for n in range(DAYS)]
    most = max((counts[day, True] + counts[day, False] for day in days), default=0) or 1
    return tuple(
        _column(place, day, counts[day, True], counts[day, False], HEIGHT / most)
        for place, day in enumerate(days)
    )


def _column(place: int, day: date, booked: int, unbooked: int, unit: float) -> Column:
    low, high = booked * unit, unbooked * unit
    return Column(
        weekday=weekday_name(day).rstrip("."),
        day_of_month=str(day.day),
        label=day_text(day),
        booked=booked,
        unbooked=unbooked,
        total_text=str(booked + unbooked),
        booked_text=str(booked),
        unbooked_text=str(unbooked),
        left=f"{place * 10 + 1.2:.1f}",
        middle=f"{place * 10 + 5:.1f}",
        booked_top=f"{BASE - low:.1f}",
        booked_height=f"{low:.1f}",
        unbooked_top=f"{BASE - low - high:.1f}",
        unbooked_height=f"{high:.1f}",
        number_y=f"{BASE - low - high - 6:.1f}",
    )
