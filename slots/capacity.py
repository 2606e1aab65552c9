"""What joint interviews need against what is offered: by pair of jobcentre and a-kasse, by day.

A pair's needs are its interviews that are owed and not booked, each from its first day until its
last timely one. Its places are the free seats that its members may be booked into. All needs of a
jobcentre are given its seats together by `meetings.capacity.unserved_among`: a week of plenty
after the last day helps nobody, and a seat that several a-kasser may use is given out once.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Sum,
)
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from accounts.models import User
from courses.models import Duty, MeetingForm, MeetingKind
from courses.models.citizens import visible_courses
from meetings.capacity import Place, Wanted, unserved_among
from meetings.models import Meeting
from partnerships.models import Organisation
from shared.dates import start_of
from slots.capacity_staff import Key, unstaffed
from slots.models import Pool, Reservation, Slot, SlotBooking

WEEKS = 26
DAY = timedelta(1)
WEEK = timedelta(7)
Pair = tuple[int, int]
OWED = ("pk", "house", "member_of", "opens_on", "late_from", "is_seen")


@dataclass(frozen=True, slots=True)
class Need:
    """An interview that is owed and not booked, in the days in which it may be held."""

    duty: int
    pair: Pair
    first: date
    last: date
    is_seen: bool = True  # whether who asks may see it


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats of one pool on one day, reserved by one a-kasse or by none."""

    jobcentre: int
    pool: int
    a_kasse: int | None
    is_claimable: bool  # nobody has reserved them, and an a-kasse has to
    day: date
    seats: int
    taken: int = 0

    @property
    def free(self) -> int:
        return max(0, self.seats - self.taken)


@dataclass(frozen=True, slots=True)
class Span:
    """The days that are looked at, from now on."""

    on: date
    at: datetime
    weeks: int = WEEKS

    @property
    def monday(self) -> date:
        """The Monday of the first week."""
        return self.on - timedelta(self.on.weekday())

    @property
    def end(self) -> date:
        """The day after the last."""
        return self.monday + self.weeks * WEEK

    @property
    def mondays(self) -> list[date]:
        """The weeks, by their Mondays."""
        return [self.monday + n * WEEK for n in range(self.weeks)]


@dataclass
class Supply:
    """What is needed and offered, read once for some jobcentres and a-kasser."""

    span: Span
    needs: list[Need] = field(default_factory=list)
    late: Counter[Pair] = field(default_factory=Counter)
    seats: list[Seats] = field(default_factory=list)
    booked: Counter[tuple[Pair, date]] = field(default_factory=Counter)
    elsewhere: Counter[tuple[Pair, date]] = field(default_factory=Counter)  # not in such times
    open_to: Mapping[int, frozenset[int]] = field(default_factory=dict)
    unstaffed: Mapping[Key, int] | None = None  # None: nobody asked whose hours allow it

    @property
    def pairs(self) -> set[Pair]:
        """Those that need something, or have something booked."""
        found = {one.pair for one in self.needs} | {
            pair for pair, _day in (*self.booked, *self.elsewhere)
        }
        return found | set(self.late)

    def free(self, jobcentre: int, a_kasse: int | None = None) -> Counter[date]:
        """Free seats by day that a pair may use; those of the jobcentre, without an a-kasse."""
        found: Counter[date] = Counter()
        for one in self.seats:
            if one.jobcentre == jobcentre and (a_kasse is None or self.may_use(one, a_kasse)):
                found[one.day] += one.free
        return found

    def lacking(self, jobcentre: int, a_kasse: int | None = None) -> Counter[date]:
        """Free seats by day, as `free` counts them, that nobody of the jobcentre has hours for."""
        usable = {
            (one.pool, one.a_kasse, one.day)
            for one in self.seats
            if one.jobcentre == jobcentre and (a_kasse is None or self.may_use(one, a_kasse))
        }
        found: Counter[date] = Counter()
        for key, count in (self.unstaffed or {}).items():
            if key in usable:
                found[key[2]] += count
        return found

    def may_use(self, seats: Seats, a_kasse: int) -> bool:
        """Whether members of an a-kasse may be booked there: as `SlotQuerySet.usable_by`."""
        if seats.a_kasse is not None:
            return seats.a_kasse == a_kasse
        named = self.open_to.get(seats.pool, frozenset())
        return not seats.is_claimable and (not named or a_kasse in named)

    def short(self, jobcentre: int) -> list[Need]:
        """The needs of a jobcentre that find no seat, when each seat is given out once."""
        needs, seats = self._needs_of[jobcentre], self._seats_of[jobcentre]
        kinds = list({self._kind(one): one for one in seats}.items())
        numbers = {kind: number for number, (kind, _one) in enumerate(kinds)}
        free: Counter[tuple[date, int]] = Counter()
        for one in seats:
            free[one.day, numbers[self._kind(one)]] += one.free
        places = [Place(day, kind, count) for (day, kind), count in free.items()]
        wanted = (Wanted(one.first, one.last, one.duty, one.pair[1]) for one in needs.values())
        short = unserved_among(
            wanted, places, lambda a_kasse, kind: self.may_use(kinds[kind][1], a_kasse)
        )
        return [needs[one.key] for one in short]

    def _kind(self, seats: Seats) -> tuple[object, ...]:
        """What decides who may use seats."""
        return seats.a_kasse, seats.is_claimable, self.open_to.get(seats.pool)

    @cached_property
    def _needs_of(self) -> Mapping[int, dict[int, Need]]:
        """What each jobcentre needs, by duty; read once all is there."""
        found: defaultdict[int, dict[int, Need]] = defaultdict(dict)
        for one in self.needs:
            found[one.pair[0]][one.duty] = one
        return found

    @cached_property
    def _seats_of(self) -> Mapping[int, list[Seats]]:
        """The seats of each jobcentre."""
        found: defaultdict[int, list[Seats]] = defaultdict(list)
        for one in self.seats:
            found[one.jobcentre].append(one)
        return found

    @cached_property
    def all_short(self) -> list[Need]:
        """The needs of all jobcentres that find no seat."""
        return [one for key in sorted(self._needs_of) for one in self.short(key)]


def read_supply(  # noqa: PLR0913 (for whom, and how much of it)
    span: Span,
    *,
    jobcentres: Sequence[int] = (),
    a_kasser: Sequence[int] = (),
    with_staff: bool = False,
    with_booked: bool = True,
    reader: User | None = None,
) -> Supply:
    """Needs, seats and bookings of some jobcentres, of some a-kasser, or where both meet.

    With staff also which seats of these jobcentres nobody has hours for. Without what is booked
    only what the needs are short of: three queries, one where nothing is needed.
    """
    supply = Supply(span)
    _read_needs(supply, _own(jobcentres, a_kasser), reader)
    if not (with_booked or supply.needs):
        return supply
    _read_seats(supply, jobcentres)
    if jobcentres and with_staff:
        supply.unstaffed = unstaffed(jobcentres, on=span.on, at=span.at, end=span.end)
    if with_booked:
        _read_booked(supply, jobcentres, a_kasser)
    return supply


def _read_needs(supply: Supply, own: Q, reader: User | None) -> None:
    """What is owed and not booked, and how much of it is late already."""
    on = supply.span.on
    seen = visible_courses(reader, on=on, path="course__") if reader else Q(pk__isnull=False)
    owed = _owed(supply.span).filter(own)
    rows = owed.annotate(is_seen=ExpressionWrapper(seen, BooleanField())).values_list(*OWED)
    for key, jobcentre, a_kasse, opens_on, late_from, is_seen in rows:
        pair = jobcentre, a_kasse
        first, last = max(on + DAY, opens_on or on), late_from - DAY
        if last < first:
            supply.late[pair] += 1
        else:
            supply.needs.append(Need(key, pair, first, last, is_seen))


def _read_booked(supply: Supply, jobcentres: Sequence[int], a_kasser: Sequence[int]) -> None:
    """What is booked in published times and beside them."""
    for counter, rows, path in (
        (supply.booked, _bookings(supply.span), "meeting__course__"),
        (supply.elsewhere, _elsewhere(supply.span), "course__"),
    ):
        own = _own(jobcentres, a_kasser, path=path)
        for jobcentre, a_kasse, day, count in rows.filter(own):
            counter[(jobcentre, a_kasse), day] += count


def _own(jobcentres: Sequence[int], a_kasser: Sequence[int], path: str = "") -> Q:
    """The condition for these organisations and those that merged into them."""
    found = Q()
    for name, keys in (("jobcentre", jobcentres), ("a_kasse", a_kasser)):
        if keys:  # a list of parties: with "or" across tables no index of duties would do
            one = Organisation.objects.filter(Q(pk__in=keys) | Q(successor__in=keys))
            found &= Q(**{f"{path}{name}__in": one.values("pk")})
    return found


def _pair(path: str = "") -> dict[str, Coalesce]:
    """The two parties, or those that they merged into."""
    return {
        "house": Coalesce(f"{path}jobcentre__successor", f"{path}jobcentre"),
        "member_of": Coalesce(f"{path}a_kasse__successor", f"{path}a_kasse"),
    }


def _owed(span: Span) -> QuerySet[Duty]:
    """Joint interviews that are owed, not booked and not suspended, due until the end."""
    booked = Meeting.objects.booked().filter(duty=OuterRef("pk"))
    suspended = Q(exempt_from__lte=span.on) & (Q(exempt_to=None) | Q(exempt_to__gt=span.on))
    running = Q(course__ends_on=None) | Q(course__ends_on__gt=span.on)
    rows = (
        Duty.objects.pending()
        .filter(running, kind=MeetingKind.JOINT, late_from__lte=span.end, due_on__lt=span.end)
        .exclude(suspended)
        .filter(~Exists(booked))
    )
    return rows.order_by().annotate(**_pair())


def _read_seats(supply: Supply, jobcentres: Sequence[int]) -> None:
    """Seats of published times ahead, how many are taken, and whom pools are open to."""
    span, open_to = supply.span, dict[int, frozenset[int]]()
    rows = Slot.objects.open().filter(
        pool__is_published=True,
        pool__kind=MeetingKind.JOINT,
        starts_at__gt=span.at,
        starts_at__lt=start_of(span.end),
    )
    rows = rows.exclude(pool__purpose=Pool.Purpose.TALKS)
    rows = rows.exclude(form=MeetingForm.IN_PERSON, room=None, place="")
    if jobcentres:
        rows = rows.filter(jobcentre__in=jobcentres)
    named = Pool.a_kasser.through.objects.filter(pool=OuterRef("pool_id"))
    live = SlotBooking.objects.filter(is_live=True, slot__in=rows.order_by().values("pk"))
    taken = {tuple(key): count for *key, count in _by_kind(live, "slot").annotate(n=Count("pk"))}
    seats = _by_kind(rows, "").annotate(
        open_to=ArraySubquery(named.values("organisation")), total=Sum("seats")
    )
    for *key, named_ones, total in seats:
        jobcentre, pool, a_kasse, is_claimable, day = key
        if named_ones:
            open_to[pool] = frozenset(named_ones)
        one = Seats(jobcentre, pool, a_kasse, is_claimable, day, total, taken.get(tuple(key), 0))
        supply.seats.append(one)
    supply.open_to = open_to


def _by_kind(rows: QuerySet[Any], slot: str) -> QuerySet[Any, Any]:
    """Times, or bookings of them, by what decides who may use them, and by day."""
    path = f"{slot}__" if slot else ""
    unused = Reservation.objects.filter(
        slot=OuterRef(slot or "pk"), released_why=Reservation.Released.UNUSED
    )
    kinds = rows.order_by().annotate(
        on_day=TruncDate(f"{path}starts_at", output_field=DateField()),
        is_claimable=Q(**{f"{path}pool__model": Pool.Model.CLAIMED}) & ~Exists(unused),
    )
    names = (f"{path}jobcentre", f"{path}pool", f"{path}a_kasse", "is_claimable", "on_day")
    found: QuerySet[Any, Any] = kinds.values_list(*names)
    return found


def _bookings(span: Span) -> QuerySet[SlotBooking, tuple[int, int, date, int]]:
    """Joint interviews that are booked in times, by pair and day."""
    rows = SlotBooking.objects.filter(
        is_live=True,
        slot__starts_at__gt=span.at,
        slot__starts_at__lt=start_of(span.end),
        slot__pool__kind=MeetingKind.JOINT,
    )
    day = TruncDate("slot__starts_at", output_field=DateField())
    return (
        rows.order_by()
        .annotate(day=day, **_pair("meeting__course__"))
        .values_list("house", "member_of", "day")
        .annotate(count=Count("pk"))
    )


def _elsewhere(span: Span) -> QuerySet[Meeting, tuple[int, int, date, int]]:
    """Joint interviews that are booked outside published times, by pair and day."""
    in_times = SlotBooking.objects.filter(is_live=True, meeting=OuterRef("pk"))
    rows = Meeting.objects.upcoming(at=span.at).filter(
        ~Exists(in_times), kind=MeetingKind.JOINT, starts_at__lt=start_of(span.end)
    )
    day = TruncDate("starts_at", output_field=DateField())
    return (
        rows.order_by()
        .annotate(day=day, **_pair("course__"))
        .values_list("house", "member_of", "day")
        .annotate(count=Count("pk"))
    )


def now_span(at: datetime, weeks: int = WEEKS) -> Span:
    """The weeks from a moment on."""
    return Span(timezone.localdate(at), at, weeks)
