"""The money of frames by account function and year of posting, as the accounts want it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from frames.models import ZERO, Frame

SUMS = """
SELECT function, year, sum(reserved), sum(committed), sum(used) FROM (
    SELECT account_function AS function, extract(year FROM posted_on)::int AS year,
           CASE kind WHEN 'reserved' THEN amount ELSE 0 END AS reserved,
           CASE kind WHEN 'committed' THEN amount ELSE 0 END AS committed,
           CASE kind WHEN 'used' THEN amount ELSE 0 END AS used
    FROM frames_entry WHERE frame_id = ANY(%(frames)s)
    UNION ALL
    SELECT p.account_function, extract(year FROM p.posted_on)::int,
           CASE p.kind WHEN 'reserved' THEN -e.amount ELSE 0 END,
           CASE p.kind WHEN 'committed' THEN -e.amount ELSE 0 END,
           0
    FROM frames_entry e JOIN frames_entry p ON p.id = e.of_id WHERE e.frame_id = ANY(%(frames)s)
) moves
GROUP BY function, year ORDER BY year DESC, function
"""


@dataclass(frozen=True, slots=True)
class OfFunction:
    """What stands on an account function in a year, in kroner."""

    function: str
    year: int
    reserved: Decimal = ZERO
    committed: Decimal = ZERO
    used: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        return self.reserved + self.committed + self.used


def by_function(frames: Iterable[Frame]) -> list[OfFunction]:
    """What stands on each account function and year, newest year first; nothing where nothing is.

    Money that moved on stands where its last entry was posted.
    """
    keys = [one.pk for one in frames]
    with connection.cursor() as cursor:
        cursor.execute(SUMS, {"frames": keys})
        rows = [OfFunction(*row) for row in cursor.fetchall()]
    return [one for one in rows if one.total]
