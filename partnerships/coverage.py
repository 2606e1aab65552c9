"""Which jobcentre serves a municipality on a day, for many questions after one query."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Self

from partnerships.models import Coverage

Span = tuple[date, date | None, int]


@dataclass(frozen=True, slots=True)
class CoverageBook:
    """The areas of all jobcentres over time."""

    by_municipality: dict[str, list[Span]]

    @classmethod
    def load(cls) -> Self:
        """Read every area; there are about a hundred."""
        found: dict[str, list[Span]] = defaultdict(list)
        rows = Coverage.objects.order_by("municipality", "starts_on")
        for code, start, end, jobcentre in rows.values_list(
            "municipality", "starts_on", "ends_on", "jobcentre"
        ):
            found[code].append((start, end, jobcentre))
        return cls(dict(found))

    def jobcentre_of(self, municipality: str, *, on: date) -> int:
        """The key of the jobcentre that serves a municipality on a day; the first one before it."""
        spans = self.by_municipality.get(municipality)
        if not spans:
            raise LookupError(f"no jobcentre serves municipality {municipality}")
        for start, end, jobcentre in spans:
            if start <= on and (end is None or on < end):
                return jobcentre
        return spans[0][2] if on < spans[0][0] else spans[-1][2]
