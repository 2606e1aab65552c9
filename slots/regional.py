"""A region's times by week and jobcentre: published, reserved, booked; sums, never people."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.access import reach_of
from partnerships.agreement_pages import FEW, masked
from partnerships.models import Coverage, Municipality, Organisation, Role
from shared.dates import lasting, monday_to_plan, start_of
from slots.access import publishes_at
from slots.models import Slot
from slots.utilisation import Used, used_by

WEEKS = 8
WEEK = timedelta(7)
LOOK = (
    Role.BOOKING_COORDINATOR,
    Role.COORDINATOR,
    Role.AGREEMENT_ADMINISTRATOR,
    Role.STEERING_GROUP,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A week of a jobcentre."""

    published: int
    reserved: int
    booked: str

    @property
    def is_full(self) -> bool:
        """Whether times are published and none of them is left."""
        return self.published > 0 and self.reserved >= self.published


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A jobcentre and its weeks."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RegionPage:
    """A labour market council's area."""

    area: str
    areas: Sequence[str]
    weeks: Sequence[str]
    rows: Sequence[RegionRow]
    total: RegionRow
    without: Sequence[str]


def may_look(user: User) -> bool:
    """Who plans, reserves or steers sees the sums of the region."""
    return reach_of(user).has(*LOOK)


def region_page(user: User, *, asked: str, at: datetime) -> RegionPage:
    """The sums of eight weeks from this one; three queries for the times."""
    on = timezone.localdate(at)
    areas = sorted({*Municipality.objects.values_list("rar_area", flat=True)} - {""})
    area = asked if asked in areas else _own_area(user, areas, on)
    monday = monday_to_plan(on)
    mondays = [monday + n * WEEK for n in range(WEEKS)]
    centres = _centres(area, on)
    used = _used(centres, monday, at)
    own = set(publishes_at(user))
    found = {one: [used.get((one.pk, day), Used()) for day in mondays] for one in centres}
    having = {one: cells for one, cells in found.items() if any(cell.published for cell in cells)}
    rows = [
        RegionRow(one.short, tuple(_cell(cell, is_own=one.pk in own) for cell in cells))
        for one, cells in having.items()
    ]
    sums = [
        _total(list(zip(having, cells, strict=True)), own)
        for cells in zip(*having.values(), strict=True)
    ]
    return RegionPage(
        area,
        areas,
        [_("Week %(week)d") % {"week": day.isocalendar().week} for day in mondays],
        rows,
        RegionRow(_("The region"), tuple(sums)),
        [one.short for one in centres if one not in having],
    )


def _own_area(user: User, areas: Sequence[str], on: date) -> str:
    """The area of one's jobcentre; the first one for those who have none."""
    houses = reach_of(user, on=on).organisations
    rows = Coverage.objects.filter(lasting(on), jobcentre__in=houses, starts_on__lte=on)
    mine = rows.values_list("municipality__rar_area", flat=True).first()
    if mine:
        return mine
    capital = "RAR Hovedstaden"
    return capital if capital in areas else next(iter(areas), "")


def _centres(area: str, on: date) -> list[Organisation]:
    there = Coverage.objects.filter(
        lasting(on), municipality__rar_area=area, starts_on__lte=on
    ).values("jobcentre")
    return list(Organisation.objects.filter(pk__in=there).order_by("sort_key"))


def _used(
    centres: Sequence[Organisation], monday: date, at: datetime
) -> dict[tuple[int, date], Used]:
    slots = (
        Slot.objects.open()
        .filter(jobcentre__in=centres, pool__is_published=True)
        .between(start_of(monday), start_of(monday + WEEKS * WEEK))
    )
    found: dict[tuple[int, date], Used] = {}
    for (centre, week), used in used_by(slots, "jobcentre", "week", at=at).items():
        found[centre, timezone.localdate(week)] = used
    return found


def _cell(used: Used, *, is_own: bool) -> Cell:
    booked = str(used.booked) if is_own else masked(used.booked)
    return Cell(used.published, used.reserved + used.booked, booked)


def _total(weeks: Sequence[tuple[Organisation, Used]], own: Collection[int]) -> Cell:
    """A week of all jobcentres; of the booked only what the rows tell, so that none is reckoned."""
    told = sum(one.booked for centre, one in weeks if centre.pk in own or one.booked >= FEW)
    booked = sum(one.booked for _centre, one in weeks)
    said = str(booked) if told == booked else _("over %(count)d") % {"count": told}
    return Cell(
        sum(one.published for _centre, one in weeks),
        sum(one.reserved + one.booked for _centre, one in weeks),
        said if told or not booked else masked(1),
    )
