"""One place at a time: locks taken first, the database's constraints behind, and words for both.

Two bookings that overlap would wait for each other inside an exclusion constraint until the
database kills one (measured in a race of 200 clients). So everybody who books takes one advisory
lock for each person and room first, in sorted order, and then looks whether the time is free.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop
from psycopg2.errors import DeadlockDetected, LockNotAvailable, SerializationFailure

from accounts.models import User
from meetings.availability import Availability
from meetings.models import Meeting, Room
from meetings.obstacle_words import refusal
from meetings.obstacles import Who
from shared.refusals import Refused

P = ParamSpec("P")
R = TypeVar("R")

TRIES = 3
PASSING = (DeadlockDetected, SerializationFailure)
REFUSALS = {
    "a_citizen_is_in_one_interview_at_a_time": gettext_noop(
        "The citizen has another interview at this time. Choose another time."
    ),
    "a_worker_is_in_one_interview_at_a_time": gettext_noop(
        "The worker has another interview at this time. Choose another time or another worker."
    ),
    "a_room_holds_one_interview_at_a_time": gettext_noop(
        "The room is taken at this time. Choose another time or another room."
    ),
    "a_seat_is_taken_once": gettext_noop("This time has just been taken. Choose another."),
    "a_withdrawn_slot_is_not_booked": gettext_noop(
        "This time has just been withdrawn. Choose another."
    ),
    "a_booking_is_at_its_slots_time": gettext_noop(
        "This time has just been moved. Choose it again from the calendar."
    ),
    "a_booking_is_of_its_slots_parties": gettext_noop(
        "This time is reserved for another a-kasse. Choose another."
    ),
    "a_slot_has_so_many_seats": gettext_noop("All seats of this time are taken. Choose another."),
    "a_slot_in_use_stays_as_it_is": gettext_noop(
        "Somebody is booked into this time. Move or cancel the interview first."
    ),
    "a_room_is_in_one_slot_at_a_time": gettext_noop(
        "The room has another published time then. Choose another time or another room."
    ),
    "a_worker_is_in_one_slot_at_a_time": gettext_noop(
        "The worker has another published time then. Choose another time or another worker."
    ),
    "a_guest_is_in_one_slot_at_a_time": gettext_noop(
        "The a-kasse's colleague has another published time then. Choose another."
    ),
    "a_group_meeting_has_so_many_seats": gettext_noop(
        "All seats of the meeting are taken. Use the waiting list."
    ),
    "a_group_seat_is_taken_once": gettext_noop(
        "The seat has just been taken. Try again; without a seat the citizen waits in the list."
    ),
    "a_slot_is_reserved_once_at_a_time": gettext_noop(
        "This time has just been reserved. Choose another."
    ),
    "one_active_booking_a_duty": gettext_noop(
        "This duty already has a booked interview. Move that one instead."
    ),
}
# Of these, those that another time does not help against.
NOT_OF_THE_TIME = {"one_active_booking_a_duty", "a_slot_in_use_stays_as_it_is"}


SAID_FIRST = [Who.CITIZEN, Who.WORKER, Who.ROOM]


class TimeTaken(Refused):
    """The person, room, seat or time is no longer to be had; another time may be."""


class Lock(IntEnum):
    """The first half of an advisory lock's key, so that room 7 is not worker 7."""

    CITIZEN = 71_001
    WORKER = 71_002
    ROOM = 71_003


@dataclass(frozen=True, slots=True)
class Seats:
    """The keys of the citizen, the workers and the room that an interview keeps busy."""

    citizen: int
    workers: frozenset[int] = frozenset()
    room: int | None = None

    @classmethod
    def of(cls, citizen: int, workers: Iterable[User | None], room: Room | None = None) -> "Seats":
        """The seats of people and rooms as the models have them."""
        return cls(citizen, frozenset(one.pk for one in workers if one), room.pk if room else None)

    @classmethod
    def taken_by(cls, meeting: Meeting) -> "Seats":
        """The seats that an interview takes now."""
        rows = list(meeting.participants.all())
        return cls(
            citizen=meeting.course.citizen_id,
            workers=frozenset(row.worker_id for row in rows if row.worker_id),
            room=next((row.room_id for row in rows if row.room_id), None),
        )

    def locks(self) -> list[tuple[Lock, int]]:
        """The locks in the one order in which everybody takes them."""
        rooms = [] if self.room is None else [(Lock.ROOM, self.room)]
        workers = [(Lock.WORKER, key) for key in self.workers]
        return sorted([(Lock.CITIZEN, self.citizen), *workers, *rooms])

    def __or__(self, other: "Seats") -> "Seats":
        """These seats, and the others' workers."""
        return Seats(self.citizen, self.workers | other.workers, self.room)


def seated(act: Callable[P, R]) -> Callable[P, R]:
    """Run an act in one transaction; try again after a deadlock, and say what is taken."""

    @wraps(act)
    def tried(*args: P.args, **kwargs: P.kwargs) -> R:
        for _attempt in range(TRIES):
            try:
                with transaction.atomic():
                    return act(*args, **kwargs)
            except (IntegrityError, OperationalError) as error:
                if not isinstance(error.__cause__, PASSING):
                    raise _refusal(error) from error
        raise TimeTaken(_busy())

    return tried


def _refusal(error: IntegrityError | OperationalError) -> Refused:
    """What the database forbade, in words; an error of another kind goes on as it came."""
    if isinstance(error.__cause__, LockNotAvailable):
        return TimeTaken(_busy())
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None) or ""
    if name not in REFUSALS:
        raise error
    return (Refused if name in NOT_OF_THE_TIME else TimeTaken)(REFUSALS[name])


def _busy() -> str:
    return gettext_noop("Many are booking at this moment. Wait a little, and try again.")


def lock_seats(seats: Seats) -> None:
    """Wait for everybody else who is booking one of these people or the room; up to 3 seconds."""
    lock_all(seats.locks())


def lock_all(locks: Iterable[tuple[Lock, int]]) -> None:
    """Wait for everybody who is booking one of several people or rooms, in the one order.

    The locks are statements of their own, one after the other, that go to the database at once.
    """
    keys = [part for kind, key in sorted(set(locks)) for part in (int(kind), key % 2**31)]
    each = "SELECT pg_advisory_xact_lock(%s, %s)"
    with connection.cursor() as cursor:
        cursor.execute(
            "; ".join(["SET LOCAL lock_timeout = '3s'", *[each] * (len(keys) // 2)]), keys
        )


def check_free(
    seats: Seats, starts_at: datetime, ends_at: datetime, *, apart_from: Meeting | None = None
) -> None:
    """Refuse when one of the seats is taken, and say which."""
    workers = sorted(seats.workers)
    availability = Availability.of_seats(
        first=timezone.localdate(starts_at),
        last=timezone.localdate(ends_at),
        workers=workers,
        rooms=[seats.room] if seats.room else [],
        citizens=[seats.citizen],
        apart_from=apart_from,
    )
    taken = availability.obstacles(
        starts_at, ends_at, workers=workers, room=seats.room, citizen=seats.citizen
    )
    if taken:
        said, values = refusal(min(taken, key=lambda one: SAID_FIRST.index(one.who)))
        raise TimeTaken(said, **values)
