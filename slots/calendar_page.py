"""The calendar page: what it shows, and where everything on it leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.access import reach_of
from partnerships.models import Organisation
from shared.written import SHORT_WEEKDAYS, day_text, language
from slots.access import pages_of_times
from slots.calendar_address import DAY, WEEK, Asked, View, next_weekday, week_key, week_name
from slots.calendar_case import CaseBox, MeetingBox
from slots.calendar_cells import Cells
from slots.calendar_day import DayTable
from slots.calendar_days import closed_why
from slots.calendar_list import ListedDay, listed_days
from slots.calendar_seen import Seen
from slots.calendar_times import PICKED, State, Time, Times, Wanted
from slots.calendar_week import Table, WeekTable


@dataclass(frozen=True, slots=True)
class Link:
    """A link that is or is not to what is shown now."""

    label: str
    url: str
    is_current: bool = False
    note: str = ""
    spoken: str = ""


@dataclass
class CalendarPage:
    """One calendar as one person sees it."""

    asked: Asked
    places: Sequence[Organisation]
    seen: Seen
    case: CaseBox | None = None
    meeting: MeetingBox | None = None

    @property
    def house(self) -> Organisation:
        """Whose calendar it is."""
        return self.seen.place.house

    @property
    def wanted(self) -> Wanted | None:
        """For whom a time is looked for, if for anybody."""
        return self.case.wanted if self.case else None

    @property
    def has_box(self) -> bool:
        """Whether anything stands beside the calendar."""
        return bool(self.case or self.meeting)

    @cached_property
    def times(self) -> list[Time]:
        """The times of the days that are shown."""
        return Times(self.seen, self.wanted).all()

    @cached_property
    def cells(self) -> Cells:
        """What writes the times."""
        return Cells(self.asked, self.case.pick if self.case else lambda _time: "")

    @cached_property
    def table(self) -> Table:
        """The days, or the one day, as a table."""
        if self.asked.view == View.DAY:
            return DayTable(self.seen, self.times, self.cells).table()
        return WeekTable(self.seen, self.times, self.cells).table()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to lay out."""
        return not (self.times or self.seen.outside or self.seen.groups)

    @cached_property
    def listed(self) -> list[ListedDay]:
        """The days as a list, with all that the table shows."""
        return listed_days(self.seen, self.times, self.cells)

    @property
    def title(self) -> str:
        if self.case and self.case.may_ask:
            return _("Ask for a time")
        if self.case:
            return _("Move interview") if self.case.is_moving else _("Book interview")
        return _("Calendar")

    @property
    def subheading(self) -> str:
        """For whom, and where."""
        if self.case is None:
            return str(self.house)
        page = self.case.page
        return f"{page.intro} · {page.course.citizen.name} · {self.house}"

    @property
    def views(self) -> list[Link]:
        """Week, day and list."""
        names = {View.WEEK: _("Week"), View.DAY: _("Day"), View.LIST: _("List")}
        return [
            Link(name, self._seen_as(view), view == self.asked.view) for view, name in names.items()
        ]

    @property
    def others(self) -> list[Link]:
        """The other pages of the calendar."""
        place = {"sted": self.asked.place} if self.asked.place else {}
        day = {"dag": self.shown_day.isoformat()}
        week = {"uge": week_key(self.asked.day)}
        return [
            Link(_("Day list"), reverse("slots:day_list", query=place | day)),
            Link(_("Staff calendar"), reverse("slots:staff_calendar", query=week)),
            *(Link(label, reverse(name)) for label, name in pages_of_times(self.seen.place.user)),
            *self._own_hours,
        ]

    @property
    def _own_hours(self) -> list[Link]:
        """The reader's own hours, for those who hold interviews."""
        holds = reach_of(self.seen.place.user).reads_citizens
        return [Link(_("My working hours"), reverse("staffing:hours"))] if holds else []

    @property
    def today(self) -> Link:
        """The week or day of today."""
        return Link(_("Today"), self.asked.on_day(next_weekday(self.seen.place.on)))

    @property
    def before(self) -> Link:
        """The week or day before."""
        return self._stepped(-1)

    @property
    def after(self) -> Link:
        """The week or day after."""
        return self._stepped(1)

    @property
    def period(self) -> str:
        """The week or the day that is shown."""
        if self.asked.view == View.DAY:
            return f"{week_name(self.asked.day)} · {day_text(self.asked.day)}"
        return self.asked.title

    @property
    def day_tabs(self) -> list[Link]:
        """The days of the week, for screens that show one at a time."""
        monday, names = self.asked.monday, SHORT_WEEKDAYS[language()]
        weekdays = [monday + DAY * n for n in range(5)]
        days = weekdays if self.asked.view == View.DAY else self.seen.days
        return [
            Link(
                names[day.weekday()],
                self.asked.on_day(day),
                day == self.shown_day,
                str(day.day),
                day_text(day),
            )
            for day in days
        ]

    @property
    def shown_day(self) -> date:
        """The day that a narrow screen shows."""
        days = self.seen.days
        return self.asked.day if self.asked.day in days else days[0]

    @property
    def shown_place(self) -> str:
        """Its number among the days, as the style sheet counts; all lanes of a single day."""
        is_day = self.asked.view == View.DAY
        return "all" if is_day else str(self.seen.days.index(self.shown_day))

    @property
    def free(self) -> int:
        """How many seats can be had in the days that are shown."""
        return sum(one.seats for one in self.times if one.state in PICKED)

    @property
    def free_said(self) -> SafeString:
        """The number of free times in words: `24 ledige TEK-tider i ugen`."""
        whose = self._whose()
        one_day = self.asked.view == View.DAY
        if whose:
            said = ngettext("free %(whose)s time", "free %(whose)s times", self.free)
            said %= {"whose": whose}
        else:
            said = ngettext("free time", "free times", self.free)
        when = _("on the day") if one_day else _("in the week")
        return format_html('<b class="kf-num">{}</b> {} {}', self.free, said, when)

    @property
    def legend(self) -> list[tuple[str, str]]:
        """What the looks of a time mean, as far as they occur."""
        whose, occur = self._whose(), {one.state for one in self.times}
        free = _("Free for %(whose)s") % {"whose": whose} if whose else _("Free")
        found = [(State.FREE.value, free)]
        if self.case:
            found.append((State.PROPOSED.value, _("Proposal")))
        found.append((State.BOOKED.value, _("Taken")))
        if State.OTHER in occur:
            found.append((State.OTHER.value, _("Reserved for another a-kasse")))
        if State.UNRESERVED in occur:
            found.append((State.OTHER.value, _("Not reserved")))
        if self.seen.outside:
            found.append(("busy", _("Outside the published times")))
        if State.CLOSED in occur or self.closed:
            found.append((State.CLOSED.value, _("Closed")))
        return found

    @property
    def nothing(self) -> str:
        """That there are no times, and for whom."""
        names = {"whose": self._whose(), "week": week_name(self.asked.day).lower()}
        if names["whose"]:
            return _("No free times for %(whose)s in %(week)s.") % names
        return _("No times in %(week)s.") % names

    @property
    def later(self) -> Link:
        """The week after, by name."""
        following = self.asked.monday + WEEK
        said = _("See %(week)s") % {"week": week_name(following).lower()}
        return Link(said, self.asked.url(uge=week_key(following), dag=""))

    @property
    def closed(self) -> list[str]:
        """Why days of an empty week are closed."""
        rows = [(day, closed_why(day, self.seen)) for day in self.seen.days]
        return [f"{day_text(day)}: {why}" for day, why in rows if why]

    @property
    def restore_url(self) -> str:
        """The calendar as it was before a time was picked; where Escape leads."""
        if self.meeting or self.asked.moves:
            return self.asked.url(samtale="", flyt="")
        return self.asked.url(tid="")

    def _whose(self) -> str:
        if self.wanted:
            return self.wanted.course.a_kasse.short
        names = self.seen.place.a_kasse_names
        return names[0] if len(names) == 1 and not self.seen.place.is_own else ""

    def _seen_as(self, view: View) -> str:
        shown = "" if view == View.WEEK else view.value
        return self.asked.url(visning=shown, uge="", dag=self.asked.day.isoformat())

    def _stepped(self, step: int) -> Link:
        if self.asked.view == View.DAY:
            name = _("Previous day") if step < 0 else _("Next day")
            return Link(name, self.asked.on_day(_weekday_beside(self.asked.day, step)))
        name = _("Previous week") if step < 0 else _("Next week")
        return Link(name, self.asked.url(uge=week_key(self.asked.monday + WEEK * step), dag=""))


def _weekday_beside(day: date, step: int) -> date:
    day += DAY * step
    while day.weekday() > 4:  # noqa: PLR2004 (Friday)
        day += DAY * step
    return day
