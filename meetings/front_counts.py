"""Everything that a front page counts beside its list, in one statement that is kept."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, DateTimeField, Func, Max, Min, Q, QuerySet, Sum, Value
from django.db.models.functions import TruncDay
from django.utils import timezone

from accounts.models import User
from courses.models import DutyQuerySet, MeetingKind, MemberFile, Party, Sweep
from courses.moved_dates import moved_since
from courses.worklist import Side, Tally, last_late_day, listed
from courses.worklist_filter import WorklistFilter
from meetings.capacity import HOLDING, Joint, Places, days_ahead, short_of_places, without_place
from meetings.models import Participant
from meetings.waiting import (
    MOST,
    handovers,
    handovers_of_ours,
    invitations,
    notifications,
    outcomes,
    stated,
)
from partnerships.kept_for_readers import KeptForReaders
from partnerships.models import Agreement, AgreementTerms, Membership
from partnerships.terms import DUE_SOON_DAYS
from shared.dates import start_of

ByDay = tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each wait and since when, when the data was last renewed, and the agreed days.

    `ours` of the answers are for the own side to give. `unbooked` is what falls due by last day;
    of it `joint` interviews are held in published times, the others in the side's own hours.
    """

    outcomes: int
    oldest_outcome: datetime | None
    answers: int
    ours: int
    handovers: int
    handed_ours: int
    moves: int
    swept_at: datetime | None
    imported: dict[int, datetime]
    soon_days: int
    places: Places
    unbooked: ByDay = ()
    joint: Joint = field(default_factory=Joint)

    def without_place(self, *, on: date) -> dict[date, int]:
        """How many find no place, by last day: of joint interviews a time, of others an hour."""
        own = Counter(dict(self.unbooked)) - Counter(self.joint.owed)
        found = Counter(short_of_places(own.items(), self.places, on=on))
        return dict(sorted((found + Counter(self.joint.short)).items()))

    @property
    def imported_at(self) -> datetime | None:
        """When a file was last taken in."""
        return max(self.imported.values(), default=None)


def unbooked(user: User, side: Side, *, on: date) -> DutyQuerySet:
    """What the own side takes part in, falls due in the next ten working days, and has no time."""
    return listed(user, side, WorklistFilter(booking="nej"), on=on).filter(
        late_from__gt=on, late_from__lte=last_late_day(on)
    )


def duties_without_place(user: User, side: Side, beside: Counts, *, on: date) -> list[int]:
    """The keys of the duties that find no place, in the order of their days."""
    own = Counter(dict(beside.unbooked)) - Counter(beside.joint.owed)
    short = short_of_places(own.items(), beside.places, on=on)
    found = list(beside.joint.nearest)
    if short:
        others = unbooked(user, side, on=on).exclude(kind=MeetingKind.JOINT)
        rows = others.order_by("late_from", "pk").values_list("pk", "late_from")
        last_days = [(pk, late - timedelta(1)) for pk, late in rows if late]
        days = dict(last_days)
        found += [(pk, days[pk]) for pk in without_place(last_days, short)]
    return [pk for pk, _last in sorted(found, key=lambda one: (one[1], one[0]))][:MOST]


def counts(user: User, side: Side, *, on: date, at: datetime) -> Counts:
    """Everything that is counted beside the deadlines, but for `unbooked`: one query."""
    rows: dict[str, list[tuple[int, datetime | None]]] = {}
    for what, number, moment in _beside.ask(
        user, on=on, party=side.party, organisations=side.organisations, at=at
    ):
        rows.setdefault(what, []).append((number or 0, moment))
    (outcome,) = rows["outcomes"]
    notified, asked, asked_us, told = (
        rows[one][0][0] for one in ("notified", "asked", "asked_us", "stated")
    )
    return Counts(
        outcomes=outcome[0],
        oldest_outcome=outcome[1],
        answers=notified + asked + told,
        ours=asked_us + told + (notified if side.party == Party.A_KASSE else 0),
        handovers=rows["handovers"][0][0],
        handed_ours=rows["handed_ours"][0][0],
        moves=rows["moves"][0][0],
        swept_at=rows["swept"][0][1],
        imported={pk: moment for pk, moment in rows.get("imported", []) if moment},
        soon_days=max(DUE_SOON_DAYS, rows["soon_days"][0][0]),
        places=Places(
            rows["places"][0][0],
            {timezone.localdate(day): n for n, day in rows.get("booked", []) if day},
        ),
    )


def unbooked_by_day(user: User, side: Side, *, on: date) -> ByDay:
    """How much of what `unbooked` holds falls due by each last day."""
    rows = _unbooked.ask(user, on=on, party=side.party, organisations=side.organisations)
    return tuple((late_from - timedelta(1), count) for late_from, count in rows)


def unbooked_among(duties: Iterable[Tally], *, on: date) -> ByDay:
    """The same, out of the own side's whole list, where it was counted."""
    last = last_late_day(on)
    found: Counter[date] = Counter()
    for one in duties:
        if not one.booked and on < one.late_from <= last:
            found[one.late_from - timedelta(1)] += one.count
    return tuple(found.items())


def _rows_beside(
    user: User, *, on: date, party: Party, organisations: tuple[int, ...], at: datetime
) -> QuerySet[Any, Any]:
    return _together(_parts(user, Side(party, organisations), on, at))


def _rows_unbooked(
    user: User, *, on: date, party: Party, organisations: tuple[int, ...]
) -> QuerySet[Any, Any]:
    duties = unbooked(user, Side(party, organisations), on=on).order_by()
    return duties.values_list("late_from").annotate(count=Count("pk"))


_beside = KeptForReaders(_rows_beside, reckons=True)
_unbooked = KeptForReaders(_rows_unbooked, reckons=True)


def _together(parts: Iterable[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    first, *others = parts
    return first.union(*others, all=True)


def _parts(user: User, side: Side, on: date, at: datetime) -> Iterator[QuerySet]:  # type: ignore[type-arg]  # each row is (word, number, moment)
    never = Value(None, output_field=DateTimeField())
    count = Count("pk")
    asked = invitations(user, side, at=at, on=on)
    for what, rows, number, moment in (
        ("outcomes", outcomes(user, side, at=at, on=on), count, Min("starts_at")),
        ("notified", notifications(user, side, on=on), count, never),
        ("asked", asked, count, never),
        ("asked_us", asked.exclude(held_by=side.party), count, never),
        ("stated", stated(user, side, at=at), count, never),
        ("handovers", handovers(user, side, on=on), count, never),
        ("handed_ours", handovers_of_ours(user, side, on=on), count, never),
        ("moves", moved_since(user, on=on), count, never),
        ("swept", Sweep.objects.all(), count, Max("finished_at")),
        ("soon_days", _terms(side, on), Max("due_soon_days"), never),
        ("places", _workers(side, on), Sum("organisation__interviews_a_day"), never),
    ):
        words = rows.order_by().values(what=Value(what))
        yield words.annotate(n=number, at=moment).values_list("what", "n", "at")
    yield _by_day("booked", _sittings(side, on), TruncDay("starts_at"))
    done = MemberFile.objects.filter(state=MemberFile.State.DONE)
    if side.party == Party.A_KASSE:
        done = done.filter(a_kasse__in=side.organisations)
    yield (
        done.order_by()
        .annotate(what=Value("imported"))
        .values("what", "a_kasse")
        .annotate(at=Max("finished_at"))
        .values_list("what", "a_kasse", "at")
    )


def _by_day(what: str, found: QuerySet[Any], day: Func) -> QuerySet[Any, Any]:
    """How many fall on each day."""
    by_day: QuerySet[Any, Any] = (
        found.order_by().annotate(what=Value(what), day=day).values("what", "day")
    )
    counted: QuerySet[Any, Any] = by_day.annotate(n=Count("pk"))
    return counted.values_list("what", "n", "day")


def _terms(side: Side, on: date) -> QuerySet[AgreementTerms]:
    """The terms in force of the agreements that the side is a party to."""
    return AgreementTerms.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on),
        starts_on__lte=on,
        agreement__state__in=Agreement.ACTING,
        agreement__parties__organisation__in=side.organisations,
    )


def _workers(side: Side, on: date) -> QuerySet[Membership]:
    """The people of the side who hold interviews."""
    return Membership.objects.standing(on=on).filter(
        role=HOLDING[side.party], organisation__in=side.organisations
    )


def _sittings(side: Side, on: date) -> QuerySet[Participant]:
    """The seats of the side in interviews of the next ten working days."""
    own = "a_kasse" if side.party == Party.A_KASSE else "jobcentre"
    days = days_ahead(on)
    return Participant.objects.filter(
        role=side.party,
        is_busy=True,
        starts_at__gte=start_of(days[0]),
        starts_at__lt=start_of(days[-1] + timedelta(1)),
        **{f"meeting__course__{own}__in": side.organisations},
    )
