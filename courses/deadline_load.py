"""How many deadlines fall on each of the next ten working days, as columns to be drawn."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

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
<text class="kf-load-number" x="%(middle)s%%" y="%(number_y)s">%(total)s</text>
<rect class="kf-load-unbooked" x="%(left)s%%" y="%(unbooked_top)s" width="7.6%%"
  height="%(unbooked_height)s" />
<rect class="kf-load-booked" x="%(left)s%%" y="%(booked_top)s" width="7.6%%"
  height="%(booked_height)s" />
<text x="%(middle)s%%" y="131">%(weekday)s</text>
<text x="%(middle)s%%" y="145">%(day_of_month)s</text>"""
WRITTEN = """
<tr>
  <th scope="row">%s</th>
  <td>%d</td>
  <td>%d</td>
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
        drawn=SafeString(
            DRAWN
            % {
                "weekday": escape(weekday),
                "day_of_month": day.day,
                "total": booked + unbooked,
                "left": f"{place * 10 + 1.2:.1f}",
                "middle": f"{place * 10 + 5:.1f}",
                "booked_top": f"{BASE - low:.1f}",
                "booked_height": f"{low:.1f}",
                "unbooked_top": f"{BASE - low - high:.1f}",
                "unbooked_height": f"{high:.1f}",
                "number_y": f"{BASE - low - high - 6:.1f}",
            }
        ),
        row=SafeString(WRITTEN % (escape(label), unbooked, booked)),
    )
