"""What is owed soon, by group and by day: the list that both front pages show, and its counts.

The groups are late, due soon (within the working days that the agreement sets) and coming (four
weeks ahead). Inside a group the first to fall due stands first; a page goes on where the last one
ended (keyset), so that the hundredth page costs what the first one does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from accounts.models import User
from courses.models import Duty, DutyQuerySet, Party
from courses.worklist_filter import Cursor, Group, Owner, WorklistFilter

SIZE = 50
HORIZON_DAYS = 28
BOOKED, NO_SHOW = "booked", "no_show"  # states of interviews, which lie above courses


ORDER = {Group.LATE: "1", Group.SOON: "2", Group.COMING: "3"}
GROUPS = {order: group for group, order in ORDER.items()}


@dataclass(frozen=True, slots=True)
class Side:
    """The party whose list it is, and the organisations it reads for."""

    party: Party
    organisations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """One duty of the list with what stands beside it: its booking, the last no-show."""

    duty: Duty
    group: Group
    last_day: date
    booked_at: datetime | None
    booking_pk: int | None
    missed_at: datetime | None
    insured: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of the list, and where the next page begins."""

    rows: tuple[Listed, ...]
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many duties fall due on a day, in a group."""

    group: Group
    late_from: date
    booked: bool
    count: int


def listed(user: User, side: Side, chosen: WorklistFilter, *, on: date) -> DutyQuerySet:
    """The duties that a list may hold: visible, owed, not suspended, and as filtered."""
    own = "jobcentre" if side.party == Party.JOBCENTRE else "a_kasse"
    running = Q(course__ends_on=None) | Q(course__ends_on__gt=on)
    suspended = Q(exempt_from__lte=on) & (Q(exempt_to=None) | Q(exempt_to__gt=on))
    near = {f"{own}__in": side.organisations, "due_on__lte": on + timedelta(HORIZON_DAYS)}
    duties = Duty.objects.visible_to(user, on=on).pending().filter(running, **near)
    return _with_booking(duties.exclude(suspended)).filter(
        _owner(chosen.owner, user, side), _narrowed(chosen)
    )


def _with_booking(duties: DutyQuerySet) -> DutyQuerySet:
    """Duties with the time and the key of the one interview that is booked for each."""
    return duties.annotate(
        booking=FilteredRelation("meetings", condition=Q(meetings__state=BOOKED)),
        booked_at=F("booking__starts_at"),
        booking_pk=F("booking__pk"),
    )


def _owner(owner: Owner, user: User, side: Side) -> Q:
    if owner is Owner.MINE:
        return Q(course__caseworker=user.pk)
    if owner is Owner.TEAM:
        return Q(responsible=side.party) | Q(with_party=side.party)
    return Q()


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


def _group_order(on: date) -> Case:
    whens = [When(group_condition(group, on=on), then=Value(ORDER[group])) for group in Group]
    return Case(*whens, output_field=CharField())


def page_of(duties: DutyQuerySet, chosen: WorklistFilter, *, on: date) -> Page:
    """One page of a list: the keys first, because an index has them in order; then their rows."""
    parts = [_part(duties, group, chosen.start, on) for group in _groups(chosen)]
    keys = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    rows = _rows([one["pk"] for one in keys], on)
    return Page(tuple(rows[:SIZE]), _next(rows))


def _rows(keys: Sequence[int], on: date) -> list[Listed]:
    """The duties with these keys, which a door has let through, and what stands beside them."""
    missed = (
        Duty.objects.filter(pk=OuterRef("pk"), meetings__state=NO_SHOW)
        .order_by("-meetings__starts_at")
        .values("meetings__starts_at")[:1]
    )
    found: Iterable[Any] = (  # duties with columns that only the query knows
        _with_booking(Duty.objects.filter(pk__in=keys))
        .for_worklist()
        .select_related("course__municipality")
        .annotate(
            group=_group_order(on),
            missed=Subquery(missed),
            standing=FilteredRelation(
                "course__registrations", condition=Q(course__registrations__superseded_at=None)
            ),
            insured=F("standing__insured"),
        )
        .order_by("group", "due_on", "pk")[: SIZE + 1]
    )
    return [
        Listed(
            duty=one,
            group=GROUPS[one.group],
            last_day=one.late_from - timedelta(1),
            booked_at=one.booked_at,
            booking_pk=one.booking_pk,
            missed_at=one.missed,
            insured=one.insured or "",
        )
        for one in found
        if one.late_from
    ]


def _groups(chosen: WorklistFilter) -> list[Group]:
    """The groups a page may show: the chosen one or all, from the cursor's on."""
    groups = [chosen.group] if chosen.group else list(Group)
    if chosen.start is None:
        return groups
    return [one for one in groups if ORDER[one] >= ORDER[chosen.start.group]] or groups[-1:]


def _part(
    duties: DutyQuerySet, group: Group, start: Cursor | None, on: date
) -> QuerySet[Duty, Any]:
    """The keys of the first rows of a group, after the cursor where it lies in this group."""
    found = duties.filter(group_condition(group, on=on))
    if start and start.group is group:
        after = Q(due_on__gt=start.due_on) | Q(due_on=start.due_on, pk__gt=start.pk)
        found = found.filter(after)
    return found.order_by("due_on", "pk").values("pk")[: SIZE + 1]


def _next(rows: Sequence[Listed]) -> Cursor | None:
    """Where the next page begins, when there is one."""
    if len(rows) <= SIZE:
        return None
    last = rows[SIZE - 1]
    return Cursor(last.group, last.duty.due_on or last.last_day, last.duty.pk)


def tallies(duties: DutyQuerySet, *, on: date) -> tuple[Tally, ...]:
    """The whole list counted by group, day and whether it is booked: one query."""
    rows = (
        duties.annotate(
            group=_group_order(on),
            booked=ExpressionWrapper(Q(booked_at__isnull=False), BooleanField()),
        )
        .filter(group__isnull=False)
        .order_by()
        .values_list("group", "late_from", "booked")
        .annotate(count=Count("pk"))
    )
    return tuple(Tally(GROUPS[one], day, booked, n) for one, day, booked, n in rows)
