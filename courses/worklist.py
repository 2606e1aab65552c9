"""What is owed soon, by group: which duties both front pages list, and how many there are.

The groups are late, due soon (within the working days that the agreement sets) and coming (four
weeks ahead).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from accounts.models import User
from courses.models import Duty, DutyQuerySet, Party
from courses.worklist_filter import Group, Owner, WorklistFilter
from shared.dates import working_days_after

HORIZON_DAYS = 28
DAYS_AHEAD = 10  # working days of which a front page shows how much falls due
BOOKED = "booked"  # a state of interviews, which lie above courses


ORDER = {Group.LATE: "1", Group.SOON: "2", Group.COMING: "3"}


@dataclass(frozen=True, slots=True)
class Side:
    """The party whose list it is, and the organisations it reads for."""

    party: Party
    organisations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many duties fall due on a day, in a group; `before` of them stand above the page.

    `booked` is told only of what is due soon or by the tenth working day: nobody counts the others.
    """

    group: Group
    late_from: date
    booked: bool
    count: int
    before: int = 0


def listed(user: User, side: Side, chosen: WorklistFilter, *, on: date) -> DutyQuerySet:
    """The duties that a list may hold: visible, owed, not suspended, and as filtered."""
    own = "jobcentre" if side.party == Party.JOBCENTRE else "a_kasse"
    running = Q(course__ends_on=None) | Q(course__ends_on__gt=on)
    suspended = Q(exempt_from__lte=on) & (Q(exempt_to=None) | Q(exempt_to__gt=on))
    near = {f"{own}__in": side.organisations, "due_on__lte": on + timedelta(HORIZON_DAYS)}
    duties = Duty.objects.visible_to(user, on=on).pending().filter(running, **near)
    duties = duties.exclude(suspended)
    if chosen.booking:
        duties = with_booking(duties)
    return duties.filter(_owner(chosen.owner, user, side), _narrowed(chosen))


def with_booking(duties: DutyQuerySet) -> DutyQuerySet:
    """Duties with the time and the key of the one interview that is booked for each."""
    return duties.annotate(
        booking=FilteredRelation("meetings", condition=Q(meetings__state=BOOKED)),
        booked_at=F("booking__starts_at"),
        booking_pk=F("booking__pk"),
    )


def _owner(owner: Owner, user: User, side: Side) -> Q:
    if owner is Owner.MINE:
        return _mine(user, side)
    if owner is Owner.TEAM:
        return Q(responsible=side.party) | Q(with_party=side.party)
    return Q()


def _mine(user: User, side: Side) -> Q:
    """The courses one was given; for an a-kasse also those nobody has whose interview one holds."""
    if side.party == Party.JOBCENTRE:
        return Q(course__caseworker=user.pk)
    held = Duty.objects.filter(meetings__state=BOOKED, meetings__participants__worker=user.pk)
    return Q(course__consultant=user.pk) | Q(course__consultant=None, pk__in=held.values("pk"))


def _narrowed(chosen: WorklistFilter) -> Q:
    """The conditions that a person chose above the list."""
    wanted = Q()
    if chosen.a_kasse:
        wanted &= Q(a_kasse__slug=chosen.a_kasse)
    if chosen.kind:
        wanted &= Q(kind=chosen.kind)
    if chosen.booking:
        wanted &= Q(booked_at__isnull=chosen.booking == "nej")
    if chosen.case is not None:
        return wanted & Q(course=chosen.case)
    for word in chosen.name.split():
        first, last = "course__citizen__first_name", "course__citizen__last_name"
        wanted &= Q(**{f"{first}__istartswith": word}) | Q(**{f"{last}__icontains": word})
    return wanted


def group_condition(group: Group, *, on: date) -> Q:
    """Which duties are in a group on a day."""
    if group is Group.LATE:
        return Q(late_from__lte=on)
    if group is Group.SOON:
        return Q(late_from__gt=on, soon_from__lte=on)
    return Q(soon_from__gt=on, late_from__gt=on, late_from__lte=on + timedelta(HORIZON_DAYS + 1))


def tallies(duties: DutyQuerySet, *, on: date, before: Q | None = None) -> tuple[Tally, ...]:
    """The whole list counted by group, day and whether it is booked: one query."""
    return tallied(counted_by_day(duties, on=on, before=before), on=on)


def counted_by_day(
    duties: DutyQuerySet, *, on: date, before: Q | None = None
) -> QuerySet[Any, tuple[Any, ...]]:
    """The query behind `tallies`: by day, whether it is due soon, and whether it is booked."""
    near = Q(soon_from__lte=on) | Q(late_from__lte=last_late_day(on))
    return (
        duties.filter(late_from__lte=on + timedelta(HORIZON_DAYS + 1))
        .annotate(
            is_soon=ExpressionWrapper(Q(soon_from__lte=on), BooleanField(null=True)),
            booked=Case(When(near, late_from__gt=on, then=_is_booked()), default=False),
        )
        .order_by()
        .values_list("late_from", "is_soon", "booked")
        .annotate(count=Count("pk"), before=Count("pk", filter=before) if before else Value(0))
    )


def _is_booked() -> Exists:
    """Whether an interview is booked for a duty; interviews lie above this app."""
    reference: Any = Duty._meta.get_field("meetings")
    rows = reference.related_model.objects.filter(duty=OuterRef("pk"), state=BOOKED)
    return Exists(rows)


def last_late_day(on: date) -> date:
    """The day on which what falls due on the last of ten working days would be late."""
    first = working_days_after(on - timedelta(1), 1)
    return working_days_after(first, DAYS_AHEAD)


def tallied(rows: Iterable[tuple[Any, ...]], *, on: date) -> tuple[Tally, ...]:
    """The groups that a list counted by day has."""
    found: Counter[tuple[Group, date, bool]] = Counter()
    above: Counter[tuple[Group, date, bool]] = Counter()
    for late_from, is_soon, booked, count, edge in rows:
        group = group_of(late_from, is_soon=is_soon, on=on)
        if group:
            found[group, late_from, booked] += count
            above[group, late_from, booked] += edge
    return tuple(Tally(*key, count, above[key]) for key, count in found.items())


def group_of(late_from: date, *, is_soon: bool | None, on: date) -> Group | None:
    """The group of `group_condition`; a duty that is to come has a day to be due soon from."""
    if late_from <= on:
        return Group.LATE
    if is_soon is None:
        return None
    return Group.SOON if is_soon else Group.COMING
