"""The week as a table: days, and under each the lanes of the rooms and places that serve then."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shared.written import clock_text, language
from slots.calendar_cells import NOTHING, Cells, busy, spoken
from slots.calendar_days import closed_why, day_name, notes_of, short_date
from slots.calendar_grid import Block, Column, Group, Lunch, Row, lanes, minutes_of, rows_of
from slots.calendar_seen import Booked, Seen
from slots.calendar_times import Time
from staffing.openings import Span, day_of, first_moment, overlaps

Lane = tuple[bool, str, int, int | None]  # no room, its name, which of several, the room's key
NOWHERE: Lane = (True, "", 0, None)
OUTSIDE: Lane = (True, "", -1, None)  # interviews that sit in no published time and no lane's room


@dataclass(frozen=True, slots=True)
class Table:
    """A calendar ready for its template."""

    groups: Sequence[Group]
    rows: Sequence[Row]

    @property
    def columns(self) -> list[Column]:
        """All columns in order."""
        return [one for group in self.groups for one in group.columns]

    @property
    def breadth(self) -> int:
        """How broad the table has to be: its columns, in steps of four that style sheets know."""
        return min(64, -(-len(self.columns) // 4) * 4)

    @property
    def has_notes(self) -> bool:
        """Whether anything is said of whole days."""
        return any(group.notes for group in self.groups)


@dataclass(slots=True)
class WeekTable:
    """Lays the times of a week out."""

    seen: Seen
    times: Sequence[Time]
    cells: Cells
    lane_of: dict[int, Lane] = field(init=False)
    lanes_of: dict[date, list[Lane]] = field(init=False)
    columns: dict[tuple[date, Lane], Column] = field(init=False)
    outside: dict[tuple[date, Lane], list[Booked]] = field(init=False)

    def __post_init__(self) -> None:
        self.lane_of = laned(self.times)
        self.outside = self._outside()
        self.lanes_of = self._lanes(self.seen.days)
        self.columns = {
            (day, lane): Column(day, _label(lane), place, lane == own[0], room=lane[3])
            for place, (day, own) in enumerate(self.lanes_of.items())
            for lane in own
        }

    def table(self) -> Table:
        """The days and the rows."""
        groups = self.groups()
        columns = [one for group in groups for one in group.columns]
        lunch = lunch_of(self.times)
        rows = rows_of(columns, self.blocks(), self.blank, lunch=lunch, dot=dot())
        return Table(groups, rows)

    def groups(self) -> list[Group]:
        """The days, each with its lanes."""
        return [
            Group(
                day_name(day, on=self.seen.place.on),
                short_date(day),
                [self.columns[day, lane] for lane in own],
                f"kf-d{place} kf-first",
                notes_of(day, self.seen, self.times),
            )
            for place, (day, own) in enumerate(self.lanes_of.items())
        ]

    def blocks(self) -> list[Block]:
        """The times in their columns, and the interviews that sit in none of them."""
        found = [
            Block(
                self.columns[day_of(one.slot.starts_at), self.lane_of[one.slot.pk]],
                minutes_of(one.slot.starts_at),
                last_minute(one.slot.starts_at, one.slot.ends_at),
                self.cells.of(one),
            )
            for one in self.times
        ]
        for (day, lane), own in self.outside.items():
            found += _beside(self.columns[day, lane], own, self.cells)
        return found

    def _outside(self) -> dict[tuple[date, Lane], list[Booked]]:
        """Interviews outside the times: in the lane of their room where that is free of times.

        All others of a day share one lane: as many as there are would be broader than a screen.
        """
        rooms = {lane[3]: lane for lane in sorted(self.lane_of.values(), reverse=True) if lane[3]}
        held: dict[int | None, list[Span]] = {}
        for time in self.times:
            span = (time.slot.starts_at, time.slot.ends_at)
            held.setdefault(time.slot.room_id, []).append(span)
        found: dict[tuple[date, Lane], list[Booked]] = {}
        for one in self.seen.outside:
            span = (one.starts_at, one.ends_at)
            is_free = not any(overlaps(span, other) for other in held.get(one.room, ()))
            lane = rooms.get(one.room, OUTSIDE) if one.room and is_free else OUTSIDE
            found.setdefault((day_of(one.starts_at), lane), []).append(one)
        return found

    def _lanes(self, days: Sequence[date]) -> dict[date, list[Lane]]:
        """The rooms and places under the days on which they serve, or are busy otherwise.

        All rooms under all days would be broader than a screen.
        """
        own: dict[date, set[Lane]] = {day: set() for day in days}
        for one in self.times:
            own[day_of(one.slot.starts_at)].add(self.lane_of[one.slot.pk])
        for day, lane in self.outside:
            own[day].add(lane)
        return {
            day: sorted(found, key=lambda lane: (lane == OUTSIDE, lane)) or [NOWHERE]
            for day, found in own.items()
        }

    def blank(self, column: Column, start: int, end: int) -> SafeString:
        """What stands where there is no time: that the place is closed, or the room is taken."""
        if closed_why(column.day, self.seen):
            return busy("", _("Closed"), kind="closed")
        if column.room is None:
            return NOTHING
        span = (moment_at(column.day, start), moment_at(column.day, end))
        return self._in_room(column.room, span)

    def _in_room(self, room: int, span: Span) -> SafeString:
        """What keeps a room busy beside the interviews: a group meeting."""
        for group in self.seen.groups:
            if group.room == room and overlaps((group.starts_at, group.ends_at), span):
                return busy("", group.title, kind="group")
        return NOTHING


def _beside(column: Column, own: Sequence[Booked], cells: Cells) -> Iterator[Block]:
    """A block for each moment at which interviews begin; in a shared lane each says its clocks."""
    starts: dict[int, list[Booked]] = {}
    for one in own:
        starts.setdefault(minutes_of(one.starts_at), []).append(one)
    following = [*sorted(starts)[1:], 24 * 60]
    for first, until in zip(sorted(starts), following, strict=True):
        rows = starts[first]
        last = max(last_minute(one.starts_at, one.ends_at) for one in rows)
        shown = [(taken(one, cells, shares=column.room is None),) for one in rows]
        yield Block(column, first, min(last, until), format_html_join("", "{}", shown))


def taken(one: Booked, cells: Cells, *, shares: bool | None = None) -> SafeString:
    """An interview outside the published times; of one that may not be read, that it is there.

    In a lane of its own place it is said aloud when and where; one that `shares` a lane shows it.
    """
    if shares is None:
        mark, heard = "", ""
    else:
        mark, heard = f"m{one.meeting}", spoken(one.starts_at, one.where)
    head, line = (one.a_kasse, one.initials) if one.name else ("", _("Taken"))
    if shares:
        head = " ".join(part for part in (_clocks(one), head) if part)
        line = f"{line} · {one.where}"
    url = cells.of_booked(one) if one.name else ""
    return busy(head, line, url=url, mark=mark, spoken=heard)


def _clocks(one: Booked) -> SafeString:
    return format_html("{}–{}", clock_text(one.starts_at), clock_text(one.ends_at))


def laned(times: Iterable[Time]) -> dict[int, Lane]:
    """The lane of each time: its room, or its place; a second lane where times overlap there."""
    found: dict[int, Lane] = {}
    days: dict[tuple[str, int | None, date], list[Time]] = {}
    for one in times:
        slot = one.slot
        days.setdefault((one.where, slot.room_id, day_of(slot.starts_at)), []).append(one)
    for (where, room, _day), own in days.items():
        slots = [one.slot for one in own]
        spans = [
            (minutes_of(one.starts_at), last_minute(one.starts_at, one.ends_at)) for one in slots
        ]
        for one, lane in zip(own, lanes(spans), strict=True):
            found[one.slot.pk] = (room is None, where, lane, room)
    return found


def lunch_of(times: Iterable[Time]) -> Lunch | None:
    """The break that most pools have."""
    breaks = [
        (pool.lunch_starts.hour * 60 + pool.lunch_starts.minute,
         pool.lunch_ends.hour * 60 + pool.lunch_ends.minute)
        for pool in {one.slot.pool_id: one.slot.pool for one in times}.values()
        if pool.lunch_starts and pool.lunch_ends
    ]  # fmt: skip
    return max(sorted(set(breaks)), key=breaks.count, default=None)


def moment_at(day: date, minutes: int) -> datetime:
    """The moment at which the clock shows so many minutes after midnight."""
    hour, minute = divmod(min(minutes, 24 * 60 - 1), 60)
    return first_moment(day, datetime.min.time().replace(hour=hour, minute=minute))


def dot() -> str:
    """What stands between hours and minutes."""
    return "." if language() == "da" else ":"


def last_minute(starts_at: datetime, ends_at: datetime) -> int:
    """The clock at which a time ends; midnight where it goes on."""
    return minutes_of(ends_at) if day_of(ends_at) == day_of(starts_at) else 24 * 60


def _label(lane: Lane) -> str:
    if lane == OUTSIDE:
        return _("Other interviews")
    return f"{lane[1]} ({lane[2] + 1})" if lane[2] else lane[1]
