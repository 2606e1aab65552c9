"""Agreements that get in each other's way: two that hold for one pair on one day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product

from partnerships.models import Agreement, Organisation
from partnerships.terms import Days

HOLDING = (*Agreement.ACTING, Agreement.State.APPROVED, Agreement.State.SIGNED)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another agreement that holds for the same a-kasse and municipality on the same days."""

    other: Agreement
    a_kasse: str
    municipality: str
    days: Days


def conflicts() -> dict[int, list[Conflict]]:
    """Every conflict by agreement, in a fixed number of queries.

    What stands above or below an agreement is no conflict: the most specific one acts. Nor is
    what renews it: the old one stops where the new one begins.
    """
    rows = Agreement.objects.filter(kind=Agreement.Kind.AGREEMENT, state__in=HOLDING)
    rows = rows.prefetch_related("parties__organisation", "municipalities").order_by("pk")
    by_pair: dict[tuple[str, str], list[Agreement]] = defaultdict(list)
    for one in rows:
        for pair in _pairs(one):
            by_pair[pair].append(one)
    found: dict[int, list[Conflict]] = defaultdict(list)
    for (a_kasse, place), agreements in sorted(by_pair.items()):
        for one, other in combinations(agreements, 2):
            _add(found, one, other, a_kasse, place)
    return dict(found)


def _pairs(agreement: Agreement) -> Iterable[tuple[str, str]]:
    parties = [one.organisation for one in agreement.parties.all()]
    a_kasser = [one.short for one in parties if one.kind == Organisation.Kind.A_KASSE]
    return product(a_kasser, [one.name for one in agreement.municipalities.all()])


def _add(
    found: dict[int, list[Conflict]], one: Agreement, other: Agreement, a_kasse: str, place: str
) -> None:
    if other.pk in (one.parent_id, one.renews_id) or one.pk in (other.parent_id, other.renews_id):
        return
    days = _shared_days(one, other)
    if days:
        found[one.pk].append(Conflict(other, a_kasse, place, days))
        found[other.pk].append(Conflict(one, a_kasse, place, days))


def _shared_days(one: Agreement, other: Agreement) -> Days | None:
    first: date = one.starts_on
    return Days(first, one.ends_on).within(other.starts_on, other.ends_on)
