"""The check-list of the template of 2015 (S3), and how far the parties have come with it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Count, Q, QuerySet

from partnerships.models import Agreement, Point
from shared.written import language

FILE = Path(__file__).parent / "data" / "checklist_2015.json"
DANISH = "da"
SETTLED = (Point.State.AGREED, Point.State.NOT_RELEVANT)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many points are settled, of how many."""

    settled: int
    points: int

    @property
    def percent(self) -> int | None:
        """The settled share, rounded down; None without a check-list."""
        return self.settled * 100 // self.points if self.points else None


@cache
def template_points() -> tuple[dict[str, str], ...]:
    """The twelve points of the template, in order: in Danish as the parties write, and English."""
    found: list[dict[str, str]] = json.loads(FILE.read_text(encoding="utf-8"))
    return tuple(found)


def in_readers_language(key: str, field: str, text: str) -> str:
    """A point's title or guide: the template's own words in English, where the reader reads that.

    What the parties wrote or changed stays as they wrote it.
    """
    if language() == DANISH:
        return text
    template = next((one for one in template_points() if one["key"] == key), None)
    return template[f"{field}_en"] if template and template[field] == text else text


def shown(points: Iterable[Point]) -> list[Point]:
    """Points with the template's words in the reader's language; shown, never saved."""
    found = list(points)
    for one in found:
        one.title = in_readers_language(one.template_key, "title", one.title)
        one.guide = in_readers_language(one.template_key, "guide", one.guide)
    return found


def progress_of(agreements: Iterable[Agreement]) -> dict[int, Progress]:
    """How far each agreement's check-list is, in one query."""
    keys = [one.pk for one in agreements]
    counted = (
        Point.objects.filter(agreement__in=keys)
        .order_by()
        .values("agreement")
        .annotate(settled=Count("pk", filter=Q(state__in=SETTLED)), points=Count("pk"))
    )
    found: Iterable[Any] = counted
    return {row["agreement"]: Progress(row["settled"], row["points"]) for row in found}


def same_point_elsewhere(point: Point) -> QuerySet[Point]:
    """The same point of the template in other agreements of the region, beyond drafts."""
    if not point.template_key:
        return Point.objects.none()
    regions = point.agreement.municipalities.values("region")
    others = Agreement.objects.filter(municipalities__region__in=regions).exclude(
        Q(pk=point.agreement_id) | Q(state=Agreement.State.DRAFT)
    )
    rows = Point.objects.filter(template_key=point.template_key, agreement__in=others.values("pk"))
    return rows.select_related("agreement").order_by("-agreement__starts_on", "pk")
