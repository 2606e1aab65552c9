"""What stands in a frame: granted, bound, spent, given back, and what remains."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import connection

from frames.models import ZERO, Frame

SUMS = """
SELECT f.id,
       coalesce((SELECT sum(amount) FROM frames_grant
                 WHERE frame_id = f.id AND granted_at < %(before)s), 0),
       coalesce(sum(e.amount) FILTER (WHERE e.kind = 'reserved'), 0)
         - coalesce(sum(e.amount) FILTER (WHERE p.kind = 'reserved'), 0),
       coalesce(sum(e.amount) FILTER (WHERE e.kind = 'committed'), 0)
         - coalesce(sum(e.amount) FILTER (WHERE p.kind = 'committed'), 0),
       coalesce(sum(e.amount) FILTER (WHERE e.kind = 'used'), 0),
       coalesce(sum(e.amount) FILTER (WHERE e.kind = 'released'), 0)
FROM frames_frame f
LEFT JOIN frames_entry e ON e.frame_id = f.id AND e.made_at < %(before)s
LEFT JOIN frames_entry p ON p.id = e.of_id
WHERE f.id = ANY(%(frames)s)
GROUP BY f.id
"""
ANY_TIME = "infinity"


@dataclass(frozen=True, slots=True)
class Balance:
    """The money of a frame in kroner; `share` is how much is taken, in whole per cent, cut off."""

    granted: Decimal = ZERO
    reserved: Decimal = ZERO
    committed: Decimal = ZERO
    used: Decimal = ZERO
    released: Decimal = ZERO

    @property
    def taken(self) -> Decimal:
        return self.reserved + self.committed + self.used

    @property
    def remaining(self) -> Decimal:
        return self.granted - self.taken

    @property
    def share(self) -> int:
        return int(self.taken * 100 / self.granted) if self.granted else 0


def balances_of(
    frames: Iterable[Frame] | Collection[int], *, before: datetime | None = None
) -> dict[int, Balance]:
    """The balance of each frame by its key, in one query; as it stood before a moment, if said."""
    keys = [one.pk if isinstance(one, Frame) else one for one in frames]
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(SUMS, {"frames": keys, "before": before or ANY_TIME})
        return {key: Balance(*sums) for key, *sums in cursor.fetchall()}


def balance_of(frame: Frame, *, before: datetime | None = None) -> Balance:
    """The balance of one frame."""
    return balances_of([frame], before=before)[frame.pk]


def together(balances: Iterable[Balance] | Mapping[int, Balance]) -> Balance:
    """Balances added up."""
    rows = list(balances.values() if isinstance(balances, Mapping) else balances)
    return Balance(
        sum((one.granted for one in rows), ZERO),
        sum((one.reserved for one in rows), ZERO),
        sum((one.committed for one in rows), ZERO),
        sum((one.used for one in rows), ZERO),
        sum((one.released for one in rows), ZERO),
    )
