"""What becomes of the interviews in a slot when the slot itself is moved or withdrawn.

The database keeps a slot in use as it is, so whoever changes one says first what becomes of those
who are booked in it: they move along, or they are cancelled. Each is told by letter, as when one
interview is moved or cancelled by itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Party
from meetings.actions import cancel, move
from meetings.collisions import Lock, Seats, lock_all, seated
from meetings.models import Meeting, MeetingQuerySet
from shared.refusals import Refused
from slots.actions.booking import move_to_slot
from slots.actions.closing import close_slots
from slots.locking import locked_slot, locked_slots
from slots.models import Slot, SlotBooking
from slots.sittings import Extra, sitting_in


@dataclass(frozen=True, slots=True)
class Seat:
    """Where an interview goes: another slot as it was shown, and who holds it there."""

    slot: Slot
    worker: User | None = None


def interviews_in(slot: Slot) -> MeetingQuerySet:
    """The interviews that are booked in a slot: to list, before it is changed."""
    live = SlotBooking.objects.filter(slot=slot, is_live=True)
    return Meeting.objects.filter(pk__in=live.values("meeting")).for_list().order_by("pk")


@seated
def move_with_interviews(slot: Slot, starts_at: datetime, *, by: User, at: datetime) -> Slot:
    """Move a slot to another time together with everybody who is booked in it."""
    slot = locked_slot(slot)
    _check_open(slot)
    bookings = _live(slot)
    _lock_all(slot, bookings)
    slot.ends_at += starts_at - slot.starts_at
    slot.starts_at = starts_at
    for booking in bookings:
        _take_along(booking.meeting, slot, by=by, at=at)
    slot.save(update_fields=["starts_at", "ends_at"])
    for booking in bookings:
        booking.save(update_fields=["seat"])  # the trigger looks again: it is at its slot's time
    return slot


@seated
def withdraw_with_interviews(
    slot: Slot, *, reason: str, into: Mapping[int, Seat] | None = None, by: User, at: datetime
) -> Slot:
    """Withdraw a slot; each interview in it goes to the seat named by its key, or is cancelled."""
    into = into or {}
    slot = locked_slots([slot.pk, *(one.slot.pk for one in into.values())]).get(slot.pk, slot)
    _check_open(slot)
    bookings = _live(slot)
    _lock_all(slot, bookings, into.values())
    for booking in bookings:
        seat = into.get(booking.meeting_id)
        if seat:
            move_to_slot(booking.meeting, seat.slot, worker=seat.worker, by=by, at=at)
        else:
            cancel(booking.meeting, cancelled_by=Party.JOBCENTRE, reason=reason, by=by, at=at)
    close_slots([slot], reason=reason, by=by, at=at)
    return slot


def _check_open(slot: Slot) -> None:
    if slot.state != Slot.State.OPEN:
        raise Refused(_("This time is withdrawn already."))


def _live(slot: Slot) -> list[SlotBooking]:
    rows = SlotBooking.objects.filter(slot=slot, is_live=True).order_by("seat")
    return list(rows.select_related("meeting__course__citizen"))


def _lock_all(slot: Slot, bookings: list[SlotBooking], into: Iterable[Seat] = ()) -> None:
    """Lock everybody's seats in one order, before the first interview moves."""
    seats = [Seats.taken_by(one.meeting) for one in bookings]
    seats += [Seats.of(seats[0].citizen, [one.worker, one.slot.guest], one.slot.room)
              for one in into if seats]  # fmt: skip
    rooms = [(Lock.ROOM, slot.room_id)] if seats and slot.room_id else []
    lock_all([*rooms, *(lock for one in seats for lock in one.locks())])


def _take_along(meeting: Meeting, slot: Slot, *, by: User, at: datetime) -> None:
    """Move one interview with its slot, its people as they are."""
    own = meeting.participants.filter(role=meeting.held_by).select_related("worker").first()
    sitting = sitting_in(slot, own.worker if own else None, None, Extra())
    move(meeting, sitting, by=by, at=at)
