"""How many deadlines fall on each of the next ten working days, as columns to be drawn."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import format_html
from django.utils.safestring import SafeString

from courses.worklist import Tally
from shared.dates import nearest_working_day, working_days_after
from shared.written import day_text, weekday_name

DAYS = 10
DAYS_OFF = timedelta(14)  # more than ever follow on each other
HEIGHT = 96
BASE = 116


# Drawn here and not in a template: ten days of twenty values each.
DRAWN = """
<text class="kf-load-number" x="{middle}%" y="{number_y}">{total}</text>
<rect class="kf-load-unbooked" x="{left}%" y="{unbooked_top}" width="7.6%"
  height="{unbooked_height}" />
<rect class="kf-load-booked" x="{left}%" y="{booked_top}" width="7.6%" height="{booked_height}" />
<text x="{middle}%" y="131">{weekday}</text>
<text x="{middle}%" y="145">{day_of_month}</text>"""
WRITTEN = """
<tr>
  <th scope="row">{}</th>
  <td>{}</td>
  <td>{}</td>
</tr>"""


@dataclass(frozen=True, slots=True)
class Column:
    """One working day: its counts, its two bars drawn, and the same as a row of a table."""

    weekday: str
    label: str
    booked: int
    unbooked: int
    drawn: SafeString
    row: SafeString

    @property
    def total(self) -> int:
        """All deadlines of the day."""
        return self.booked + self.unbooked


def load_of(tallies: Iterable[Tally], *, on: date) -> tuple[Column, ...]:
    """The columns of the next ten working days; a deadline on a day off counts before it."""
    first = working_days_after(on - timedelta(1), 1)
    days = [working_days_after(first, n) for n in range(DAYS)]
    counts: Counter[tuple[date, bool]] = Counter()
    for tally in tallies:
        if first < tally.late_from <= days[-1] + DAYS_OFF:
            counts[nearest_working_day(tally.late_from - timedelta(1)), tally.booked] += tally.count
    most = max((counts[day, True] + counts[day, False] for day in days), default=0) or 1
    return tuple(
        _column(place, day, counts[day, True], counts[day, False], HEIGHT / most)
        for place, day in enumerate(days)
    )


def _column(place: int, day: date, booked: int, unbooked: int, unit: float) -> Column:
    low, high = booked * unit, unbooked * unit
    weekday, label = weekday_name(day).rstrip("."), day_text(day)
    return Column(
        weekday=weekday,
        label=label,
        booked=booked,
        unbooked=unbooked,
        drawn=format_html(
            DRAWN,
            weekday=weekday,
            day_of_month=day.day,
            total=booked + unbooked,
            left=f"{place * 10 + 1.2:.1f}",
            middle=f"{place * 10 + 5:.1f}",
            booked_top=f"{BASE - low:.1f}",
            booked_height=f"{low:.1f}",
            unbooked_top=f"{BASE - low - high:.1f}",
            unbooked_height=f"{high:.1f}",
            number_y=f"{BASE - low - high - 6:.1f}",
        ),
        row=format_html(WRITTEN, label, unbooked, booked),
    )
