"""How published times are used: open, reserved, booked, and passed unused; counted in seats."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncWeek
from django.utils import timezone

from slots.models import Slot, SlotBooking, SlotQuerySet

WEEK = "week"  # the first moment of the week; the other fields are those of a slot
Sums = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Used:
    """The seats of some times: `open` and `reserved` lie ahead, `unused` has passed."""

    open: int = 0
    reserved: int = 0
    booked: int = 0
    unused: int = 0

    @property
    def published(self) -> int:
        """All seats."""
        return self.open + self.reserved + self.booked + self.unused


def used_by(slots: SlotQuerySet, *fields: str, at: datetime) -> dict[Any, Used]:
    """Seats by the value of some fields; two queries, however many times there are."""
    seats, bookings = _seats(slots, fields, at), _bookings(slots, fields, at)
    return {key: _used(sums, bookings.get(key, (0, 0, 0))) for key, sums in seats.items()}


def _used(seats: Sums, booked: Sums) -> Used:
    free, kept, gone = (all_ - taken for all_, taken in zip(seats, booked, strict=True))
    return Used(free, kept, sum(booked), gone)


def _seats(slots: SlotQuerySet, fields: Iterable[str], at: datetime) -> dict[Any, Sums]:
    """Seats ahead that nobody has, those that an a-kasse has, and those that have passed."""
    ahead, past = Q(starts_at__gt=at), Q(starts_at__lte=at)
    rows = slots.order_by().annotate(week=_week("starts_at")).values_list(*fields)
    sums = rows.annotate(
        free=Sum("seats", filter=ahead & Q(a_kasse=None), default=0),
        kept=Sum("seats", filter=ahead & Q(a_kasse__isnull=False), default=0),
        gone=Sum("seats", filter=past, default=0),
    )
    return {_key(row[:-3]): row[-3:] for row in sums}


def _bookings(slots: SlotQuerySet, fields: Iterable[str], at: datetime) -> dict[Any, Sums]:
    """Booked seats, told apart in the same way."""
    ahead, past = Q(slot__starts_at__gt=at), Q(slot__starts_at__lte=at)
    live = SlotBooking.objects.filter(is_live=True, slot__in=slots.order_by().values("pk"))
    names = (name if name == WEEK else f"slot__{name}" for name in fields)
    rows = live.annotate(week=_week("slot__starts_at")).values_list(*names)
    sums = rows.annotate(
        free=Count("pk", filter=ahead & Q(slot__a_kasse=None)),
        kept=Count("pk", filter=ahead & Q(slot__a_kasse__isnull=False)),
        gone=Count("pk", filter=past),
    )
    return {_key(row[:-3]): row[-3:] for row in sums}


def _week(field: str) -> TruncWeek:
    return TruncWeek(field, tzinfo=timezone.get_default_timezone())


def _key(values: tuple[Any, ...]) -> Any:  # noqa: ANN401 (one value or several)
    return values[0] if len(values) == 1 else values


def used_in_pools(keys: Iterable[int], *, at: datetime) -> dict[int, Used]:
    """The seats of pools, by key."""
    return used_by(Slot.objects.open().filter(pool__in=list(keys)), "pool", at=at)
