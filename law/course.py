"""One course as the rules see it: its clock, its start, and who holds it from when."""

from datetime import date

from law.absence import EVER, Run, excused_runs
from law.acts import act_for
from law.answer import Eligibility
from law.clocks import CountedWeeks, Limit, SinceRegistration, SinceSick, UnemploymentClock
from law.eligibility import eligibility
from law.entry import DECIDED, days_under
from law.facts import Choice, CourseFacts, HeldMeeting, Terms
from law.periods import age_on, month_end
from law.rules import Act
from law.timely import handover_hours
from law.vocabulary import ChoiceKind, MeetingKind, Party, Regime

YOUNG = 30
MILLI = 1000
A_KASSE_FIRST = (Regime.Y2024, Regime.Y2026)


class Course:
    """What is worked out once for a course and asked by every rule; days are day numbers."""

    __slots__ = (
        "_choices",
        "_crosses",
        "act",
        "chosen",
        "clock",
        "eligible",
        "ended",
        "facts",
        "handover",
        "late_choice",
        "placed",
        "registered",
        "runs",
        "start",
        "under",
        "visited",
        "window_end",
    )

    def __init__(self, facts: CourseFacts) -> None:
        self.facts = facts
        self._crosses: dict[date, bool] = {}
        self._choices: dict[tuple[ChoiceKind, ...], list[Choice]] = {}
        self.act: Act = act_for(facts.placed_on)
        self.clock = UnemploymentClock(facts)
        self.runs: list[Run] = excused_runs(self.clock.spans) if self.clock.spans else []
        self.registered = facts.registered_on.toordinal()
        self.placed = facts.placed_on.toordinal()
        self.start = min(self.registered, self.placed)
        self.ended = None if facts.ended_on is None else facts.ended_on.toordinal()
        self.eligible, self.under = self._entered()
        self.chosen: int | None = None
        self.late_choice: Choice | None = None
        self.window_end: int | None = None
        self.visited: int | None = None
        self.handover: int | None = None
        if self.act.regime is Regime.Y2009:
            self._settle_partnership()
        elif self.act.regime in A_KASSE_FIRST:
            self._settle_handover()

    def reached(self, limit: Limit) -> int | None:
        """The last day within a limit, on the clock the limit belongs to."""
        if isinstance(limit, SinceRegistration):
            return limit.reached_on(self.facts.registered_on).toordinal()
        if isinstance(limit, CountedWeeks):
            return self.clock.week_after(self.clock.week_before_start(), limit.weeks)
        if isinstance(limit, SinceSick):
            raise TypeError("a sickness has its own first day")
        return self.clock.reached(limit.hours(self.clock.measure))

    def crosses(self, cut: date) -> bool:
        """Whether the course is still running, and counting, when the law changes."""
        if cut not in self._crosses:
            day = cut.toordinal()
            runs_on = self.ended is None or self.ended > day
            self._crosses[cut] = runs_on and self.clock.runs_after(day)
        return self._crosses[cut]

    @property
    def takeover(self) -> int | None:
        """The first day on which the jobcentre holds a course that began in the a-kasse."""
        if self.visited is not None:
            return self.visited
        return None if self.handover is None else self.handover + 1

    @property
    def in_partnership(self) -> bool:
        """Whether the a-kasse holds the first interviews of a 2009 course by agreement."""
        terms = self.facts.agreement
        return (
            self.act.regime is Regime.Y2009
            and terms is not None
            and terms.window_weeks > 0
            and bool(self.under)
        )

    @property
    def is_young(self) -> bool:
        """Whether the member was under 30 at entry."""
        return age_on(self.facts.born, self.facts.registered_on) < YOUNG

    def choices(self, *kinds: ChoiceKind) -> list[Choice]:
        """The choices of some kinds, in the order they were made."""
        if not self.facts.choices:
            return []
        if kinds not in self._choices:
            found = [choice for choice in self.facts.choices if choice.kind in kinds]
            self._choices[kinds] = sorted(found, key=lambda choice: choice.on)
        return self._choices[kinds]

    def held(self, kind: MeetingKind, by: Party) -> list[HeldMeeting]:
        """The meetings of a kind that a party held since the start, in order."""
        return sorted(
            (
                one
                for one in self.facts.meetings
                if one.kind is kind and one.by is by and one.held_on.toordinal() >= self.start
            ),
            key=lambda one: one.held_on,
        )

    def _end_of_window(self, terms: Terms) -> int | None:
        """The last day in the a-kasse, no later than the course leaves the agreement."""
        found = [self.clock.week_after(self.clock.week_before_start(), terms.window_weeks)]
        if terms.stops_on is not None:
            found.append(terms.stops_on.toordinal() - 1)
        if self.under[-1][1] != EVER:
            found.append(self.under[-1][1] - 1)
        return min((day for day in found if day is not None), default=None)

    def _entered(self) -> tuple[Eligibility | None, tuple[Run, ...]]:
        """Whether the agreement takes the member in, and on which days (R09-11, R09-11a)."""
        if self.facts.agreement is None:
            return None, ()
        found = eligibility(self.facts, self.facts.agreement)
        if not self.facts.entries:
            return found, ((self.registered, EVER),) if found.yes else ()
        by_criteria = all(one.ok for one in found.criteria if one.source != DECIDED)
        return found, days_under(self.facts, by_criteria=by_criteria)

    def _settle_partnership(self) -> None:
        """R09-10 and R09-12: the window in the a-kasse, unless the jobcentre was chosen in time."""
        if not self.in_partnership:
            return
        terms = self.facts.agreement
        if terms is None:
            return
        self.window_end = self._end_of_window(terms)
        first = self.held(MeetingKind.JOB, Party.A_KASSE)
        for choice in self.choices(ChoiceKind.CHOOSE_JOBCENTRE):
            if choice.by is not Party.CITIZEN:
                continue
            if first and first[0].held_on <= choice.on:
                self.late_choice = choice
            else:
                self.chosen = choice.on.toordinal()
            return

    def _settle_handover(self) -> None:
        """R24-05: the end of the month in which enough hours were paid, or the visiting out."""
        parameters = self.facts.parameters
        hours = handover_hours(self.facts.insured, parameters.handover_hours)
        passed = self.clock.reached(max(hours * MILLI + parameters.handover_strict, 1))
        if passed is not None:
            self.handover = month_end(date.fromordinal(passed)).toordinal()
        for choice in self.choices(ChoiceKind.VISITED_OUT):
            day = choice.on.toordinal()
            if choice.by is Party.CITIZEN:
                continue
            if self.handover is None or day <= self.handover:
                self.visited, self.handover = day, None
            return
