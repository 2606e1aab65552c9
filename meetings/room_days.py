"""A day in the rooms with what is booked and what is free, and the week around it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from meetings.free_times import gaps
from meetings.models import Meeting, Participant, Room
from partnerships.access import reach_of
from shared.dates import is_working_day, monday_to_plan, start_of
from shared.templatetags.components import status
from shared.written import clock_text, day_text, decimal_text
from staffing.openings import Span

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
    booked = _booked(user, min(shown, monday), monday + timedelta(7))
    return RoomsPage(
        rooms=tuple(_rooms(rooms, booked, shown)),
        week=_week(rooms, booked, monday, shown=shown, on=on),
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


def _rooms(rooms: Iterable[Room], booked: Booked, on: date) -> list[RoomDay]:
    """Each room with its free stretches, and after them the times without a room."""
    known = list(rooms)
    keys = {one.pk for one in known}
    found = [_room(one, booked.get((one.pk, on), ()), on) for one in known]
    rest = [one for (room, day), some in booked.items() if day == on and room not in keys
            for one in some]  # fmt: skip
    if rest:
        slots = tuple(_slot(one) for one in sorted(rest, key=lambda one: one.starts_at))
        found.append(RoomDay(_("Without a room"), "", "", slots))
    return found


def _room(room: Room, meetings: Sequence[Meeting], on: date) -> RoomDay:
    free = gaps(on, _spans(meetings))
    rows = [(one.starts_at, _slot(one)) for one in meetings]
    rows += [(span[0], _free(span)) for span in free]
    slots = tuple(slot for _starts, slot in sorted(rows, key=lambda row: row[0]))
    note = _("%(hours)s hours free") % {"hours": decimal_text(_hours(free))} if free else ""
    return RoomDay(room.name, room.place, note, slots)


def _spans(meetings: Iterable[Meeting]) -> list[Span]:
    return [(one.starts_at, one.ends_at) for one in meetings]


def _hours(spans: Iterable[Span]) -> float:
    return sum(((end - start) / HOUR for start, end in spans), 0.0)


def _free(span: Span) -> Slot:
    clock = f"{clock_text(span[0])}–{clock_text(span[1])}"
    return Slot(clock, _("Free"), "", "", is_free=True)


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


def _week(
    rooms: Iterable[Room], booked: Booked, monday: date, *, shown: date, on: date
) -> RoomWeek:
    days = [monday + timedelta(number) for number in range(WORKING_DAYS)]
    return RoomWeek(
        number=monday.isocalendar().week,
        days=tuple((day_text(day, on=on), day == shown) for day in days),
        rows=tuple(
            (one.name, tuple(_cell(day, booked.get((one.pk, day), ())) for day in days))
            for one in rooms
        ),
    )


def _cell(day: date, meetings: Sequence[Meeting]) -> Cell:
    query = f"?dag={day:%Y-%m-%d}"
    if not is_working_day(day):
        return Cell(_("Closed"), "", query, "none")
    free, whole = _hours(gaps(day, _spans(meetings))), _hours(gaps(day, ()))
    share = free / whole
    tone = "full" if share <= FULL else "quiet" if share > LONG_FREE else "busy"
    text = _("%(hours)s h") % {"hours": decimal_text(free)} if free else _("Full")
    return Cell(text, str(len(meetings) or ""), query, tone)
