"""Many clients who book the same slots at once, also while the slots themselves change.

Shared by the test (a short race) and the benchmark (200 clients, 50 slots, 20 rounds).
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle

from django.db import connection

from accounts.models import User
from courses.models import Course, Party
from meetings.actions import cancel
from meetings.models import Meeting
from partnerships.models import Role
from shared.refusals import Refused
from slots.actions.booking import move_to_slot
from slots.actions.pools import move_slot, withdraw_slot
from slots.actions.reserving import give_back, reserve
from slots.models import Slot, SlotBooking
from tests.factories import RoomFactory, UserFactory
from tests.meetings.conftest import NOW, TEN
from tests.slots.conftest import Place

LANES = 10
Act = Callable[[], object]
OVERLAPS = """
SELECT count(*) FROM meetings_participant a JOIN meetings_participant b ON a.id < b.id
    AND a.is_busy AND b.is_busy AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
    AND (a.citizen_id = b.citizen_id OR a.worker_id = b.worker_id OR a.room_id = b.room_id)
"""


def deadlocks() -> int:
    """How many deadlocks the database has counted so far; those of ended connections."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


def overlaps() -> int:
    """Pairs of interviews that one person, worker or room is in at once."""
    with connection.cursor() as cursor:
        cursor.execute(OVERLAPS)
        return int(cursor.fetchone()[0])


def together(acts: Sequence[Act], connections: int) -> list[object]:
    """Each act's result, refusal or error; so many at a time, the first ones at one moment."""
    width = min(connections, len(acts))
    barrier, first = threading.Barrier(width), threading.local()

    def one(act: Act) -> object:
        try:
            if not hasattr(first, "waited"):
                first.waited = True
                barrier.wait(timeout=60)
            return act()
        except Exception as error:  # noqa: BLE001 (a race that dies of one error says nothing of the others)
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(width) as pool:
        return list(pool.map(one, acts))


@dataclass
class Race:
    """Slots in ten lanes, each with a worker and a room of its own, and citizens who want them."""

    place: Place
    lanes: list[dict[str, object]] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)
    coordinator: User = field(init=False)
    a_kasse_coordinator: User = field(init=False)

    def prepare(self, clients: int) -> None:
        """Workers and rooms of the lanes, and as many citizens as there are clients."""
        world = self.place.world
        self.coordinator = UserFactory(role=Role.BOOKING_COORDINATOR, organisation=world.jobcentre)
        self.a_kasse_coordinator = UserFactory(
            role=Role.COORDINATOR, organisation=world.course.a_kasse
        )
        self.lanes = [
            {
                "worker": UserFactory(role=Role.CASEWORKER, organisation=world.jobcentre),
                "room": RoomFactory(organisation=world.jobcentre),
            }
            for _ in range(LANES)
        ]
        self.courses = [self.place.course() for _ in range(clients)]
        for course in self.courses:
            self.place.joint(course)

    def a_first_one(self) -> tuple[Slot, Course]:
        """A slot and a citizen apart from the race."""
        return self.place.slot(TEN - timedelta(days=1)), self.place.course()

    def clear(self) -> None:
        """End every booking, so that the citizens owe their interviews again."""
        Meeting.objects.booked().update(
            state="cancelled", cancelled_by="jobcentre", cancel_reason="The round is over."
        )

    def slots(self, count: int, *, day: int = 0) -> list[Slot]:
        """Free slots, hour after hour in each lane, from a day on."""
        begins = TEN + timedelta(days=day)
        return [
            self.place.slot(begins + timedelta(hours=number // LANES), **self.lanes[number % LANES])
            for number in range(count)
        ]

    def wanting(self, slots: Sequence[Slot]) -> list[Act]:
        """Every citizen wants a slot; the first of each slot come before the second."""
        wanted = zip(self.courses, cycle(slots), strict=False)
        return [
            lambda course=course, slot=slot: self.place.book(slot, course)
            for course, slot in wanted
        ]

    def disturbing(self, slots: Sequence[Slot], spare: Sequence[Slot]) -> list[Act]:
        """A fifth of the slots each: withdrawn, moved, released; booked ones cancelled, moved."""
        by, later = self.coordinator, timedelta(minutes=10)
        kinds: list[Callable[[int, Slot], Act]] = [
            lambda _n, slot: lambda: withdraw_slot(slot, by=by, at=NOW),
            lambda _n, slot: (
                lambda: move_slot(slot, slot.starts_at + later, room=slot.room, by=by, at=NOW)
            ),
            lambda _n, slot: self._given_back(slot),
            lambda _n, slot: self._cancelled(slot),
            lambda n, slot: self._moved(slot, spare[n // 5]),
        ]
        return [kinds[number % 5](number, slot) for number, slot in enumerate(slots)]

    def _given_back(self, slot: Slot) -> Act:
        """A reserved slot that is given back."""
        by = self.a_kasse_coordinator
        reserve(slot, self.place.world.course.a_kasse, by=by, at=NOW)
        return lambda: give_back(slot, by=by, at=NOW)

    def _cancelled(self, slot: Slot) -> Act:
        meeting = self.place.book(slot, self.place.course())
        return lambda: cancel(
            meeting,
            cancelled_by=Party.JOBCENTRE,
            reason="Ill.",
            by=self.place.caseworker,
            at=NOW,
        )

    def _moved(self, slot: Slot, spare: Slot) -> Act:
        meeting = self.place.book(slot, self.place.course())
        return lambda: move_to_slot(meeting, spare, by=self.place.caseworker, at=NOW)


@dataclass(frozen=True)
class Outcome:
    """What a round came to."""

    won: list[Meeting]
    lost: Counter[str]
    errors: list[BaseException]

    @classmethod
    def of(cls, results: Sequence[object]) -> "Outcome":
        return cls(
            [one for one in results if isinstance(one, Meeting)],
            Counter(str(one) for one in results if isinstance(one, Refused)),
            [
                one
                for one in results
                if isinstance(one, BaseException) and not isinstance(one, Refused)
            ],
        )


def live(slots: Sequence[Slot]) -> Counter[int]:
    """How many sit in each slot."""
    rows = SlotBooking.objects.filter(slot__in=slots, is_live=True)
    return Counter(rows.values_list("slot", flat=True))


def still_free(slots: Sequence[Slot]) -> Iterator[Slot]:
    """Slots that are open and have nobody."""
    taken = live(slots)
    rows = Slot.objects.open().filter(pk__in=[one.pk for one in slots])
    yield from (one for one in rows if one.pk not in taken)
