"""What searches for times read: once for all interviews that are searched together.

A search by itself is one of one. Rows are read for all windows at once, each search looks at those
of its own window, and who is free when is asked once: the answers are the same.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from courses.models import MeetingForm
from meetings.availability import Availability
from meetings.models import Room
from meetings.obstacles import Code, Obstacle, Who
from partnerships.models import Membership, Organisation, Role
from shared.dates import start_of, working_days_between
from slots.found import Spot
from slots.models import Hold, Pool, Slot, SlotBooking, SlotQuerySet
from slots.offers import HORIZON_DAYS, Asked, Offer, Scope, Window
from staffing.openings import day_of

INTERPRETER_WORKING_DAYS = 3  # assumed: what it takes to order one
AT_ONCE = 20  # colleagues whose days are read first; those of the others only if need be
DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Times:
    """The times offered to an a-kasse in order, with what is in the way of all who ask."""

    starts: Sequence[datetime]
    offers: list[Offer]
    held: dict[int, Any]  # rows of `_rows` that somebody holds: for whom it is, is free

    def between(self, window: Window) -> list[Offer]:
        """Those of a window."""
        first, end = window.moments
        return self.offers[bisect_left(self.starts, first) : bisect_left(self.starts, end)]

    def add_slots(self, slots: dict[int, Slot]) -> None:
        """Let those that can be had know their slots."""
        for place, one in enumerate(self.offers):
            if one.spot.pk in slots:
                self.offers[place] = replace(one, row=slots[one.spot.pk])


@dataclass(slots=True)
class Staff:
    """Of some people, who is free in which time: each is asked once."""

    availability: Availability
    known: dict[tuple[int, int, tuple[int, ...]], list[Obstacle]] = field(default_factory=dict)

    def obstacles(self, worker: int, offer: Offer, houses: Sequence[int]) -> list[Obstacle]:
        """What is in the way of a worker of these organisations in a time."""
        key = (worker, offer.spot.pk, tuple(houses))
        if key not in self.known:
            self.known[key] = self._obstacles(worker, offer, houses)
        return self.known[key]

    def _obstacles(self, worker: int, offer: Offer, houses: Sequence[int]) -> list[Obstacle]:
        if not self.availability.works_at(worker, houses, offer.day):
            return [Obstacle(Code.OFF_HOURS, Who.WORKER, worker)]
        slot = offer.slot
        return self.availability.obstacles(
            slot.starts_at, slot.ends_at, workers=[worker], slot=slot.pk
        )


class Reading:
    """What is read for some searches, each part when the first of them asks for it."""

    def __init__(self, together: Iterable[Asked]) -> None:
        self.together = [one for one in together if one.window.first <= one.window.last]
        self._times: dict[Scope, Times] = {}
        self._staff: dict[tuple[tuple[int, ...], bool], Staff] = {}

    def offers(self, asked: Asked) -> list[Offer]:
        """The times of a window in order; the slot is known where nothing is in the way."""
        self._slots  # noqa: B018 (read once, for all)
        return [one for one in self._compared(asked) if one.obstacles or one.row]

    def next_after(self, asked: Asked) -> Offer | None:
        """The first usable time after a window in which there is none, if one lies near."""
        later = _after(asked)
        if asked.course.ends_on and later.window.first >= asked.course.ends_on:
            return None
        usable = next((one for one in self._later._compared(later) if not one.obstacles), None)  # noqa: SLF001 (another of its own)
        if usable is None:
            return None
        last = timezone.localtime(start_of(asked.window.last))
        said = Obstacle(Code.AFTER_DEADLINE, Who.DAY, since=last)
        return Offer(usable.spot, usable.day, (said,))

    @cached_property
    def names(self) -> dict[tuple[Who, int], str]:
        """What everybody and all rooms are called for the sentences, which then read no more."""
        named: list[tuple[Who, User | Room | Organisation]] = []
        for slot in self._slots.values():
            named += [(Who.WORKER, one) for one in (slot.worker, slot.guest) if one]
            named += [(Who.ROOM, slot.room)] if slot.room else []
        for asked in self.together:
            named += [(Who.WORKER, one) for one in asked.near]
            named.append((Who.ORGANISATION, asked.course.jobcentre))
        return {(who, one.pk): str(one) for who, one in named}

    @cached_property
    def people(self) -> Staff:
        """Who stands in slots, and who is asked besides; rooms, citizens and closing days too.

        Of those alone who are asked besides their other slots are read: nobody is in two.
        """
        slots = self._slots.values()
        near = {one.pk for asked in self.together for one in asked.near}
        named = {one for slot in slots for one in (slot.worker_id, slot.guest_id) if one}
        availability = Availability.load(
            first=self._window.first,
            last=self._window.last,
            workers=named | near,
            rooms={slot.room_id for slot in slots if slot.room_id},
            citizens={one.course.citizen_id for one in self.together},
            organisations={key for one in self.together for key in one.jobcentres},
            with_slots=False,
            slots_of=near,
        )
        return Staff(availability)

    def colleagues(self, asked: Asked) -> list[User]:
        """The caseworkers of a jobcentre in a window, apart from those who are near anyhow."""
        tried = {one.pk for one in asked.hosts}
        first, last = asked.window.first, asked.window.last
        found = {
            row.user.pk: row.user
            for row in self._caseworkers
            if row.organisation_id in asked.jobcentres
            and row.starts_on <= last
            and (row.ends_on is None or row.ends_on > first)
            and row.user.pk not in tried
        }
        return list(found.values())

    def staff(self, asked: Asked, *, is_rest: bool) -> Staff:
        """Who is free of the first colleagues, or of all the rest."""
        key = (tuple(asked.jobcentres), is_rest)
        if key not in self._staff:
            part = slice(AT_ONCE, None) if is_rest else slice(AT_ONCE)
            alike = [one for one in self.together if one.jobcentres == asked.jobcentres]
            workers = {who.pk for one in alike for who in self.colleagues(one)[part]}
            window = _union(alike)
            self._staff[key] = Staff(
                Availability.load(first=window.first, last=window.last, workers=workers)
            )
        return self._staff[key]

    @cached_property
    def _window(self) -> Window:
        return _union(self.together)

    @cached_property
    def _later(self) -> "Reading":
        return Reading(_after(one) for one in self.together if not one.window.is_late)

    @cached_property
    def _caseworkers(self) -> list[Membership]:
        rows = Membership.objects.filter(
            Q(ends_on=None) | Q(ends_on__gt=self._window.first),
            organisation__in={key for one in self.together for key in one.jobcentres},
            role=Role.CASEWORKER,
            starts_on__lte=self._window.last,
            user__is_active=True,
        )
        return list(rows.select_related("user").order_by("user"))

    @cached_property
    def _slots(self) -> dict[int, Slot]:
        """The slots that can be had as far as is known, of all searches."""
        every = [self._times_of(one) for one in {one.scope: one for one in self.together}.values()]
        keys = {one.spot.pk for times in every for one in times.offers if not one.obstacles}
        slots = Slot.objects.select_related("pool", "room", "worker", "guest").in_bulk(keys)
        for times in every:
            times.add_slots(slots)
        return slots

    def _times_of(self, asked: Asked) -> Times:
        if asked.scope not in self._times:
            alike = [one for one in self.together if one.scope == asked.scope]
            rows = list(_rows(replace(asked, window=_union(alike))))
            self._times[asked.scope] = Times(
                [row.starts_at for row in rows],
                [_offer(row, asked) for row in rows],
                {row.pk: row for row in rows if row.held},
            )
        return self._times[asked.scope]

    def _compared(self, asked: Asked) -> Iterator[Offer]:
        """What is in the way of each time whoever comes; most cannot be had, and make no slot."""
        times = self._times_of(asked)
        has_days = bool(asked.wishes.not_before or asked.wishes.interpreter)
        for one in times.between(asked.window):
            row = times.held.get(one.spot.pk)
            said = (*_of_seats(row, asked), *_of_owners(row)) if row else one.obstacles
            of_day = tuple(_of_days(one.day, asked)) if has_days else ()
            yield replace(one, obstacles=(*said, *of_day)) if row or of_day else one


def _union(together: Sequence[Asked]) -> Window:
    return Window(
        min(one.window.first for one in together), max(one.window.last for one in together)
    )


def _after(asked: Asked) -> Asked:
    """The same search in the days after its window."""
    first = asked.window.last + DAY
    return replace(asked, window=Window(first, first + timedelta(HORIZON_DAYS)))


def _rows(asked: Asked) -> QuerySet[Slot, Any]:
    """The times with the seats that are booked, what is held for whom, and whether one may."""
    booked = SlotBooking.objects.filter(slot=OuterRef("pk"), is_live=True).order_by()
    taken = booked.values("slot").annotate(count=Count("pk")).values("count")
    held = Hold.objects.filter(slot=OuterRef("pk"), until__gt=asked.at).order_by("pk")
    own = (_offered(asked).usable_by(one).order_by().values("pk") for one in asked.a_kasser)
    is_usable = reduce(or_, (Q(pk__in=keys) for keys in own))
    rows = _offered(asked).annotate(
        taken=Coalesce(Subquery(taken), 0),
        held=ArraySubquery(held.values("until")),
        held_for=ArraySubquery(held.values("course")),
        is_usable=Case(When(is_usable, then=True), default=False),
    )
    return rows.order_by("starts_at", "pk").values_list(
        *("pk", "starts_at", "seats", "place", "a_kasse", "room__name", "pool__model"),
        *("taken", "held", "held_for", "is_usable"),
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


def _offer(row: Any, asked: Asked) -> Offer:  # noqa: ANN401 (a row of `_rows`)
    said = (*_of_seats(row), *_of_owners(row))
    spot = Spot(row.pk, row.starts_at, row.room__name or row.place)
    is_used = row.taken > 0 and row.a_kasse in asked.a_kasser
    return Offer(spot, day_of(row.starts_at), said, is_used)


def _of_seats(row: Any, asked: Asked | None = None) -> Iterator[Obstacle]:  # noqa: ANN401 (a row of `_rows`)
    """That all seats are booked, or held for others than the course that is asked for."""
    own = asked.course.pk if asked else None
    held = [until for until, of in zip(row.held, row.held_for, strict=True) if asked and of != own]
    if row.taken >= row.seats:
        yield Obstacle(Code.ALL_TAKEN, Who.SLOT, row.pk)
    elif row.taken + len(held) >= row.seats:
        yield Obstacle(Code.HELD, Who.SLOT, row.pk, until=min(held))


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
