"""The days on which the clock of unemployment stands still, and those on which it runs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import AbsenceKind
from law.clocks import UnemploymentClock
from shared.written import decimal_text

ONE_DAY = timedelta(1)
DAYS_IN_WEEK = 7


@dataclass(frozen=True, slots=True)
class Run:
    """Days on end, the last excluded, on which the clock runs, or stands for one cause."""

    starts_on: date
    ends_on: date
    stands: bool
    cause: str

    @property
    def days(self) -> int:
        """How many days of the calendar."""
        return (self.ends_on - self.starts_on).days

    @property
    def last_on(self) -> date:
        """The last day, as people say it."""
        return self.ends_on - ONE_DAY

    @property
    def name(self) -> str:
        """What the clock stands for, in words."""
        return cause_name(self.cause)


def cause_name(cause: str) -> str:
    """What the clock stands for, in words: an absence, a closed country, or no paid hours."""
    if cause in AbsenceKind.values:
        return str(AbsenceKind(cause).label)
    return _(cause) if cause else _("no hours paid")


def runs_between(clock: UnemploymentClock, first: date, last: date) -> tuple[Run, ...]:
    """How the clock runs and stands from a first day to a last; a weekend belongs before it."""
    start, end = first.toordinal(), last.toordinal()
    found: list[Run] = []
    for one in clock.between(start, end):
        run = Run(
            date.fromordinal(max(one.starts, start)),
            date.fromordinal(min(one.ends, end + 1)),
            stands=not one.pays,
            cause="" if one.pays else str(one.paused_by or ""),
        )
        before = found[-1] if found else None
        if before and (not one.days or (before.stands, before.cause) == (run.stands, run.cause)):
            found[-1] = replace(before, ends_on=run.ends_on)
        elif one.days:
            found.append(run)
    return tuple(found)


def pauses_among(runs: Iterable[Run]) -> Iterator[Run]:
    """The runs of days on which the clock stands."""
    return (one for one in runs if one.stands)


def length_text(days: int) -> str:
    """A stretch of days as people say it: days below a week, else weeks."""
    if days < DAYS_IN_WEEK:
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    return weeks_text(days / DAYS_IN_WEEK)


def weeks_text(weeks: float) -> str:
    """A number of weeks; without a decimal where it is whole."""
    number = f"{weeks:.1f}"
    whole = number.endswith(".0")
    count = int(float(number)) if whole else 2  # a broken number takes the plural
    said = str(count) if whole else decimal_text(weeks)
    return ngettext("%(weeks)s week", "%(weeks)s weeks", count) % {"weeks": said}
