"""A working week and its parts in words, and the weeks that somebody has worked and will work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.models import Organisation
from shared.written import decimal_text, language, plain_day
from staffing.models import WorkingHours
from staffing.models.hours import Weekday
from staffing.openings import OFFICE_HOURS, Clocks

FIVE_DAYS = [Weekday(number) for number in range(5)]
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Week:
    """A week that holds for a while: each day with its hours in words."""

    starts_on: date
    ends_on: date | None
    lines: list[tuple[str, str]]
    total: str

    @property
    def days(self) -> str:
        """The days on which it holds, the last one included."""
        first = plain_day(self.starts_on)
        if self.ends_on is None:
            return _("from %(day)s") % {"day": first}
        return f"{first}–{plain_day(self.ends_on - timedelta(1))}"

    def holds(self, on: date) -> bool:
        """Whether it is the week of a day."""
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)


def weeks_of(worker: User, house: Organisation) -> list[Week]:
    """The weeks of a worker at an organisation, the newest first."""
    rows = WorkingHours.objects.filter(user=worker, organisation=house)
    weeks: dict[tuple[date, date | None], list[WorkingHours]] = {}
    for row in rows.order_by("-starts_on", "weekday", "starts"):
        weeks.setdefault((row.starts_on, row.ends_on), []).append(row)
    return [_week(starts_on, ends_on, rows) for (starts_on, ends_on), rows in weeks.items()]


def standing_hours(worker: User, house: Organisation, *, on: date) -> dict[int, list[Clocks]]:
    """The clocks of each weekday, as they hold on a day; office hours where none are said."""
    rows = WorkingHours.objects.standing(first=on, last=on)
    rows = rows.filter(Q(organisation=house), user=worker).order_by("weekday", "starts")
    found: dict[int, list[Clocks]] = {}
    for row in rows:
        found.setdefault(row.weekday, []).append((row.starts, row.ends))
    return found or {int(one): list(OFFICE_HOURS) for one in FIVE_DAYS}


def clocks_text(clocks: Iterable[Clocks]) -> str:
    """Hours of a day: `8.00–12.00, 12.30–16.00`."""
    return ", ".join(f"{_clock(starts)}–{_clock(ends)}" for starts, ends in clocks)


def total_text(clocks: Iterable[Clocks]) -> str:
    """How long a week is: `37,5 hours a week`."""
    hours = sum((_length(one) for one in clocks), timedelta(0)) / HOUR
    digits = 0 if hours == int(hours) else 1
    return _("%(hours)s hours a week") % {"hours": decimal_text(hours, digits=digits)}


def _week(starts_on: date, ends_on: date | None, rows: Sequence[WorkingHours]) -> Week:
    days: dict[int, list[Clocks]] = {}
    for row in rows:
        days.setdefault(row.weekday, []).append((row.starts, row.ends))
    lines = [(str(Weekday(day).label), clocks_text(clocks)) for day, clocks in days.items()]
    every = [one for clocks in days.values() for one in clocks]
    return Week(starts_on, ends_on, lines, total_text(every))


def _length(clocks: Clocks) -> timedelta:
    day = date.min
    return datetime.combine(day, clocks[1]) - datetime.combine(day, clocks[0])


def _clock(clock: time) -> str:
    return f"{clock.hour}{'.' if language() == 'da' else ':'}{clock.minute:02d}"
