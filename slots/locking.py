"""Slot rows are locked first, in the order of their keys; people, rooms and interviews after them.

Everybody who books, moves, reserves or withdraws takes the locks in this one order, so nobody
waits for somebody who waits for them. Whoever cancels locks no slot at all (migration 0003).
"""

from collections.abc import Iterable

from django.db import connection
from django.utils.translation import gettext as _

from meetings.collisions import TimeTaken
from slots.models import Slot, SlotQuerySet


def locked_slots(keys: Iterable[int]) -> dict[int, Slot]:
    """The slots as they now stand, by key, locked until the transaction ends; waits 3 seconds."""
    rows = Slot.objects.filter(pk__in=set(keys)).for_list().order_by("pk")
    return {row.pk: row for row in _locked(rows)}


def locked_slot(slot: Slot) -> Slot:
    """One slot as it now stands, locked; refuses one that is gone."""
    rows = Slot.objects.filter(pk=slot.pk).select_related("pool", "room", "worker", "guest")
    found = next(iter(_locked(rows)), None)
    if found is None:
        raise TimeTaken(_("This time has just been withdrawn. Choose another."))
    return found


def _locked(rows: SlotQuerySet) -> SlotQuerySet:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '3s'")
    return rows.select_for_update(of=("self",))
