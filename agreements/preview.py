"""How a course would run under terms: asked of the law alone, for a member who never was."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from law.acts import FIRST_DAY, act_for
from law.answer import Answer, Duty
from law.facts import CourseFacts, HeldMeeting, Terms
from law.timeline import answer
from law.uncertain import Parameters
from law.vocabulary import Outcome, Party, Regime

WEEK = 7
ADULT = 40  # a member whom no rule for the young touches
WITHIN_WEEKS = 54
WINDOW_RULE = "R09-10"  # the window ends the course in the a-kasse
MOST_ASKED = 14  # a course of a year asks for fewer interviews
OWED = (Outcome.PENDING, Outcome.MET, Outcome.LATE)

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Window:
    """An interview in the weeks of a course: from the first possible to the last timely one.

    `agreed` says that the agreement decides its days or who holds it.
    """

    rule: str
    ordinal: int
    kind: str
    party: str
    from_week: float
    to_week: float
    last_on: date
    agreed: bool

    @property
    def is_joint(self) -> bool:
        """Whether both parties are at the table."""
        return self.kind == "joint"


@dataclass(frozen=True, slots=True)
class Weeks:
    """A course without pauses that begins on a day, under the rules of that day."""

    regime: Regime
    starts_on: date
    windows: tuple[Window, ...]
    handover_week: float | None
    handover_rule: str
    taken_in: bool


def weeks_of(terms: Terms, *, starts_on: date, postpone_days: int = 14) -> Weeks:
    """The course of a member whom the terms take in, registered on a day; pure.

    Each interview is held on its last timely day, so that those that follow have a day too.
    """
    day = max(starts_on, FIRST_DAY)
    facts = _member(terms, day, postpone_days)
    said = _run(facts)
    without = {_key(one): one for one in _run(replace(facts, agreement=None)).duties}
    windows = [
        _window(one, without.get(_key(one)), day)
        for one in said.duties
        if one.outcome in OWED and one.due_on and (one.due_on - day).days < WITHIN_WEEKS * WEEK
    ]
    moves = _moves(said)
    rule = said.handover.rule if said.handover else WINDOW_RULE
    return Weeks(
        regime=act_for(day).regime,
        starts_on=day,
        windows=tuple(sorted(windows, key=lambda one: (one.to_week, one.from_week, one.ordinal))),
        handover_week=(moves - day).days / WEEK if moves else None,
        handover_rule=rule if moves else "",
        taken_in=bool(said.eligible and said.eligible.yes),
    )


def _member(terms: Terms, day: date, postpone_days: int) -> CourseFacts:
    """A member of an a-kasse and municipality of the agreement; of any, while it names none."""
    age = max(ADULT, terms.min_age)
    return CourseFacts(
        as_of=day,
        born=date(day.year - age, 1, 1),
        a_kasse=next(iter(terms.a_kasser), ""),
        municipality=next(iter(terms.municipalities), ""),
        registered_on=day,
        placed_on=day,
        agreement=replace(terms, in_force_from=min(day, terms.in_force_from)),
        parameters=Parameters(postpone_days=postpone_days),
    )


def _run(facts: CourseFacts) -> Answer:
    """The law's answer once each interview has been held on its last timely day."""
    held: tuple[HeldMeeting, ...] = ()
    ends = facts.registered_on + timedelta(weeks=WITHIN_WEEKS)
    for _ in range(MOST_ASKED):
        said = answer(replace(facts, as_of=ends, meetings=held))
        waiting = [
            one
            for one in said.duties
            if one.outcome is Outcome.PENDING and one.due_on and one.due_on < ends
        ]
        if not waiting:
            break
        first = min(waiting, key=lambda one: (one.due_on or ends, one.rule, one.ordinal))
        met = HeldMeeting(first.kind, first.due_on or ends, first.responsible)
        held = (*held, met)
    return said


def _key(duty: Duty) -> Key:
    return duty.rule, duty.ordinal


def _window(duty: Duty, without: Duty | None, day: date) -> Window:
    last = duty.due_on or day
    opens = min(max(duty.opens_on or day, day), last)
    agreed = without is None or (
        (duty.due_on, duty.responsible, duty.outcome)
        != (without.due_on, without.responsible, without.outcome)
    )
    return Window(
        rule=duty.rule,
        ordinal=duty.ordinal,
        kind=duty.kind.value,
        party=duty.responsible.value,
        from_week=(opens - day).days / WEEK,
        to_week=(last - day).days / WEEK,
        last_on=last,
        agreed=agreed,
    )


def _moves(said: Answer) -> date | None:
    """The last day in the a-kasse of a course that begins there."""
    if said.handover:
        return said.handover.on
    if len(said.responsible) > 1 and said.responsible[0].party is Party.A_KASSE:
        return said.responsible[0].ends_on
    return None
