"""What a search for times found: proposals with reasons, and why the other times fell out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from accounts.models import User
from meetings.obstacle_words import Names, names_of, sentence
from meetings.obstacles import Obstacle, Who
from shared.written import clock_text
from slots.models import Slot


class Reason(StrEnum):
    """Why a time is proposed before others."""

    WISH = "wish"
    POOL_DAY = "pool-day"  # the colleague of the a-kasse is there that day: travel saved
    BOTH_FREE = "both-free"
    OWN_CASEWORKER = "own-caseworker"
    LATEST_SAFE = "latest-safe"
    EARLY = "early"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A free time with the people who would sit in it, and why it is proposed."""

    slot: Slot
    worker: User | None
    guest: User | None
    why: tuple[Reason, ...] = ()


class Spot(NamedTuple):
    """What is said of a slot that cannot be had; most are like that, so a row is not made of it."""

    pk: int
    starts_at: datetime
    place: str  # the room, or else what is written of the place


@dataclass(frozen=True, slots=True)
class Excluded:
    """A time that cannot be had, and all that is in its way; no slot where a day has none."""

    slot: Spot | None
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True, slots=True)
class DayExplained:
    """A day of the window: how many times are free, and why each of the others is not."""

    day: date
    free: int = 0
    excluded: tuple[Excluded, ...] = ()
    names: Names = field(default_factory=dict)

    @property
    def codes(self) -> list[str]:
        """The codes of the day, each once."""
        return list(dict.fromkeys(one.code.value for one in self.obstacles))

    @property
    def obstacles(self) -> list[Obstacle]:
        """All obstacles of the day."""
        return [obstacle for one in self.excluded for obstacle in one.obstacles]

    @property
    def reasons(self) -> list[str]:
        """Why times of the day are not free, each reason once."""
        firsts = (one.obstacles[0] for one in self.excluded if one.obstacles)
        return list(dict.fromkeys(sentence(one, self.names) for one in firsts))

    @property
    def sentences(self) -> list[str]:
        """One sentence for each time that is not free: its clock, and the first obstacle."""
        said = (self._of(one) for one in self.excluded if one.obstacles)
        return list(dict.fromkeys(said))

    def _of(self, excluded: Excluded) -> str:
        first, slot = excluded.obstacles[0], excluded.slot
        if slot is None:
            return sentence(first, self.names)
        clock = f"{clock_text(slot.starts_at)} {slot.place}".strip()
        return f"{clock}: {sentence(first, self.names, on=slot.starts_at)}"


@dataclass(frozen=True, slots=True)
class Found:
    """The answer of a search, between two days."""

    first: date
    last: date
    proposals: list[Proposal] = field(default_factory=list)
    free: list[Slot] = field(default_factory=list)
    days: list[DayExplained] = field(default_factory=list)
    is_late: bool = False

    @property
    def has_times(self) -> bool:
        """Whether there are any times at all, free or not."""
        return bool(self.free) or any(one.slot for day in self.days for one in day.excluded)

    @property
    def as_reasons(self) -> list[dict[str, object]]:
        """Day and codes of each day without a free time, as a case keeps them."""
        return [
            {"day": one.day.isoformat(), "codes": one.codes} for one in self.days if not one.free
        ]


def explained(
    days: Sequence[date],
    free: Mapping[date, int],
    excluded: Mapping[date, list[Excluded]],
    known: Names,
) -> list[DayExplained]:
    """The days with the names that their sentences need; what is not known is read at once."""
    named = _named(excluded.values())
    names = {**known, **names_of(one for one in named if (one.who, one.key) not in known)}
    return [
        DayExplained(day, free.get(day, 0), tuple(excluded.get(day, ())), names) for day in days
    ]


def _named(days: Iterable[list[Excluded]]) -> Iterable[Obstacle]:
    """The obstacles whose names stand in a sentence: the first of each time."""
    firsts = (one.obstacles[0] for day in days for one in day if one.obstacles)
    return (one for one in firsts if one.who in (Who.WORKER, Who.ROOM, Who.ORGANISATION))
