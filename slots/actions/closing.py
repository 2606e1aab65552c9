"""Closing times and opening them again: what every act that withdraws or reopens one shares."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from journal.actions import note
from meetings.availability import Availability
from meetings.obstacle_words import sentences
from meetings.obstacles import Code
from shared.refusals import Refused
from slots.models import Hold, Slot
from slots.releasing import end_reservations
from slots.telling import tell_a_kasse

CLOSED = Slot.State.CLOSED


def close_slots(slots: Iterable[Slot], *, reason: str = "", by: User, at: datetime) -> None:
    """Withdraw locked times: who had reserved them is told, and keeps the history."""
    rows = list(slots)
    reserved = [(row.a_kasse_id, row) for row in rows if row.a_kasse_id]
    end_reservations(rows, "closed", at=at)
    for row in rows:
        row.state = CLOSED
    Slot.objects.bulk_update(rows, ["state"])
    Hold.objects.filter(slot__in=rows).delete()
    tell_a_kasse(reserved, "slots-withdrawn", by=by, at=at)
    said = {"reason": reason} if reason else {}
    for row in rows:
        note(row, "slot-withdrawn", by=by, case=None, starts_at=row.starts_at.isoformat(), **said)


def check_free(slot: Slot, *, was_there: bool = False) -> None:
    """Refuse an hour at which the room or the worker has something else, or all is closed.

    A time that was there before comes back also outside hours: only what is taken counts.
    """
    day = slot.day
    workers = [key for key in (slot.worker_id, slot.guest_id) if key]
    availability = Availability.load(
        first=day,
        last=day,
        workers=workers,
        rooms=[slot.room_id] if slot.room_id else [],
        organisations=[slot.jobcentre_id],
    )
    found = availability.obstacles(
        slot.starts_at,
        slot.ends_at,
        workers=workers,
        room=slot.room_id,
        organisation=slot.jobcentre_id,
        slot=slot.pk,
    )
    if was_there:
        found = [one for one in found if one.is_hard or one.code == Code.IN_SLOT]
    if found:
        said = " ".join(sentences(found, on=slot.starts_at))
        raise Refused(_("The time cannot lie there: %(why)s") % {"why": said})
