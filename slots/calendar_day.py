"""A day as a table: lanes for rooms and places, and for the workers of both parties."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from courses.models import Party
from meetings.obstacles import Code
from shared.templatetags.components import party_word
from slots.calendar_cells import NOTHING, Cells, busy
from slots.calendar_days import closed_why, notes_of
from slots.calendar_grid import Block, Column, Group, minutes_of, rows_of
from slots.calendar_seen import Booked, Seated, Seen
from slots.calendar_times import Time
from slots.calendar_week import Table, WeekTable, dot, last_minute, lunch_of, moment_at, taken

AWAY = {Code.OFF_HOURS, Code.LEAVE, Code.CLOSED, Code.HOLIDAY}


@dataclass(frozen=True, slots=True)
class Person:
    """A worker with a lane of the day."""

    key: int
    name: str
    role: str


@dataclass(slots=True)
class DayTable:
    """Lays one day out."""

    seen: Seen
    times: Sequence[Time]
    cells: Cells
    week: WeekTable = field(init=False)

    def __post_init__(self) -> None:
        self.week = WeekTable(self.seen, self.times, self.cells)

    @property
    def seated(self) -> list[Seated]:
        """Who takes part in the interviews of the day."""
        return self.seen.seated

    def table(self) -> Table:
        """Rooms and places first, then the jobcentre's people, then the a-kasse's."""
        [rooms] = self.week.groups()[:1] or [Group("", "", [])]
        blocks = self.week.blocks()
        groups = [Group(_("Rooms"), "", rooms.columns, "kf-d0 kf-first")]
        for place, role in enumerate((Party.JOBCENTRE, Party.A_KASSE), start=1):
            columns = self._columns(role, place)
            if columns:
                word = party_word(role, on=self.seen.first).capitalize()
                groups.append(Group(word, "", columns, f"kf-d{place} kf-first"))
                blocks += [block for one in columns for block in self._blocks(one)]
        notes = notes_of(self.seen.first, self.seen, self.times)
        groups[0] = Group(groups[0].label, "", rooms.columns, groups[0].classes, notes)
        columns = [one for group in groups for one in group.columns]
        rows = rows_of(columns, blocks, self._blank, lunch=lunch_of(self.times), dot=dot())
        return Table(groups, rows)

    def _columns(self, role: Party, place: int) -> list[Column]:
        people = sorted(set(self._people(role)), key=attrgetter("name", "key"))
        return [
            Column(self.seen.first, one.name, place, one is people[0], worker=one.key)
            for one in people
        ]

    def _people(self, role: Party) -> Iterator[Person]:
        """Who stands ready in a time of the day, or takes part in an interview."""
        for one in self.seen.slots:
            worker = one.worker if role == Party.JOBCENTRE else one.guest
            if worker:
                yield Person(worker.pk, str(worker), role)
        for seated in self.seated:
            if seated.role == role:
                yield Person(seated.worker, seated.name, role)

    def _blocks(self, column: Column) -> list[Block]:
        """A worker's interviews, and the times that the worker stands ready in."""
        found = [
            Block(column, minutes_of(one.starts_at), last_minute(one.starts_at, one.ends_at), html)
            for one, html in self._busy(column)
        ]
        led = {one.group for one in self.seated if one.worker == column.worker}
        found += [
            Block(
                column,
                minutes_of(one.starts_at),
                last_minute(one.starts_at, one.ends_at),
                busy("", one.title, url=one.url, kind="group"),
            )
            for one in self.seen.groups
            if one.pk in led
        ]
        for time in self.times:
            slot = time.slot
            first, last = minutes_of(slot.starts_at), last_minute(slot.starts_at, slot.ends_at)
            if column.worker in (slot.worker_id, slot.guest_id) and all(
                last <= one.first or one.last <= first for one in found
            ):
                html = self.cells.of(time, twin=f"w{column.worker}")
                found.append(Block(column, first, last, html))
        return found

    def _busy(self, column: Column) -> Iterator[tuple[Booked, SafeString]]:
        own = {one.meeting for one in self.seated if one.worker == column.worker}
        staffed = {
            one.pk for one in self.seen.slots if column.worker in (one.worker_id, one.guest_id)
        }
        for one in self.seen.booked:
            if one.meeting in own and one.slot not in staffed:
                yield one, taken(one, self.cells)

    def _blank(self, column: Column, start: int, end: int) -> SafeString:
        """Of people: that they are away or busy; why is nobody's business but the party's own."""
        if column.worker is None:
            return self.week.blank(column, start, end)
        if closed_why(column.day, self.seen):
            return busy("", _("Closed"), kind="closed")
        span = (moment_at(column.day, start), moment_at(column.day, end))
        found = self.seen.availability.obstacles(*span, workers=[column.worker])
        if not found:
            return NOTHING
        if found[0].code in AWAY:
            return busy("", _("Not there"), kind="closed")
        return busy("", _("Taken"))
