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
from django.db.models import Q
from django.utils.translation import gettext_noop
from psycopg2.errors import DeadlockDetected, LockNotAvailable, SerializationFailure

from accounts.models import User
from meetings.models import Meeting, Participant, Room
from shared.refusals import Refused
from shared.written import clock_text

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
    "one_active_booking_a_duty": gettext_noop(
        "This duty already has a booked interview. Move that one instead."
    ),
}


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
        raise Refused(_busy())

    return tried


def _refusal(error: IntegrityError | OperationalError) -> Refused:
    """What the database forbade, in words; an error of another kind goes on as it came."""
    if isinstance(error.__cause__, LockNotAvailable):
        return Refused(_busy())
    diagnosis = getattr(error.__cause__, "diag", None)
    said = REFUSALS.get(getattr(diagnosis, "constraint_name", None) or "")
    if said is None:
        raise error
    return Refused(said)


def _busy() -> str:
    return gettext_noop("Many are booking at this moment. Wait a little, and try again.")


def lock_seats(seats: Seats) -> None:
    """Wait for everybody else who is booking one of these people or the room; up to 3 seconds."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '3s'")
        for kind, key in seats.locks():
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [kind, key % 2**31])


def check_free(
    seats: Seats, starts_at: datetime, ends_at: datetime, *, apart_from: Meeting | None = None
) -> None:
    """Refuse when one of the seats is taken, and say which."""
    taken = (
        Participant.objects.filter(is_busy=True, starts_at__lt=ends_at, ends_at__gt=starts_at)
        .filter(Q(citizen=seats.citizen) | Q(worker__in=seats.workers) | Q(room=seats.room or 0))
        .exclude(meeting=apart_from.pk if apart_from else None)
        .select_related("worker", "room")
        .order_by("citizen", "worker", "pk")
        .first()
    )
    if taken:
        raise _who_is_taken(taken)


def _who_is_taken(taken: Participant) -> Refused:
    """Who is where and when; never in whose interview."""
    times = {"from": clock_text(taken.starts_at), "to": clock_text(taken.ends_at)}
    if taken.worker:
        said = gettext_noop(
            "%(worker)s is in another interview from %(from)s to %(to)s."
            " Choose another time or another worker."
        )
        return Refused(said, worker=str(taken.worker), **times)
    if taken.room:
        said = gettext_noop(
            "%(room)s is taken from %(from)s to %(to)s. Choose another time or another room."
        )
        return Refused(said, room=str(taken.room), **times)
    said = gettext_noop(
        "The citizen has another interview from %(from)s to %(to)s. Choose another time."
    )
    return Refused(said, **times)
