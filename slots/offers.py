"""The times that a jobcentre offers in a window, and which of them a course could have at all."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from courses.models import Course, Duty, MeetingForm, MeetingKind
from meetings.obstacles import Code, Obstacle, Who
from partnerships.models import Organisation
from shared.dates import SATURDAY, start_of, working_days_between
from slots.found import Spot
from slots.models import Hold, Pool, Slot, SlotBooking, SlotQuerySet
from slots.wishes import Wishes
from staffing.openings import day_of

HORIZON_DAYS = 60
INTERPRETER_WORKING_DAYS = 3  # assumed: what it takes to order one
DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Window:
    """The days in which an interview may lie, both included; none when `last` lies before."""

    first: date
    last: date
    is_late: bool = False

    @property
    def days(self) -> list[date]:
        """The weekdays of the window."""
        found = (self.first + DAY * n for n in range((self.last - self.first).days + 1))
        return [day for day in found if day.weekday() < SATURDAY]

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The window from its first moment to the one after its last."""
        return start_of(self.first), start_of(self.last + DAY)


def window_of(course: Course, duty: Duty | None, wishes: Wishes, *, on: date) -> Window:
    """Where a duty may be met: never in the past, and in 60 days when it is late or has no day."""
    earliest = on if wishes.same_day else on + DAY
    first = max(earliest, course.starts_on, (duty and duty.opens_on) or earliest)
    last = (duty.latest_on or duty.due_on) if duty else None
    is_late = last is not None and last < first
    if last is None or is_late:
        last = first + timedelta(HORIZON_DAYS)
    if course.ends_on:
        last = min(last, course.ends_on - DAY)
    return Window(first, last, is_late)


@dataclass(frozen=True, slots=True)
class Offer:
    """A time that is offered, the day it lies on, and what is in the way whoever comes.

    The slot itself is read only where nothing is.
    """

    spot: Spot
    day: date
    obstacles: tuple[Obstacle, ...] = ()
    is_used: bool = False  # the a-kasse has somebody there already
    row: Slot | None = None

    @property
    def slot(self) -> Slot:
        """The slot of a time that nothing is in the way of so far."""
        if self.row is None:
            raise ValueError(f"slot {self.spot.pk} cannot be had")
        return self.row


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom, when and how a time is searched."""

    course: Course
    duty: Duty | None
    user: User | None
    wishes: Wishes
    window: Window
    on: date
    at: datetime

    @property
    def kind(self) -> str:
        """The kind of interview."""
        return self.duty.kind if self.duty else MeetingKind.JOINT

    @property
    def jobcentres(self) -> list[int]:
        """The course's jobcentre, and the one it merged into."""
        return houses(self.course.jobcentre)

    @property
    def a_kasser(self) -> list[int]:
        """The course's a-kasse, and the one it merged into."""
        return houses(self.course.a_kasse)

    @property
    def hosts(self) -> list[User]:
        """Who holds it where nobody stands ready: the course's caseworker, else who asks."""
        near = (self.course.caseworker, self.user)
        return list({one.pk: one for one in near if one}.values())

    @property
    def is_joint(self) -> bool:
        """Whether somebody of the a-kasse comes too."""
        return bool(self.duty.with_party) if self.duty else True


def houses(organisation: Organisation) -> list[int]:
    """An organisation, and the one it merged into."""
    return [key for key in (organisation.pk, organisation.successor_id) if key]


def offers(asked: Asked) -> list[Offer]:
    """The times of the window in order, in two queries: what is in the way, then the others."""
    found = list(_compared(asked))
    rows = Slot.objects.select_related("pool", "room", "worker", "guest")
    slots = rows.in_bulk([one.spot.pk for one in found if not one.obstacles])
    return [
        replace(one, row=slots[one.spot.pk]) if one.spot.pk in slots else one
        for one in found
        if one.obstacles or one.spot.pk in slots
    ]


def _compared(asked: Asked) -> Iterator[Offer]:
    """What is in the way of each time whoever comes; most cannot be had, and make no slot."""
    a_kasser = asked.a_kasser
    days: dict[datetime, tuple[date, tuple[Obstacle, ...]]] = {}
    for row in _rows(asked):
        if row.starts_at not in days:
            day = day_of(row.starts_at)
            days[row.starts_at] = (day, tuple(_of_days(day, asked)))
        day, of_day = days[row.starts_at]
        said = (*_of_seats(row), *_of_owners(row), *of_day)
        spot = Spot(row.pk, row.starts_at, row.room__name or row.place)
        yield Offer(spot, day, said, row.taken > 0 and row.a_kasse in a_kasser)


def _rows(asked: Asked) -> QuerySet[Slot, Any]:
    """The times with the seats that are booked, what is held for others, and whether one may."""
    booked = SlotBooking.objects.filter(slot=OuterRef("pk"), is_live=True).order_by()
    taken = booked.values("slot").annotate(count=Count("pk")).values("count")
    held = Hold.objects.filter(slot=OuterRef("pk"), until__gt=asked.at)
    own = (_offered(asked).usable_by(one).order_by().values("pk") for one in asked.a_kasser)
    is_usable = reduce(or_, (Q(pk__in=keys) for keys in own))
    rows = _offered(asked).annotate(
        taken=Coalesce(Subquery(taken), 0),
        held=ArraySubquery(held.exclude(course=asked.course).order_by().values("until")),
        is_usable=Case(When(is_usable, then=True), default=False),
    )
    return rows.order_by("starts_at", "pk").values_list(
        *("pk", "starts_at", "seats", "place", "a_kasse", "room__name", "pool__model"),
        *("taken", "held", "is_usable"),
        named=True,
    )


def _offered(asked: Asked) -> SlotQuerySet:
    rows = Slot.objects.visible_to(asked.user) if asked.user else Slot.objects.all()
    return (
        rows.open()
        .filter(
            jobcentre__in=asked.jobcentres,
            pool__is_published=True,
            pool__kind=asked.kind,
        )
        .filter(Q(room=None) | Q(room__is_active=True))
        .exclude(pool__purpose=Pool.Purpose.TALKS)
        .exclude(form=MeetingForm.IN_PERSON, room=None, place="")
        .between(*asked.window.moments)
    )


def _of_seats(row: Any) -> Iterator[Obstacle]:  # noqa: ANN401 (a row of `_rows`)
    if row.taken >= row.seats:
        yield Obstacle(Code.ALL_TAKEN, Who.SLOT, row.pk)
    elif row.taken + len(row.held) >= row.seats:
        yield Obstacle(Code.HELD, Who.SLOT, row.pk, until=min(row.held))


def _of_owners(row: Any) -> Iterator[Obstacle]:  # noqa: ANN401 (a row of `_rows`)
    """Why a time is not the a-kasse's to use."""
    if not row.is_usable:
        is_waiting = row.a_kasse is None and row.pool__model == Pool.Model.CLAIMED
        yield Obstacle(Code.UNRESERVED if is_waiting else Code.RESERVED, Who.SLOT, row.pk)


def _of_days(day: date, asked: Asked) -> Iterator[Obstacle]:
    wishes = asked.wishes
    if wishes.not_before and day < wishes.not_before:
        yield Obstacle(
            Code.BEFORE_WINDOW, Who.CITIZEN, asked.course.citizen_id, start_of(wishes.not_before)
        )
    if (
        wishes.interpreter
        and not wishes.language
        and working_days_between(asked.on, day) < INTERPRETER_WORKING_DAYS
    ):
        yield Obstacle(Code.TOO_SOON, Who.CITIZEN, asked.course.citizen_id)


def next_after(asked: Asked) -> Offer | None:
    """The first usable time after a window in which there is none, if one lies near."""
    first = asked.window.last + DAY
    later = Asked(
        asked.course,
        asked.duty,
        asked.user,
        asked.wishes,
        Window(first, first + timedelta(HORIZON_DAYS)),
        asked.on,
        asked.at,
    )
    if asked.course.ends_on and first >= asked.course.ends_on:
        return None
    usable = next((one for one in _compared(later) if not one.obstacles), None)
    if usable is None:
        return None
    last = timezone.localtime(start_of(asked.window.last))
    said = Obstacle(Code.AFTER_DEADLINE, Who.DAY, since=last)
    return Offer(usable.spot, usable.day, (said,))
