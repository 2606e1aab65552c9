"""What the law has to be told before it can answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from law.uncertain import Parameters
from law.vocabulary import AbsenceKind, ChoiceKind, Insurance, MeetingKind, Party

Hours = Decimal | float
Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Absence:
    """A run of days on which someone is not plainly unemployed; half-open."""

    kind: AbsenceKind
    starts_on: date
    ends_on: date | None = None
    hours: Hours | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What someone decided on a day; `rule`, `ordinal` and `to` belong to a postponement."""

    kind: ChoiceKind
    on: date
    by: Party
    rule: str | None = None
    ordinal: int | None = None
    to: date | None = None


@dataclass(frozen=True, slots=True)
class EntryDecision:
    """That a person takes one member into the agreement, or keeps them out, from a day on."""

    takes_in: bool
    on: date
    by: Party


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """A meeting that took place, and the type it was registered as where that is known."""

    kind: MeetingKind
    held_on: date
    by: Party
    registered_type: int | None = None


@dataclass(frozen=True, slots=True)
class YoungGroup:
    """Young members of one a-kasse whom an agreement includes; both ages included."""

    a_kasse: str
    from_age: int
    to_age: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What the parties of an agreement settled; `in_force_to` is the first day without it.

    `stops_on` is the first day on which they no longer act on courses that run, where the parties
    chose at the end that these move at once; None while they stay under it.
    """

    in_force_from: date
    a_kasser: tuple[str, ...]
    municipalities: tuple[str, ...]
    in_force_to: date | None = None
    first_meetings_at_a_kasse: int = 2
    window_weeks: int = 26
    min_age: int = 30
    exclude_special_effort: bool = True
    young_groups: tuple[YoungGroup, ...] = ()
    first_joint_from: date | None = None
    free_municipality: bool = False
    due_soon_days: int = 5
    stops_on: date | None = None


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """Everything the law asks about one contact course.

    `ended_on` is the first day after the course. Hours reported by the a-kasse are
    keyed by (year, month). Meetings and choices are facts whatever day is asked about.
    """

    as_of: date
    born: date
    a_kasse: str
    municipality: str
    registered_on: date
    placed_on: date
    insured: Insurance = Insurance.FULL_TIME
    special_effort: bool = False
    ended_on: date | None = None
    ended_reason: str | None = None
    absences: tuple[Absence, ...] = ()
    reported_hours: Mapping[Month, Hours] = field(default_factory=dict)
    agreement: Terms | None = None
    choices: tuple[Choice, ...] = ()
    meetings: tuple[HeldMeeting, ...] = ()
    entries: tuple[EntryDecision, ...] = ()
    parameters: Parameters = field(default_factory=Parameters)
