"""Telling coordinators of both sides what became of times; by address and day, never by name."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from notices.actions import tell
from partnerships.models import Membership, Role
from shared.written import moment_text
from slots.models import Slot

MOST_NAMED = 2


def coordinators(organisation: int, *, on: date) -> list[User]:
    """Who plans the times of a jobcentre, or reserves them for an a-kasse."""
    rows = Membership.objects.standing(on=on).filter(
        organisation=organisation, role__in=(Role.BOOKING_COORDINATOR, Role.COORDINATOR)
    )
    return list({row.user_id: row.user for row in rows.select_related("user")}.values())


def tell_a_kasse(
    slots: Iterable[tuple[int, Slot]], kind: str, *, by: User | None, at: datetime
) -> None:
    """Tell each a-kasse of its times; one notice a week."""
    for (a_kasse, week), rows in _grouped((key, slot) for key, slot in slots).items():
        url = f"{reverse('slots:times')}?uge={week}"
        _tell(a_kasse, kind, rows, url, by=by, at=at)


def tell_jobcentre(slots: Iterable[Slot], kind: str, *, by: User | None, at: datetime) -> None:
    """Tell the booking coordinators whose pools the times are of; one notice a pool."""
    found: dict[tuple[int, int], list[Slot]] = defaultdict(list)
    for slot in slots:
        found[slot.jobcentre_id, slot.pool_id].append(slot)
    for (jobcentre, pool), rows in found.items():
        _tell(jobcentre, kind, rows, reverse("slots:pool", args=[pool]), by=by, at=at)


def week_of(day: date) -> str:
    """The week as addresses have it: `2026-48`."""
    year, week, _day = day.isocalendar()
    return f"{year}-{week:02d}"


def _grouped(slots: Iterable[tuple[int, Slot]]) -> dict[tuple[int, str], list[Slot]]:
    found: dict[tuple[int, str], list[Slot]] = defaultdict(list)
    for a_kasse, slot in slots:
        found[a_kasse, week_of(slot.day)].append(slot)
    return found


def _tell(  # noqa: PLR0913 (whom, what, where and when)
    organisation: int,
    kind: str,
    slots: Collection[Slot],
    url: str,
    *,
    by: User | None,
    at: datetime,
) -> None:
    on = timezone.localdate(at)
    tell(
        coordinators(organisation, on=on),
        kind,
        case_number="",
        url=url,
        at=at,
        about=_named(sorted(slots, key=lambda one: one.starts_at), on),
        by=by,
    )


def _named(slots: list[Slot], on: date) -> str:
    """The first times, and how many more."""
    said = [moment_text(slot.starts_at, on=on) for slot in slots[:MOST_NAMED]]
    more = len(slots) - MOST_NAMED
    return ", ".join(said) + (f" (+{more})" if more > 0 else "")
