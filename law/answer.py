"""What the law answers with: every date, its reason, and who holds the course."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from law.periods import Period
from law.vocabulary import AbsenceKind, Basis, MeetingKind, Outcome, Party, Regime, State
from law.words import Sentence

STATE_OF = {outcome: State(outcome.value) for outcome in Outcome if outcome is not Outcome.PENDING}


@dataclass(frozen=True, slots=True)
class Clock:
    """The unemployment clock at the end of the day that was asked about."""

    hours: Decimal
    weekdays: int
    months: Decimal
    reported_to: str | None
    running: bool
    paused_by: AbsenceKind | str | None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition of an agreement, and whether it is fulfilled."""

    name: str
    ok: bool
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whether an agreement takes the member in, with every criterion it asks."""

    yes: bool
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who holds the course over a half-open run of days; open while `ends_on` is None."""

    party: Party
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Handover:
    """The last day at the a-kasse, by which rule, and whether unreported hours were used."""

    on: date
    rule: str
    forecast: bool


@dataclass(frozen=True, slots=True)
class Duty:
    """One meeting that someone owes: its days, why, and what became of it.

    Nothing here depends on the day it is asked on; `state_on` does. `exempt` is the run of
    days on which it is suspended, `late_from` the first day on which it is overdue while it
    has not been met.
    """

    rule: str
    kind: MeetingKind
    ordinal: int
    responsible: Party
    with_party: Party | None
    opens_on: date | None
    due_on: date | None
    latest_on: date | None
    basis: Basis
    outcome: Outcome
    exempt: Period | None
    late_from: date | None
    met_on: date | None
    because: Sentence
    notes: tuple[Sentence, ...]
    certain: bool

    def state_on(self, day: date) -> State:
        """How the duty stands on a day."""
        if self.outcome is not Outcome.PENDING:
            return STATE_OF[self.outcome]
        if self.exempt is not None and day in self.exempt:
            return State.SUSPENDED
        if self.late_from is not None and day >= self.late_from:
            return State.OVERDUE
        return State.OPEN


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer for one course."""

    as_of: date
    regime: Regime
    clock: Clock
    eligible: Eligibility | None
    responsible: tuple[Responsible, ...]
    handover: Handover | None
    duties: tuple[Duty, ...]
