"""A week of everybody who holds interviews for an organisation: a constant number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from accounts.models import User
from partnerships.models import Organisation
from shared.dates import is_working_day, start_of
from shared.written import clock_text, day_text
from staffing.access import staff_of
from staffing.models import ClosingDay, Competence, Leave, WorkingHours
from staffing.openings import OFFICE_HOURS, Clocks, Span
from staffing.pages import competences_in_words
from staffing.week_days import clocks_text

R = TypeVar("R", WorkingHours, Leave, Competence)
DAY = timedelta(1)
DAYS_OF_WORK = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a worker: the hours in words, and when the worker is away."""

    day: str
    hours: str
    away: str = ""
    is_away: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A worker with the days of the week, and what the worker may do."""

    worker: User
    cells: list[Cell]
    competences: list[str]
    is_assumed: bool


@dataclass(frozen=True, slots=True)
class StaffWeek:
    """The staff of an organisation in a week."""

    house: Organisation
    monday: date
    rows: list[Row]
    closed: Mapping[date, str]

    @property
    def heads(self) -> list[tuple[str, str]]:
        """The days, with why nobody works on them."""
        return [(day_text(day), self.closed.get(day, "")) for day in days_of(self.monday)]


def days_of(monday: date) -> list[date]:
    """The days of work of a week."""
    return [monday + DAY * number for number in range(DAYS_OF_WORK)]


def staff_week(house: Organisation, monday: date, *, words: tuple[str, str]) -> StaffWeek:
    """Who works when in a week; `words` for a closing day and a public holiday."""
    staff, friday = staff_of(house, on=monday), days_of(monday)[-1]
    hours = WorkingHours.objects.standing(first=monday, last=friday)
    hours = hours.filter(user__in=staff, organisation=house).order_by("starts")
    leave = Leave.objects.filter(
        user__in=staff, starts_at__lt=start_of(friday + DAY), ends_at__gt=start_of(monday)
    )
    skills = Competence.objects.standing(on=monday).filter(user__in=staff, organisation=house)
    worked, away, able = _grouped(hours), _grouped(leave), _grouped(skills)
    rows = [
        Row(
            worker,
            _cells(worked.get(worker.pk, []), away.get(worker.pk, []), monday),
            competences_in_words(able.get(worker.pk, [])),
            worker.pk not in worked,
        )
        for worker in staff
    ]
    return StaffWeek(house, monday, rows, _closed(house, monday, words))


def _grouped(rows: Iterable[R]) -> dict[int, list[R]]:
    found: dict[int, list[R]] = {}
    for row in rows:
        found.setdefault(row.user_id, []).append(row)
    return found


def _cells(hours: Sequence[WorkingHours], leave: Sequence[Leave], monday: date) -> list[Cell]:
    spans = [(one.starts_at, one.ends_at) for one in leave]
    return [_cell(day, _clocks(hours, day), spans) for day in days_of(monday)]


def _clocks(hours: Sequence[WorkingHours], day: date) -> list[Clocks]:
    """The hours of a day; office hours for who has said none for that time."""
    standing = [
        one for one in hours if one.starts_on <= day and (not one.ends_on or day < one.ends_on)
    ]
    if not standing:
        return list(OFFICE_HOURS)
    return [(one.starts, one.ends) for one in standing if one.weekday == day.weekday()]


def _cell(day: date, clocks: list[Clocks], leave: Sequence[Span]) -> Cell:
    first, after = start_of(day), start_of(day + DAY)
    away = [(max(one[0], first), min(one[1], after)) for one in leave]
    away = [one for one in away if one[0] < one[1]]
    whole = any(one == (first, after) for one in away)
    part = "" if whole else ", ".join(f"{_said(one[0])}–{_said(one[1], after)}" for one in away)
    return Cell(day_text(day), "" if whole else clocks_text(clocks), part, bool(away))


def _said(moment: datetime, after: datetime | None = None) -> str:
    return "24.00" if moment == after else clock_text(moment)


def _closed(house: Organisation, monday: date, words: tuple[str, str]) -> dict[date, str]:
    rows = ClosingDay.objects.overlapping(first=monday, last=days_of(monday)[-1])
    spans = list(rows.filter(organisation=house).values_list("starts_on", "ends_on"))
    found = {}
    for day in days_of(monday):
        if any(first <= day < after for first, after in spans):
            found[day] = words[0]
        elif not is_working_day(day):
            found[day] = words[1]
    return found
