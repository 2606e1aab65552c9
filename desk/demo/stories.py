"""A story: what is told of one made-up member, before any of it becomes rows."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from courses.models import AbsenceKind, ChoiceKind, Insurance, MeetingKind, Party
from shared.dates import is_working_day

COPENHAGEN = "101"
AARHUS = "751"
CORRECTION = "correction: "


class Habit(StrEnum):
    """How the parties keep to the dates of a course."""

    STEADY = "steady"
    LAST_MINUTE = "last_minute"
    LATE = "late"
    NEGLECTED = "neglected"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Away:
    """Days away; half-open as everywhere."""

    kind: AbsenceKind
    starts_on: date
    ends_on: date | None = None
    hours: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice, by whom and on which day."""

    kind: ChoiceKind
    on: date
    by: Party = Party.CITIZEN
    rule: str = ""
    ordinal: int | None = None
    to: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """An interview that took place."""

    kind: MeetingKind
    on: date
    by: Party
    registered_type: int | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """One course of one member; `follows` names the story that the same person lived before."""

    title: str
    a_kasse: str
    registered_on: date
    municipality: str = COPENHAGEN
    placed_on: date | None = None
    member_from: date | None = None
    ended_on: date | None = None
    ended_reason: str = ""
    age: int = 41
    insured: Insurance = Insurance.FULL_TIME
    special_effort: bool = False
    graduate: bool = False
    benefit_ends_on: date | None = None
    occupation: str = ""
    skilled: bool | None = None
    away: tuple[Away, ...] = ()
    choices: tuple[Chosen, ...] = ()
    held: tuple[Held, ...] = ()
    habit: Habit = Habit.STEADY
    reports_hours: bool = False
    follows: str = ""
    person: dict[str, object] = field(default_factory=dict)

    @property
    def placed(self) -> date:
        """The day from which unemployment is counted."""
        return self.placed_on or self.registered_on


def working_day(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(1)
    return day


def ago(today: date, days: int) -> date:
    """A working day about so many days before today."""
    return working_day(today - timedelta(days))
