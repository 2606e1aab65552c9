"""Reservations that nobody used are given free N working days before, and both sides are told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from journal.actions import note
from slots.locking import locked_slots
from slots.models import Reservation, Slot, SlotBooking
from slots.telling import tell_a_kasse, tell_jobcentre

CHUNK = 200
UNUSED = Reservation.Released.UNUSED
LIVE = Exists(SlotBooking.objects.filter(slot=OuterRef("pk"), is_live=True))


@dataclass(slots=True)
class Released:
    """How many times a night gave free, and of how many pools."""

    slots: int = 0
    pools: int = 0


def unused_on(on: date, *, at: datetime) -> QuerySet[Slot]:
    """Reserved times ahead in which nobody is booked, and whose day of release has come."""
    rows = Slot.objects.open().filter(a_kasse__isnull=False, release_on__lte=on, starts_at__gt=at)
    return rows.exclude(LIVE).order_by("pk")


def release_unused(*, on: date, at: datetime) -> Released:
    """Give free what is reserved and unused on a day; what was done stays done if it is stopped."""
    done, pools, after = Released(), set[int](), 0
    while keys := list(
        unused_on(on, at=at).filter(pk__gt=after).values_list("pk", flat=True)[:CHUNK]
    ):
        after = keys[-1]
        for slot in _release(keys, on=on, at=at):
            done.slots += 1
            pools.add(slot.pool_id)
    done.pools = len(pools)
    return done


@transaction.atomic
def _release(keys: Sequence[int], *, on: date, at: datetime) -> list[Slot]:
    """One chunk under its locks; what was booked or given back meanwhile is left alone."""
    rows = locked_slots(keys)
    still = set(unused_on(on, at=at).filter(pk__in=rows).values_list("pk", flat=True))
    slots = [row for row in rows.values() if row.pk in still]
    were = [(row.a_kasse_id, row) for row in slots if row.a_kasse_id]
    end_reservations(slots, UNUSED, at=at)
    tell_a_kasse(were, "slots-released", by=None, at=at)
    tell_jobcentre(slots, "slots-released", by=None, at=at)
    for a_kasse, row in were:
        note(
            row,
            "slot-released",
            by=None,
            case=None,
            a_kasse=a_kasse,
            starts_at=row.starts_at.isoformat(),
        )
    return slots


def end_reservations(slots: Collection[Slot], why: str, *, at: datetime) -> None:
    """Let locked times be nobody's again; the history says when and why."""
    standing = Reservation.objects.standing().filter(slot__in=slots)
    standing.update(released_at=at, released_why=why)
    for slot in slots:
        slot.a_kasse = slot.guest = slot.release_on = None
    Slot.objects.bulk_update(slots, ["a_kasse", "guest", "release_on"])
