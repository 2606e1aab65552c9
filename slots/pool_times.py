"""Times as an a-kasse sees them: open to it, its own, and who of it goes where on a day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from partnerships.models import Organisation
from shared.dates import SATURDAY, start_of
from shared.templatetags.components import status
from shared.written import day_text
from slots.guests import Stay, Way, ways_of
from slots.models import Pool, Slot, SlotQuerySet
from slots.pool_pages import booked_seats, clocks_text, where_text
from slots.telling import week_of

MOST = 300
WEEK = timedelta(7)


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One time: its state for this a-kasse, who comes, and when it is released."""

    slot: Slot
    clock: str
    where: str
    state: SafeString
    guest: str
    released: str
    may_choose: bool


@dataclass(frozen=True, slots=True)
class Block:
    """The times of a pool on a day; `free` counts the seats that are still to be had."""

    day: date
    pool: Pool
    rows: tuple[TimeRow, ...]
    free: int
    seats: int
    is_past: bool

    @property
    def title(self) -> str:
        """The jobcentre and the pool."""
        return f"{self.pool.jobcentre.short} · {self.pool.name}"

    @property
    def note(self) -> str:
        """How many seats are free, as long as one can be had."""
        if self.is_past:
            return _("Over")
        return _("%(free)d of %(seats)d free") % {"free": self.free, "seats": self.seats}

    @property
    def key(self) -> str:
        """The block in a form: `7:2026-11-24`."""
        return f"{self.pool.pk}:{self.day.isoformat()}"


@dataclass(frozen=True, slots=True)
class DayOfTimes:
    """A day with its blocks, and the ways of colleagues between places."""

    day: date
    name: str
    blocks: tuple[Block, ...]
    ways: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class TimesPage:
    """A week of times that are open to an a-kasse, at one jobcentre or all."""

    a_kasse: Organisation
    monday: date
    is_past: bool
    days: Sequence[DayOfTimes]
    places: Sequence[Organisation]
    place: str
    more: int
    may_reserve: bool
    sums: str

    @property
    def week(self) -> str:
        return week_of(self.monday)

    @property
    def title(self) -> str:
        return _("Week %(week)d") % {"week": self.monday.isocalendar().week}

    @property
    def before(self) -> str:
        return week_of(self.monday - WEEK)

    @property
    def after(self) -> str:
        return week_of(self.monday + WEEK)


def monday_asked(text: str, *, on: date) -> date:
    """The Monday of the week in an address, or of this week; at a weekend of the next."""
    year, _dash, week = text.partition("-")
    try:
        return date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        monday = on - timedelta(on.weekday())
        return monday + WEEK if on.weekday() >= SATURDAY else monday


def open_to(user: User, a_kasse: Organisation) -> SlotQuerySet:
    """Published times that an a-kasse has, or may reserve; what others have is not shown."""
    return (
        Slot.objects.visible_to(user)
        .open()
        .filter(Q(a_kasse=None) | Q(a_kasse=a_kasse), pool__is_published=True)
        .exclude(pool__purpose=Pool.Purpose.TALKS)
        .with_release()
    )


def times_page(  # noqa: PLR0913 (who looks at what, and when)
    user: User,
    a_kasse: Organisation,
    *,
    monday: date,
    place: str,
    may_reserve: bool,
    at: datetime,
) -> TimesPage:
    """The times of a week, by day and pool."""
    week = open_to(user, a_kasse).between(start_of(monday), start_of(monday + WEEK))
    places = Organisation.objects.filter(pk__in=week.order_by().values("jobcentre"))
    rows = week.filter(jobcentre__slug=place) if place else week
    found = list(rows.for_list().order_by("starts_at", "pool", "pk")[: MOST + 1])
    shown = found[:MOST]
    taken = booked_seats(shown)
    days = [
        _day(day, list(slots), taken, a_kasse, at)
        for day, slots in groupby(shown, key=lambda one: one.day)
    ]
    return TimesPage(
        a_kasse,
        monday,
        bool(shown) and shown[-1].starts_at <= at,
        days,
        list(places),
        place,
        len(found) - len(shown),
        may_reserve and any(one.starts_at > at for one in shown),
        _sums(shown, taken, a_kasse),
    )


def _day(
    day: date, slots: Sequence[Slot], taken: dict[int, int], a_kasse: Organisation, at: datetime
) -> DayOfTimes:
    by_pool: dict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        slot.pool.jobcentre = slot.jobcentre
        by_pool[slot.pool_id].append(slot)
    blocks = tuple(_block(day, rows, taken, a_kasse, at) for rows in by_pool.values())
    ways = tuple((text, short) for text, short in _ways(slots))
    return DayOfTimes(day, day_text(day, on=timezone.localdate(at)), blocks, ways)


def _block(
    day: date, slots: list[Slot], taken: dict[int, int], a_kasse: Organisation, at: datetime
) -> Block:
    ahead = [one for one in slots if one.starts_at > at]
    seats = sum(one.seats for one in ahead)
    free = seats - sum(taken.get(one.pk, 0) for one in ahead)
    rows = tuple(_row(one, taken.get(one.pk, 0), a_kasse, at) for one in slots)
    return Block(day, slots[0].pool, rows, free, seats, not ahead)


def _row(slot: Slot, booked: int, a_kasse: Organisation, at: datetime) -> TimeRow:
    is_ours, is_past = slot.a_kasse_id == a_kasse.pk, slot.starts_at <= at
    return TimeRow(
        slot,
        clocks_text(slot),
        where_text(slot),
        _state(slot, booked, is_ours=is_ours, is_past=is_past),
        str(slot.guest) if slot.guest else "",
        _released(slot, booked, on=timezone.localdate(at)) if is_ours and not is_past else "",
        not is_past and not (booked and slot.seats == 1),
    )


def _state(slot: Slot, booked: int, *, is_ours: bool, is_past: bool) -> SafeString:
    if booked and slot.seats > 1:
        words = {"booked": booked, "seats": slot.seats}
        return status("booked", _("%(booked)d of %(seats)d booked") % words)
    if booked:
        return status("booked", _("booked"))
    if is_past:
        return status("none", _("over, not used"))
    if is_ours:
        return status("next", _("ours"))
    if slot.pool.model == Pool.Model.CLAIMED and not slot.is_released:  # type: ignore[attr-defined]  # annotated
        return status("held", _("to be reserved"))
    return status("held", _("can be booked"))


def _released(slot: Slot, booked: int, *, on: date) -> str:
    if booked or slot.release_on is None:
        return ""
    return _("released %(day)s if unused") % {"day": day_text(slot.release_on, on=on)}


def _ways(slots: Iterable[Slot]) -> list[tuple[str, bool]]:
    """Where colleagues go from one place to another on a day, and whether the time is short."""
    stays: dict[User, list[Stay]] = defaultdict(list)
    for slot in slots:
        if slot.guest:
            stays[slot.guest].append(Stay(slot.starts_at, slot.ends_at, slot.jobcentre))
    moving = {who: rows for who, rows in stays.items() if len({one.at for one in rows}) > 1}
    found: list[tuple[User, Way]] = [
        (who, way) for who, rows in moving.items() for way in ways_of(rows)
    ]
    return [(f"{who}: {way.said}", way.is_short) for who, way in found]


def _sums(slots: Sequence[Slot], taken: dict[int, int], a_kasse: Organisation) -> str:
    ours = [one for one in slots if one.a_kasse_id == a_kasse.pk]
    words = {
        "times": ngettext("%(count)d slot", "%(count)d slots", len(slots)) % {"count": len(slots)},
        "ours": len(ours),
        "staffed": sum(1 for one in ours if one.guest_id),
        "booked": sum(1 for one in slots if taken.get(one.pk)),
    }
    return _("%(times)s, %(ours)d ours, %(staffed)d staffed, %(booked)d booked") % words


def chosen(  # noqa: PLR0913 (three ways to name times)
    user: User,
    a_kasse: Organisation,
    *,
    keys: Iterable[str],
    days: Iterable[str],
    series: Iterable[str],
    at: datetime,
) -> list[Slot]:
    """The times ahead that a form names one by one, by whole days of a pool, or by whole pools."""
    which = Q(pk__in=_numbers(keys)) | Q(pool__in=_numbers(series))
    for said in days:
        pool, _colon, day = said.partition(":")
        try:
            first = start_of(date.fromisoformat(day))
        except ValueError:
            continue
        if numbers := _numbers([pool]):
            last = start_of(date.fromisoformat(day) + timedelta(1))
            which |= Q(pool__in=numbers, starts_at__gte=first, starts_at__lt=last)
    rows = open_to(user, a_kasse).filter(which, starts_at__gt=at)
    return list(rows.for_list().order_by("starts_at", "pk")[:MOST])


def _numbers(texts: Iterable[str]) -> list[int]:
    return [int(one) for one in texts if one.isascii() and one.isdecimal() and len(one) < 12]  # noqa: PLR2004
