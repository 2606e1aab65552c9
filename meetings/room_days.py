"""A day in the rooms with what is booked and what is free, and the week around it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from meetings.availability import Availability, Code
from meetings.free_times import GRID
from meetings.models import Meeting, Participant, Room
from meetings.taken import Taken
from partnerships.access import reach_of
from shared.dates import monday_to_plan, start_of
from shared.templatetags.components import status
from shared.written import clock_text, day_text, decimal_text
from staffing.openings import Span, overlaps

WORKING_DAYS = 5
HOUR = timedelta(hours=1)
LONG_FREE, FULL = 0.5, 0.0  # shares of a day that is free: from here on quiet, from here on full


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of a room's day: when, what kind, nobody's name; or that it is free."""

    clock: str
    what: str
    who: str
    status: SafeString | str
    is_free: bool = False


@dataclass(frozen=True, slots=True)
class RoomDay:
    """A room and what becomes of it on a day."""

    name: str
    place: str
    note: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What is free of a room on a day of the week, and the address of that day."""

    text: str
    booked: str
    query: str
    tone: str


@dataclass(frozen=True, slots=True)
class RoomWeek:
    """The rooms down, the working days of a week across."""

    number: int
    days: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class RoomsPage:
    """A day in the rooms that a booking coordinator plans, and its week."""

    rooms: tuple[RoomDay, ...]
    week: RoomWeek


Booked = Mapping[tuple[int | None, date], Sequence[Meeting]]


def rooms_page(user: User, *, shown: date, on: date) -> RoomsPage:
    """The shown day and its week in the rooms that a person plans, asked on a day."""
    rooms = list(Room.objects.filter(organisation__in=reach_of(user).booking_at, is_active=True))
    monday = monday_to_plan(shown)
    first, end = min(shown, monday), monday + timedelta(7)
    booked = _booked(user, first, end)
    availability = Availability.load(
        first=first,
        last=end - timedelta(1),
        rooms=[one.pk for one in rooms],
        organisations={one.organisation_id for one in rooms},
    )
    return RoomsPage(
        rooms=tuple(_rooms(rooms, booked, availability, shown)),
        week=_week(rooms, booked, availability, monday, shown=shown, on=on),
    )


def _booked(user: User, first: date, end: date) -> Booked:
    """What is booked on some days, by room and day; one that was cancelled takes no room."""
    rows = (
        Meeting.objects.in_rooms_of(user)
        .filter(starts_at__gte=start_of(first), starts_at__lt=start_of(end))
        .exclude(state=Meeting.State.CANCELLED)
        .prefetch_related(Prefetch("participants", Participant.objects.select_related("worker")))
        .order_by("starts_at", "pk")
    )
    found: dict[tuple[int | None, date], list[Meeting]] = {}
    for meeting in rows:
        found.setdefault((meeting.room_id, meeting.held_on), []).append(meeting)
    return found


def _rooms(
    rooms: Iterable[Room], booked: Booked, availability: Availability, on: date
) -> list[RoomDay]:
    """Each room with its free stretches, and after them the times without a room."""
    known = list(rooms)
    keys = {one.pk for one in known}
    found = [_room(one, booked.get((one.pk, on), ()), availability, on) for one in known]
    rest = [one for (room, day), some in booked.items() if day == on and room not in keys
            for one in some]  # fmt: skip
    if rest:
        slots = tuple(_slot(one) for one in sorted(rest, key=lambda one: one.starts_at))
        found.append(RoomDay(_("Without a room"), "", "", slots))
    return found


def _room(room: Room, meetings: Sequence[Meeting], availability: Availability, on: date) -> RoomDay:
    free = _free_spans(room, availability, on)
    own = [(one.starts_at, one.ends_at) for one in meetings]
    rows = [(one.starts_at, _slot(one)) for one in meetings]
    rows += [
        (one.starts_at, _kept(one))
        for one in availability.of_room(room.pk, on)
        if not any(overlaps((one.starts_at, one.ends_at), span) for span in own)
    ]
    rows += [(span[0], _free(span)) for span in free]
    slots = tuple(slot for _starts, slot in sorted(rows, key=lambda row: row[0]))
    note = _("%(hours)s hours free") % {"hours": decimal_text(_hours(free))} if free else ""
    return RoomDay(room.name, room.place, note, slots)


def _free_spans(room: Room, availability: Availability, day: date) -> list[Span]:
    """The stretches of a day in which the room can be had, none shorter than can be booked."""
    found = availability.free_spans(day, room=room.pk, organisation=room.organisation_id)
    return [span for span in found if span[1] - span[0] >= GRID]


def _hours(spans: Iterable[Span]) -> float:
    return sum(((end - start) / HOUR for start, end in spans), 0.0)


def _free(span: Span) -> Slot:
    clock = f"{clock_text(span[0])}–{clock_text(span[1])}"
    return Slot(clock, _("Free"), "", "", is_free=True)


def _kept(taken: Taken) -> Slot:
    """What keeps the room without an interview of ours: a published time, or a group meeting."""
    clock = f"{clock_text(taken.starts_at)}–{clock_text(taken.ends_at)}"
    if taken.code == Code.IN_SLOT:
        return Slot(clock, _("Published time"), "", status("none", _("Nobody booked")))
    return Slot(clock, _("group meeting").capitalize(), "", status("booked", _("Booked")))


def _slot(meeting: Meeting) -> Slot:
    tones = {
        Meeting.State.HELD: ("held", _("Held")),
        Meeting.State.NO_SHOW: ("missed", _("Did not come")),
    }
    tone, word = tones.get(Meeting.State(meeting.state), ("booked", _("Booked")))
    return Slot(
        clock=f"{clock_text(meeting.starts_at)}–{clock_text(meeting.ends_at)}",
        what=meeting.get_kind_display().capitalize(),
        who=", ".join(str(one.worker) for one in meeting.participants.all() if one.worker),
        status=status(tone, word),
    )


def _week(  # noqa: PLR0913 (what there is, and when)
    rooms: Iterable[Room],
    booked: Booked,
    availability: Availability,
    monday: date,
    *,
    shown: date,
    on: date,
) -> RoomWeek:
    days = [monday + timedelta(number) for number in range(WORKING_DAYS)]
    return RoomWeek(
        number=monday.isocalendar().week,
        days=tuple((day_text(day, on=on), day == shown) for day in days),
        rows=tuple(
            (
                one.name,
                tuple(
                    _cell(one, day, availability, len(booked.get((one.pk, day), ())))
                    for day in days
                ),
            )
            for one in rooms
        ),
    )


def _cell(room: Room, day: date, availability: Availability, meetings: int) -> Cell:
    query = f"?dag={day:%Y-%m-%d}"
    whole = _hours(availability.free_spans(day, organisation=room.organisation_id))
    if not whole:
        return Cell(_("Closed"), "", query, "none")
    free = _hours(_free_spans(room, availability, day))
    share = free / whole
    tone = "full" if share <= FULL else "quiet" if share > LONG_FREE else "busy"
    text = _("%(hours)s h") % {"hours": decimal_text(free)} if free else _("Full")
    return Cell(text, str(meetings or ""), query, tone)
