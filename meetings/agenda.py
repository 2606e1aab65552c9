"""The interviews of one's own day, with a line where now is; and a day in the rooms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from courses.wording import duty_name
from meetings.models import Meeting, Participant, Room
from partnerships.access import reach_of
from shared.templatetags.components import status
from shared.written import clock_text


@dataclass(frozen=True, slots=True)
class Appointment:
    """One interview of the day; `record_url` is there while its outcome is missing."""

    course_pk: int
    clock: str
    name: str
    what: str
    url: str
    status: SafeString | str
    record_url: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """The day before and after now."""

    past: tuple[Appointment, ...]
    ahead: tuple[Appointment, ...]
    now: str

    @property
    def count(self) -> int:
        """How many interviews the day has."""
        return len(self.past) + len(self.ahead)


def agenda_of(user: User, *, on: date, at: datetime) -> Agenda:
    """The interviews that a person takes part in on a day."""
    mine = (
        Meeting.objects.visible_to(user)
        .on_day(on)
        .filter(participants__worker=user)
        .exclude(state=Meeting.State.CANCELLED)
        .select_related("course__citizen", "room", "duty")
        .order_by("starts_at", "pk")
        .distinct()
    )
    rows = [(meeting.starts_at <= at, _appointment(meeting, at)) for meeting in mine]
    return Agenda(
        past=tuple(row for past, row in rows if past),
        ahead=tuple(row for past, row in rows if not past),
        now=clock_text(at),
    )


def _appointment(meeting: Meeting, at: datetime) -> Appointment:
    unsettled = meeting.state == Meeting.State.BOOKED and meeting.ends_at <= at
    what = duty_name(meeting.duty) if meeting.duty else meeting.get_kind_display().capitalize()
    where = meeting.room.name if meeting.room else meeting.get_form_display()
    return Appointment(
        course_pk=meeting.course_id,
        clock=clock_text(meeting.starts_at),
        name=meeting.course.citizen.name,
        what=f"{what} · {where}",
        url=reverse("meetings:detail", args=[meeting.pk]),
        status=_settled(meeting),
        record_url=reverse("meetings:outcome", args=[meeting.pk]) if unsettled else "",
    )


def _settled(meeting: Meeting) -> SafeString | str:
    if meeting.state == Meeting.State.HELD:
        return status("held", _("Held"))
    if meeting.state == Meeting.State.NO_SHOW:
        return status("missed", _("Did not come"))
    return ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A booked time in a room: when, what kind, nobody's name."""

    clock: str
    what: str
    who: str
    status: SafeString


@dataclass(frozen=True, slots=True)
class RoomDay:
    """A room and what is booked in it on a day."""

    name: str
    place: str
    slots: tuple[Slot, ...]


def rooms_of_day(user: User, *, on: date) -> tuple[RoomDay, ...]:
    """The rooms that a booking coordinator plans, and after them the times without a room."""
    booked = (
        Meeting.objects.in_rooms_of(user)
        .on_day(on)
        .exclude(state=Meeting.State.CANCELLED)
        .prefetch_related(Prefetch("participants", Participant.objects.select_related("worker")))
        .order_by("starts_at", "pk")
    )
    slots: dict[int | None, list[Slot]] = {}
    for meeting in booked:
        slots.setdefault(meeting.room_id, []).append(_slot(meeting))
    rooms = Room.objects.filter(organisation__in=reach_of(user).booking_at, is_active=True)
    found = [RoomDay(one.name, one.place, tuple(slots.pop(one.pk, ()))) for one in rooms]
    elsewhere = sorted((slot for rest in slots.values() for slot in rest), key=_by_clock)
    if elsewhere:
        found.append(RoomDay(_("Without a room"), "", tuple(elsewhere)))
    return tuple(found)


def _by_clock(slot: Slot) -> tuple[int, str]:
    return len(slot.clock), slot.clock


def _slot(meeting: Meeting) -> Slot:
    tones = {
        Meeting.State.HELD: ("held", _("Held")),
        Meeting.State.NO_SHOW: ("missed", _("Did not come")),
    }
    tone, word = tones.get(Meeting.State(meeting.state), ("booked", _("Booked")))
    return Slot(
        clock=f"{clock_text(meeting.starts_at)}–{clock_text(meeting.ends_at)}",
        what=meeting.get_kind_display().capitalize(),
        who=", ".join(_workers(meeting.participants.all())),
        status=status(tone, word),
    )


def _workers(participants: Iterable[Participant]) -> list[str]:
    return [str(one.worker) for one in participants if one.worker]
