"""The calendar as a list: day by day what the table shows, for the keyboard and narrow screens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shared.written import clock_text, day_text
from slots.calendar_cells import Cells
from slots.calendar_days import notes_of
from slots.calendar_seen import Booked, Seen
from slots.calendar_times import Time
from staffing.openings import day_of


@dataclass(frozen=True, slots=True)
class ListRow:
    """One time, or an interview outside the times, and where it leads."""

    mark: str
    state: str
    starts_at: datetime
    ends_at: datetime
    where: str
    who: str
    words: str
    why: str
    url: str

    @property
    def clocks(self) -> str:
        """From when to when: `10.00–10.45`."""
        return f"{clock_text(self.starts_at)}–{clock_text(self.ends_at)}"

    @property
    def when(self) -> str:
        """The day too, for those who listen: `to. 26.11. 10.00–10.45`."""
        return f"{day_text(day_of(self.starts_at))} {self.clocks}"


@dataclass(frozen=True, slots=True)
class ListedDay:
    """A day of the list: its notes and its rows."""

    title: str
    notes: Sequence[SafeString]
    rows: Sequence[ListRow]


def listed_days(seen: Seen, times: Sequence[Time], cells: Cells) -> list[ListedDay]:
    """The days, each with what lies in it, in order."""
    every = [_of_time(one, cells) for one in times]
    every += [_of_booked(one, cells, seen) for one in seen.outside]
    days: dict[date, list[ListRow]] = {}
    for row in sorted(every, key=attrgetter("starts_at", "where")):
        days.setdefault(day_of(row.starts_at), []).append(row)
    return [
        ListedDay(day_text(day, on=seen.place.on), notes_of(day, seen, times), days.get(day, []))
        for day in seen.days
    ]


def _of_time(one: Time, cells: Cells) -> ListRow:
    slot = one.slot
    return ListRow(
        f"t{slot.pk}",
        one.state.value,
        slot.starts_at,
        slot.ends_at,
        one.where,
        one.who,
        f"{one.head} {one.line}".strip(),
        one.why if one.why != one.line.lower() else "",  # "Taken" is said once
        cells.url(one),
    )


def _of_booked(one: Booked, cells: Cells, seen: Seen) -> ListRow:
    """An interview outside the times: which, and as much of whose as the reader may know."""
    who = ", ".join(seat.name for seat in seen.seated if seat.meeting == one.meeting)
    return ListRow(
        f"m{one.meeting}",
        "busy",
        one.starts_at,
        one.ends_at,
        one.where,
        who,
        f"{one.a_kasse} {one.initials}" if one.name else _("Taken"),
        one.what,
        cells.of_booked(one) if one.name else "",
    )
