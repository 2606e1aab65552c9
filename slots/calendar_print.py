"""The day of a place on paper: room by room, who meets when; never with a CPR number."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from django.utils.translation import gettext as _

from courses.case_numbers import written
from shared.written import clock_text, long_day
from slots.calendar_address import Asked
from slots.calendar_seen import Booked, Gathering, Seen
from slots.calendar_times import PICKED, Time
from slots.models import Slot


@dataclass(frozen=True, slots=True)
class Line:
    """One time of a room."""

    clocks: str
    a_kasse: str
    who: str
    case: str
    workers: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class RoomList:
    """A room or place, and its times in order."""

    name: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class DayList:
    """The list of a day."""

    asked: Asked
    seen: Seen
    times: Sequence[Time]

    @property
    def day(self) -> str:
        """The day in full."""
        return long_day(self.seen.first)

    @property
    def rooms(self) -> list[RoomList]:
        """The rooms by name, each with its interviews and its free times."""
        found: dict[str, list[tuple[str, Line]]] = {}
        for one in self.times:
            if one.slot.state == Slot.State.OPEN:
                own = self.seen.of_slot.get(one.slot.pk, [])
                lines = [self._booked(b, one.who) for b in own] or [self._free(one)]
                key = clock_text(one.slot.starts_at).zfill(5)
                found.setdefault(one.where, []).extend((key, line) for line in lines)
        for booked in self.seen.outside:
            key = clock_text(booked.starts_at).zfill(5)
            found.setdefault(booked.where, []).append((key, self._booked(booked)))
        return [
            RoomList(name, [line for _key, line in sorted(lines, key=lambda one: one[0])])
            for name, lines in sorted(found.items())
        ]

    @property
    def groups(self) -> list[str]:
        """The group meetings of the day."""
        rows = sorted(self.seen.groups, key=attrgetter("starts_at"))
        return [_group(one) for one in rows]

    def _booked(self, one: Booked, ready: str = "") -> Line:
        """An interview; of one that may not be read, that the time is taken, and who is there.

        Where nobody has been said yet, those are named who stand ready in the time.
        """
        seated = ", ".join(seat.name for seat in self.seen.seated if seat.meeting == one.meeting)
        workers, clocks = seated or ready, _clocks(one)
        if not one.name:
            return Line(clocks, one.a_kasse, _("Taken"), "", workers, one.what)
        return Line(clocks, one.a_kasse, one.name, written(one.course), workers, one.what)

    def _free(self, one: Time) -> Line:
        clocks = _clocks(one.slot)
        own = one.slot.a_kasse.short if one.slot.a_kasse else ""
        said = _("Free") if one.state in PICKED else one.line or _("Reserved")
        return Line(clocks, own, said, "", one.who, str(one.slot.get_form_display()))


def _group(one: Gathering) -> str:
    """A group meeting in a line: when, which, where, and how full."""
    seats = _("%(seated)d of %(seats)d seats taken") % {
        "seated": one.seated,
        "seats": one.seats,
    }
    said = (_clocks(one), one.title, one.where, seats)
    return " · ".join(part for part in said if part)


def _clocks(one: Booked | Slot | Gathering) -> str:
    return f"{clock_text(one.starts_at)}–{clock_text(one.ends_at)}"
