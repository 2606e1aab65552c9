"""The times that a jobcentre offers in a window, and which of them a course could have at all."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from courses.models import Course, Duty, MeetingForm, MeetingKind
from meetings.models import Room
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
COLUMNS = [field.attname for field in Slot._meta.concrete_fields]


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

    The slot itself is made only where nothing is.
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
    """The times of the window in order; eight queries, however many there are."""
    rows = list(_offered(asked).order_by("starts_at", "pk").values_list(*COLUMNS, named=True))
    pools = Pool.objects.in_bulk({row.pool_id for row in rows})
    rooms = Room.objects.in_bulk({row.room_id for row in rows if row.room_id})
    usable, booked, held = _usable(asked), _booked(rows), _held(asked)
    a_kasser, found = asked.a_kasser, []
    names = {key: str(room) for key, room in rooms.items()}
    days: dict[datetime, tuple[date, tuple[Obstacle, ...]]] = {}
    for row in rows:
        if row.starts_at not in days:
            day = day_of(row.starts_at)
            days[row.starts_at] = (day, tuple(_of_days(day, asked)))
        day, of_day = days[row.starts_at]
        taken = booked[row.id]
        said = (
            *_of_seats(row, taken, held.get(row.id, ())),
            *(() if row.id in usable else _of_owners(row, pools[row.pool_id])),
            *of_day,
        )
        spot = Spot(row.id, row.starts_at, names.get(row.room_id) or row.place)
        is_used = taken > 0 and row.a_kasse_id in a_kasser
        slot = None if said else Slot.from_db(DEFAULT_DB_ALIAS, COLUMNS, row)
        found.append(Offer(spot, day, said, is_used, slot))
    _fill([offer.slot for offer in found if not offer.obstacles], pools, rooms)
    return found


def _fill(slots: Sequence[Slot], pools: Mapping[int, Pool], rooms: Mapping[int, Room]) -> None:
    """Put pools, rooms and workers into the slots: each is read once, unlike by a join."""
    keys = {key for slot in slots for key in (slot.worker_id, slot.guest_id) if key}
    people = User.objects.in_bulk(keys)
    for slot in slots:
        slot.pool = pools[slot.pool_id]
        slot.room = rooms[slot.room_id] if slot.room_id else None
        slot.worker = people[slot.worker_id] if slot.worker_id else None
        slot.guest = people[slot.guest_id] if slot.guest_id else None


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


def _usable(asked: Asked) -> set[int]:
    own = (_offered(asked).usable_by(key).values_list("pk", flat=True) for key in asked.a_kasser)
    return {key for keys in own for key in keys}


def _booked(rows: Sequence[Any]) -> Counter[int]:
    """How many seats are booked, by slot; by keys, because a join would read every booking."""
    booked = SlotBooking.objects.filter(is_live=True, slot__in=[row.id for row in rows])
    return Counter(booked.values_list("slot", flat=True))


def _held(asked: Asked) -> dict[int, list[datetime]]:
    """Until when seats are held for others, by slot."""
    found: dict[int, list[datetime]] = {}
    rows = Hold.objects.filter(slot__jobcentre__in=asked.jobcentres, until__gt=asked.at)
    rows = rows.exclude(course=asked.course)
    for slot, until in rows.values_list("slot", "until"):
        found.setdefault(slot, []).append(until)
    return found


def _of_seats(row: Any, taken: int, held: Sequence[datetime]) -> Iterator[Obstacle]:  # noqa: ANN401 (the columns of a slot)
    if taken >= row.seats:
        yield Obstacle(Code.ALL_TAKEN, Who.SLOT, row.id)
    elif taken + len(held) >= row.seats:
        yield Obstacle(Code.HELD, Who.SLOT, row.id, until=min(held))


def _of_owners(row: Any, pool: Pool) -> Iterator[Obstacle]:  # noqa: ANN401 (the columns of a slot)
    """Why a time is not the a-kasse's to use."""
    is_waiting = row.a_kasse_id is None and pool.model == Pool.Model.CLAIMED
    yield Obstacle(Code.UNRESERVED if is_waiting else Code.RESERVED, Who.SLOT, row.id)


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
    usable = sorted((one for one in offers(later) if not one.obstacles), key=attrgetter("day"))
    if not usable:
        return None
    last = timezone.localtime(start_of(asked.window.last))
    said = Obstacle(Code.AFTER_DEADLINE, Who.DAY, since=last)
    return Offer(usable[0].spot, usable[0].day, (said,))
