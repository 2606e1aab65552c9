"""The hours of each weekday, as stretches of days on which they are equal.

Hours are whole thousandths, days are day numbers: the sums are exact and the work is
proportional to the number of changes, not of days.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from law.absence import Span
from law.facts import Hours, Month
from law.periods import month_starts, weekdays_through
from law.vocabulary import AbsenceKind, Insurance

COVID = "covid"
DEAD = tuple(
    (starts.toordinal(), ends.toordinal())
    for starts, ends in (
        (date(2020, 3, 1), date(2020, 9, 1)),
        (date(2021, 1, 1), date(2021, 7, 1)),
    )
)
FIRST_DEAD, LAST_DEAD = DEAD[0][0], DEAD[-1][1]
RESTART_DAYS = 5 * 365 + 1


@dataclass(frozen=True, slots=True)
class Measure:
    """How many thousandths of an hour make a weekday, a week and a month of unemployment (K4)."""

    day: int
    week: int
    month: int


MEASURES = {
    Insurance.FULL_TIME: Measure(7_400, 37_000, 160_330),
    Insurance.PART_TIME: Measure(6_000, 30_000, 130_000),
}


@dataclass(slots=True)
class Stretch:
    """Days with equal hours a weekday: where it `pays`, `total` for every `share` weekdays.

    `first` weekdays lie before it since day 1 and `days` in it. After its k-th weekday the
    clock shows `base + total * (before + k) / share`; `before` weekdays of the same reported
    month were counted ahead of it.
    """

    starts: int
    ends: int
    first: int
    days: int
    total: int
    paused_by: str | None
    pays: bool
    month: int = 0
    share: int = 1
    before: int = 0
    base: int = 0
    counted: int = 0

    def hours_after(self, weekdays: int) -> int:
        """What the clock shows after so many of its weekdays, in thousandths rounded down."""
        return self.base + self.total * (self.before + weekdays * self.pays) // self.share


@dataclass(frozen=True, slots=True)
class Report:
    """The hours an a-kasse reported for a month, in day numbers."""

    starts: int
    ends: int
    total: int


def reports(reported: Mapping[Month, Hours], placed: int) -> list[Report]:
    """The reported months that this clock counts, in order; dead months never count (K6)."""
    if not reported:
        return []
    found = []
    for (year, month), hours in sorted(reported.items()):
        starts, ends = month_starts(year, month)
        if ends > placed and not _dead(starts):
            found.append(Report(starts, ends, round(float(hours) * 1000)))
    return found


def stretches(
    placed: int, horizon: int, day: int, spans: Sequence[Span], months: Sequence[Report]
) -> list[Stretch]:
    """The days from placement to the horizon; reported months replace the forecast (C6)."""
    found = [
        _forecast(starts, ends, day, spans)
        for starts, ends in pairwise(_cuts(placed, horizon, spans, months))
    ]
    for month in months:
        _spread(month, [one for one in found if month.starts <= one.starts < month.ends])
    _accumulate(found)
    return found


def _cuts(placed: int, horizon: int, spans: Sequence[Span], months: Sequence[Report]) -> list[int]:
    cuts = {placed, horizon}
    for span in spans:
        cuts.update((span.starts, span.counts_to, span.ends))
    for month in months:
        cuts.update((month.starts, month.ends))
    if placed < LAST_DEAD and horizon > FIRST_DEAD:
        for dead in DEAD:
            cuts.update(dead)
    return sorted(cut for cut in cuts if placed <= cut <= horizon)


def _forecast(starts: int, ends: int, day: int, spans: Sequence[Span]) -> Stretch:
    first = weekdays_through(starts - 1)
    days = weekdays_through(ends - 1) - first
    if _dead(starts):
        return Stretch(starts, ends, first, days, 0, COVID, pays=False)
    if not spans:
        return Stretch(starts, ends, first, days, day, None, pays=True)
    hours, taken_by = left(starts, day, spans)
    return Stretch(starts, ends, first, days, hours, None if hours else taken_by, hours > 0)


def left(day: int, full: int, spans: Sequence[Span]) -> tuple[int, AbsenceKind | None]:
    """The least that the absences of a day leave of its hours, and the first that takes most."""
    here = [span for span in spans if span.starts <= day < span.ends]
    part_time = any(span.absence.kind is AbsenceKind.PART_TIME_JOB for span in here)
    least, by = full, None
    for span in here:
        hours = _one_leaves(span, day, full, part_time=part_time)
        if hours < least:
            least, by = hours, span.absence.kind
    return least, by


def _one_leaves(span: Span, day: int, full: int, *, part_time: bool) -> int:
    kind = span.absence.kind
    if kind in (AbsenceKind.LESS_INTENSIVE, AbsenceKind.WAGE_SUBSIDY):
        return full
    if kind is AbsenceKind.PART_TIME_JOB:
        return min(span.daily, full)
    if kind is AbsenceKind.SICK and day < span.counts_to and not part_time:
        return full
    return 0


def _spread(month: Report, parts: list[Stretch]) -> None:
    """Spread a month's hours evenly over its counted weekdays, over all when none is counted."""
    if not any(part.pays and part.days for part in parts):
        for part in parts:
            part.pays = True
    share = sum(part.days for part in parts if part.pays)
    before = 0
    for part in parts:
        part.month, part.total, part.share = month.starts, month.total, max(share, 1)
        part.before = before
        part.pays = part.pays and month.total > 0
        before += part.days * part.pays
        part.paused_by = None if part.pays else part.paused_by


def _accumulate(found: list[Stretch]) -> None:
    """Add the stretches up; five years without benefit start the clock again (K5)."""
    hours = counted = base = month = 0
    paid_to = found[0].starts
    for one in found:
        if one.month == 0 or one.month != month:
            base, month = hours, one.month
        if one.pays and one.starts - paid_to >= RESTART_DAYS:
            base = counted = 0
        one.base, one.counted = base, counted
        hours = one.hours_after(one.days)
        counted += one.days * one.pays
        if one.pays or one.paused_by == COVID:
            paid_to = one.ends


def _dead(day: int) -> bool:
    return FIRST_DEAD <= day < LAST_DEAD and any(starts <= day < ends for starts, ends in DEAD)
