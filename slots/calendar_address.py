"""What the address of the calendar asks for: which week or day, how, where, and for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from courses.case_numbers import CaseNumberConverter
from shared.dates import SATURDAY
from shared.written import MONTHS, language, short_day

DAY, WEEK = timedelta(1), timedelta(7)
YEARS = range(2000, 2101)


class View(StrEnum):
    """How the times are shown, as the address says it."""

    WEEK = "uge"
    DAY = "dag"
    LIST = "liste"


@dataclass(frozen=True, slots=True)
class Asked:
    """The calendar that an address asks for; `day` is chosen, and its week is shown.

    `is_dated` says whether the address named a day or a week at all.
    """

    day: date
    is_dated: bool = False
    view: View = View.WEEK
    place: str = ""
    case: int | None = None
    duty: str = ""
    time: str = ""
    meeting: int | None = None
    moves: bool = False

    @classmethod
    def read(cls, query: Mapping[str, str], *, on: date) -> "Asked":
        """What can be read of an address; the rest is as usual."""
        view = query.get("visning", "")
        day = _day_read(query.get("dag", "")) or _week_read(query.get("uge", ""), on=on)
        return cls(
            day or next_weekday(on),
            is_dated=day is not None,
            view=View(view) if view in list(View) else View.WEEK,
            place=query.get("sted", ""),
            case=_case_read(query.get("sag", "")),
            duty=query.get("krav", ""),
            time=query.get("tid", ""),
            meeting=_key_read(query.get("samtale", "")),
            moves=query.get("flyt") == "ja",
        )

    @property
    def monday(self) -> date:
        """The first day of the week."""
        return self.day - DAY * self.day.weekday()

    @property
    def sunday(self) -> date:
        """The last day of the week."""
        return self.monday + DAY * 6

    @property
    def span(self) -> tuple[date, date]:
        """The days that are shown, both included."""
        return (self.day, self.day) if self.view == View.DAY else (self.monday, self.sunday)

    @property
    def title(self) -> str:
        """What is shown: `Uge 48 · 23.–27. november`."""
        return f"{week_name(self.day)} · {week_days(self.monday)}"

    def url(self, **changed: str) -> str:
        """The address of the calendar with something changed; an empty word takes a part out."""
        said = {
            "uge": week_key(self.day),
            "dag": self.day.isoformat() if self.is_dated else "",
            "visning": "" if self.view == View.WEEK else self.view.value,
            "sted": self.place,
            "sag": CaseNumberConverter().to_url(self.case) if self.case else "",
            "krav": self.duty,
            "tid": self.time,
            "samtale": str(self.meeting or ""),
            "flyt": "ja" if self.moves else "",
        } | changed
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{reverse('slots:calendar')}?{query}"

    def on_day(self, day: date) -> str:
        """The address of the same calendar on another day."""
        return self.url(uge="", dag=day.isoformat())


def next_weekday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day if day.weekday() < SATURDAY else day + DAY * (7 - day.weekday())


def week_key(day: date) -> str:
    """The week of a day as an address says it: `2026-48`."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-{week:02d}"


def week_name(day: date) -> str:
    """The number of a day's week: `Uge 48`."""
    return _("Week %(week)d") % {"week": day.isocalendar().week}


def week_days(monday: date) -> str:
    """Monday to Friday: `23.–27. november`; both months where there are two."""
    friday = monday + DAY * 4
    if language() != "da" or monday.month != friday.month:
        return f"{short_day(monday)}–{short_day(friday)}"
    return f"{monday.day}.–{friday.day}. {MONTHS['da'][friday.month - 1]}"


def _day_read(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def _week_read(text: str, *, on: date) -> date | None:
    """Today, when it lies in the week that was asked for; else its Monday."""
    year, _dash, week = text.partition("-")
    try:
        monday = date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        return None
    if monday.year not in YEARS:
        return None
    return on if monday <= on < monday + DAY * 5 else monday


def _case_read(text: str) -> int | None:
    try:
        return CaseNumberConverter().to_python(text)
    except ValueError:
        return None


def _key_read(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None  # noqa: PLR2004 (fits a key)
