"""Which frame a referral is charged to, and what of an entry is still bound."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from frames.models import ZERO, Entry, Frame
from partnerships.models import Agreement, Organisation

MONEY = Entry._meta.get_field("amount")
BINDS = (Entry.Kind.RESERVED, Entry.Kind.COMMITTED)


def frame_for(agreement: Agreement, a_kasse: Organisation, on: date) -> Frame | None:
    """The open frame of an a-kasse on a day: under the agreement, else under one above it."""
    level: Agreement | None = agreement
    while level is not None:
        frames = Frame.objects.filter(agreement=level, a_kasse=a_kasse, closed_at=None)
        found = frames.filter(starts_on__lte=on, ends_on__gt=on).first()
        if found:
            return found
        level = level.parent
    return None


def next_frame(frame: Frame) -> Frame | None:
    """The open frame that follows: of the same a-kasse, under the agreement or its renewal."""
    agreements = [frame.agreement_id, *frame.agreement.renewals.values_list("pk", flat=True)]
    later = Frame.objects.filter(
        agreement__in=agreements, a_kasse=frame.a_kasse_id, starts_on__gte=frame.ends_on
    )
    return later.filter(closed_at=None).order_by("starts_on", "pk").first()


def left_of(entry: Entry) -> Decimal:
    """What of an entry no later entry has moved on yet."""
    moved = entry.continued_by.aggregate(sum=Sum("amount"))["sum"]
    return entry.amount - (moved or ZERO)


def bound_line(entry: Entry) -> Iterator[tuple[Entry, Decimal]]:
    """Where the money of an entry is bound now, and how much.

    Followed from entry to entry, and into the next frame where it was carried there; nothing comes
    when all of it was used or released.
    """
    if entry.kind in BINDS and (left := left_of(entry)):
        yield entry, left
    for later in entry.continued_by.filter(kind__in=BINDS):
        yield from bound_line(later)
    for carried in Entry.objects.filter(carried_from=entry):
        yield from bound_line(carried)


def open_items(frame: Frame) -> list[tuple[Entry, Decimal]]:
    """The entries of a frame that still bind money, and how much each, oldest first."""
    binding = Entry.objects.filter(frame=frame, kind__in=BINDS).select_related("made_by")
    left = F("amount") - Coalesce(Sum("continued_by__amount"), ZERO, output_field=MONEY)
    rows = binding.annotate(left=left).filter(left__gt=0).order_by("made_at", "pk")
    return [(one, one.left) for one in rows]
