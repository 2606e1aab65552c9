"""A duty while it is being worked out: its days first, then what became of it."""

from dataclasses import dataclass, field
from datetime import date

from law.absence import EVER, Run, run_around
from law.acts import RULES
from law.clocks import CountedWeeks, Limit, Unemployed
from law.course import Course
from law.periods import DAYS_IN_WEEK, sunday_of
from law.rules import Rule
from law.vocabulary import AbsenceKind, Basis, ChoiceKind, MeetingKind, Outcome, Party
from law.words import Sentence

BECAUSE = {rule.id: Sentence(rule.because) for rule in RULES.values()}
LESS_INTENSIVE_FROM = date(2020, 1, 1).toordinal()


@dataclass(slots=True)
class Draft:
    """One meeting that someone owes, in day numbers.

    `through` is the last timely day, `opens` the first day on which a meeting meets it;
    `waits_for_cv` lets the CV interview open it, from that day on at the earliest.
    From `closes` on it is no longer owed if it has not been met and was not late by then;
    it then becomes `closes_as`. From `replaced` on another act asks for something else: it
    goes from the answer if it was not due by then.
    """

    rule: Rule
    ordinal: int
    kind: MeetingKind
    responsible: Party
    with_party: Party | None
    basis: Basis
    because: Sentence
    opens: int | None
    due: int | None
    unmoved: int | None
    counts_from: int
    latest: int | None
    through: int | None
    exempt: Run | None = None
    closes: int | None = None
    closes_as: Outcome = Outcome.LAPSED
    replaced: int | None = None
    takes_joint: bool = False
    waits_for_cv: int | None = None
    met: int | None = None
    postponed: date | None = None
    questions: tuple[str, ...] = ()
    notes: list[Sentence] = field(default_factory=list)

    def close(self, day: int, outcome: Outcome) -> None:
        """Stop owing it on a day, unless it stopped before."""
        if self.closes is None or day < self.closes:
            self.closes, self.closes_as = day, outcome

    def closing_day(self) -> int | None:
        """The day it stops being owed, unless it was late before."""
        if self.closes is None or (self.through is not None and self.through < self.closes):
            return None
        return self.closes

    def replacing_day(self) -> int | None:
        """The day another act takes its place, unless it was due before."""
        if self.replaced is None or (self.due is not None and self.due < self.replaced):
            return None
        return self.replaced

    def is_closed(self, day: int) -> bool:
        """Whether it is no longer owed on a day."""
        closing, replacing = self.closing_day(), self.replacing_day()
        return (closing is not None and closing <= day) or (
            replacing is not None and replacing <= day
        )


def draft(  # noqa: PLR0913 (what differs between the rules)
    course: Course,
    rule: Rule,
    ordinal: int = 1,
    limit: Limit | None = None,
    *,
    kind: MeetingKind | None = None,
    responsible: Party | None = None,
    opens: int | None = None,
    because: Sentence | None = None,
) -> Draft:
    """The draft of one meeting under a rule, with its days and what exempts from them."""
    limit = limit or rule.due[min(ordinal, len(rule.due)) - 1]
    due = course.reached(limit)
    kind = kind or rule.kind
    found = Draft(
        rule,
        ordinal,
        kind,
        responsible or rule.responsible,
        rule.with_party if kind is MeetingKind.JOINT else None,
        limit.basis,
        because or BECAUSE[rule.id],
        _opening(course, rule) if opens is None else opens,
        due,
        _unmoved(course, limit),
        course.placed,
        due,
        due,
        questions=rule.questions,
    )
    _close_at_end(course, found)
    if due is not None and course.runs:
        _exempt(course, found, due)
    return found


def recurring(course: Course, rule: Rule, ordinal: int, week: int, opens: int) -> Draft:
    """The draft of a meeting that recurs so many counted weeks after a week."""
    limit = rule.due[0]
    if not isinstance(limit, CountedWeeks):
        raise TypeError(f"{rule.id} does not recur in weeks")
    due = course.clock.week_after(week, limit.weeks)
    found = Draft(
        rule,
        ordinal,
        rule.kind,
        rule.responsible,
        None,
        Basis.WEEKS,
        BECAUSE[rule.id],
        opens,
        due,
        sunday_of(week + limit.weeks),
        max((week + 1) * DAYS_IN_WEEK + 1, course.placed),
        due,
        due,
        questions=rule.questions,
    )
    _close_at_end(course, found)
    return found


def _opening(course: Course, rule: Rule) -> int | None:
    """The start of the course, or the day after the limit that must have been passed (C2)."""
    if rule.after is None:
        return course.start
    passed = course.reached(rule.after)
    return None if passed is None else passed + 1


def _unmoved(course: Course, limit: Limit) -> int | None:
    """The due day, had nothing stopped the clock; None for a calendar day, which never moves."""
    if isinstance(limit, Unemployed):
        return course.clock.unmoved(limit.hours(course.clock.measure))
    if isinstance(limit, CountedWeeks):
        return sunday_of(course.clock.week_before_start() + limit.weeks)
    return None


def _close_at_end(course: Course, found: Draft) -> None:
    if course.ended is not None:
        found.close(course.ended, Outcome.LAPSED)
    in_force = found.rule.in_force
    if in_force is None or in_force.ends_on is None or not course.crosses(in_force.ends_on):
        return
    # The day it is due decides, not the end of an exemption, which nobody may know yet.
    if found.due is None or found.due >= in_force.ends_on.toordinal():
        found.close(in_force.ends_on.toordinal(), Outcome.LAPSED)


def _exempt(course: Course, found: Draft, due: int) -> None:
    """Suspend a duty that falls due while nobody has to attend, and let it be caught up."""
    if found.kind is MeetingKind.SICKNESS:
        return
    if found.basis is not Basis.CALENDAR and not _less_intensive_on(course, due):
        return
    found.exempt = run_around(course.runs, due)
    if found.exempt is None:
        return
    ends = found.exempt[1]
    days = course.facts.parameters.catch_up_days
    found.latest = found.through = None if ends == EVER else ends - 1 + days
    found.questions = (*found.questions, "R20-11")


def _less_intensive_on(course: Course, day: int) -> bool:
    """A cumulative duty is passed by the clock only in an absence that lets it run."""
    return day >= LESS_INTENSIVE_FROM and any(
        span.absence.kind is AbsenceKind.LESS_INTENSIVE and span.starts <= day < span.ends
        for span in course.clock.spans
    )


def postpone(course: Course, found: Draft, due: int) -> None:
    """R15-03: the longest lawful postponement, and the one that the jobcentre decided on."""
    found.latest = due + course.facts.parameters.postpone_days
    for choice in course.choices(ChoiceKind.POSTPONE):
        if (choice.rule, choice.ordinal) != (found.rule.id, found.ordinal) or choice.to is None:
            continue
        if choice.by is Party.JOBCENTRE and choice.on.toordinal() <= due:
            found.postponed = choice.to
            found.through = max(due, min(choice.to.toordinal(), found.latest))
            found.questions = (*found.questions, "Q6")
