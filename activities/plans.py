"""What an activity is to be, before it is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from partnerships.models import Agreement, Organisation

COLUMNS = (
    "kind", "title", "host", "provider", "phase", "purpose", "target_group", "place",
    "starts_on", "ends_on", "seats", "price", "refers", "open_to_others", "mandatory",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ActivityPlan:
    """An activity as its host wants it; `ends_on` is the day after the last."""

    kind: str
    title: str
    host: Organisation
    agreements: Sequence[Agreement]
    starts_on: date
    ends_on: date
    phase: int = 1
    provider: Organisation | None = None
    purpose: str = ""
    target_group: str = ""
    place: str = ""
    seats: int | None = None
    price: Decimal | None = None
    refers: str = "both"
    open_to_others: bool = False
    mandatory: bool = False


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """When and where an activity gathers."""

    starts_at: datetime
    ends_at: datetime
    place: str = ""


@dataclass(frozen=True, slots=True)
class TemplateStep:
    """A step of an individual hand: what, whose, and how many days after the start."""

    what: str
    party: str
    after_days: int
