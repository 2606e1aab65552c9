"""Two agreements of a region side by side: their terms, and the points of their check-lists."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from partnerships.checklist import in_readers_language
from partnerships.models import Agreement, Point
from partnerships.models.agreements import AgreementQuerySet
from partnerships.terms import terms_of_day
from partnerships.terms_words import terms_in_words

DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Beside:
    """One term or point as it is in both; empty where one of them says nothing of it."""

    name: str
    here: str
    there: str

    @property
    def differs(self) -> bool:
        """Whether the parties agreed on something else."""
        return self.here != self.there


@dataclass(frozen=True, slots=True)
class ComparePage:
    """The others of the region, and the one that is set beside."""

    others: tuple[Agreement, ...]
    other: Agreement | None
    terms: tuple[Beside, ...]
    points: tuple[Beside, ...]


def compare_page(agreement: Agreement, *, asked: str, on: date) -> ComparePage:
    """The agreement beside the one that was asked for, else beside the youngest of the region."""
    others = tuple(others_of_region(agreement).select_related("parent"))
    other = next((one for one in others if one.slug == asked), others[0] if others else None)
    if other is None:
        return ComparePage(others, None, (), ())
    return ComparePage(
        others, other, tuple(_terms(agreement, other, on)), tuple(_points(agreement, other))
    )


def others_of_region(agreement: Agreement) -> AgreementQuerySet:
    """The agreements that hold in the same region, beyond drafts; the youngest first."""
    regions = agreement.municipalities.values("region")
    mine = Agreement.objects.filter(municipalities__region__in=regions)
    apart = Q(pk=agreement.pk) | Q(state=Agreement.State.DRAFT)
    rows = Agreement.objects.filter(pk__in=mine.values("pk")).exclude(apart)
    return rows.order_by("-starts_on", "title")


def _terms(agreement: Agreement, other: Agreement, on: date) -> Iterator[Beside]:
    here, there = _said(agreement, on), _said(other, on)
    for name in {**here, **there}:
        yield Beside(name, here.get(name, ""), there.get(name, ""))


def _said(agreement: Agreement, on: date) -> dict[str, str]:
    """The terms of today; of its first day where it is on its way, of its last where it is over."""
    day = max(on, agreement.starts_on)
    day = min(day, agreement.ends_on - DAY) if agreement.ends_on else day
    terms = terms_of_day(agreement, on=day)
    return {one.name: one.value for one in terms_in_words(terms, on=day)} if terms else {}


def _points(agreement: Agreement, other: Agreement) -> Iterator[Beside]:
    """The points of the template, which both can have; a point of one's own has no like."""
    rows = Point.objects.filter(agreement__in=[agreement, other]).exclude(template_key="")
    found: dict[str, dict[int, Point]] = {}
    for one in rows.order_by("order", "pk"):
        found.setdefault(one.template_key, {})[one.agreement_id] = one
    for key, both in found.items():
        title = next(iter(both.values())).title
        yield Beside(
            in_readers_language(key, "title", title),
            _point(both.get(agreement.pk)),
            _point(both.get(other.pk)),
        )


def _point(point: Point | None) -> str:
    if point is None:
        return ""
    if point.state == Point.State.AGREED:
        return point.text
    said = str(point.get_state_display())
    return f"{said}. {point.text}" if point.text else said
