"""What keeps somebody, a room or a time from being booked."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Code(StrEnum):
    """Why a time cannot be had."""

    HOLIDAY = "holiday"
    CLOSED = "closed"
    OFF_HOURS = "off-hours"
    LEAVE = "leave"
    BUSY_ELSEWHERE = "busy-elsewhere"
    IN_INTERVIEW = "in-interview"
    IN_SLOT = "in-slot"
    ROOM_TAKEN = "room-taken"
    CITIZEN_BUSY = "citizen-busy"
    CITIZEN_AWAY = "citizen-away"
    TOO_SOON = "too-soon"
    BEFORE_WINDOW = "before-window"
    AFTER_DEADLINE = "after-deadline"
    NO_SLOTS = "no-slots"
    ALL_TAKEN = "all-taken"
    RESERVED = "reserved"  # by another a-kasse
    UNRESERVED = "unreserved"  # to be reserved by the citizen's a-kasse before it is booked
    HELD = "held"
    LACKS = "lacks-competence"
    NOBODY = "nobody-free"  # no worker of the jobcentre is


class Who(StrEnum):
    """Whom or what an obstacle concerns; its key is of this."""

    DAY = "day"
    ORGANISATION = "organisation"
    WORKER = "worker"
    ROOM = "room"
    CITIZEN = "citizen"
    SLOT = "slot"


HARD = frozenset({Code.IN_INTERVIEW, Code.ROOM_TAKEN, Code.CITIZEN_BUSY})


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing in the way of a time: why, whom it concerns, and from when until when."""

    code: Code
    who: Who
    key: int | None = None
    until: datetime | None = None
    since: datetime | None = None

    @property
    def is_hard(self) -> bool:
        """Whether the database forbids it; all else a worker may overrule knowingly."""
        return self.code in HARD
