"""The engine against the naive counter, on courses made at random."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations, groupby, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from law.clocks import UnemploymentClock
from law.contract import as_json
from law.course import Course
from law.facts import Absence, CourseFacts
from law.periods import month_end
from law.plain import as_text
from law.timeline import answer
from law.vocabulary import AbsenceKind, Outcome, Regime, State
from law.words import english
from tests.law.courses import courses, lived_courses
from tests.law.naive import Naive


def rounded(value) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


@settings(max_examples=80, deadline=None)
@given(courses())
def test_every_due_day_is_the_one_that_a_walk_through_the_days_finds(facts):
    duties = answer(facts).duties
    assert {(duty.rule, duty.ordinal): duty.due_on for duty in duties} == Naive(facts).due_days()


@settings(max_examples=80, deadline=None)
@given(courses())
def test_the_clock_shows_what_adding_up_day_by_day_shows(facts):
    naive = Naive(facts)
    clock = answer(facts).clock
    hours, weekdays = naive.totals.get(facts.as_of, (0, 0))
    assert clock.hours == rounded(hours)
    assert clock.weekdays == weekdays
    assert clock.months == rounded(hours / naive.month)
    if facts.as_of >= facts.placed_on and facts.as_of.isoweekday() <= 5:
        assert clock.running is (naive.rate[facts.as_of] > 0)


@settings(max_examples=80, deadline=None)
@given(courses())
def test_the_handover_is_the_end_of_the_month_that_a_walk_through_the_days_finds(facts):
    answered = answer(facts)
    if answered.regime in (Regime.Y2024, Regime.Y2026):
        found = None if answered.handover is None else answered.handover.on
        assert found == Naive(facts).handover()
        assert found is None or found == month_end(found)


@settings(max_examples=80, deadline=None)
@given(courses(), st.integers(1, 60))
def test_counted_weeks_are_those_that_a_walk_through_the_days_finds(facts, number):
    clock = UnemploymentClock(facts)
    sunday = clock.week_after(clock.week_before_start(), number)
    expected = Naive(facts).counted_weeks(number)
    assert sunday == (None if expected is None else expected.toordinal())


@settings(max_examples=80, deadline=None)
@given(courses(), st.integers(-100, 3000))
def test_no_answer_without_a_reason_and_none_depends_on_the_day_asked(facts, days):
    answered = answer(facts)
    other = answer(replace(facts, as_of=facts.as_of + timedelta(days)))
    assert answered.duties == other.duties
    assert answered.responsible == other.responsible
    assert answered.handover == other.handover
    for duty in answered.duties:
        assert english(duty.because)
        assert all(english(note) for note in duty.notes)
        assert duty.certain or any("confirmation" in english(note) for note in duty.notes)
    assert len({(duty.rule, duty.ordinal) for duty in answered.duties}) == len(answered.duties)


def test_a_clock_that_hardly_runs_crosses_a_change_of_the_law_whatever_day_it_is_asked():
    job = Absence(AbsenceKind.PART_TIME_JOB, date(2009, 8, 1), None, Decimal("0.01"))
    facts = CourseFacts(
        as_of=date(2015, 2, 11), born=date(1980, 1, 1), a_kasse="3f", municipality="101",
        registered_on=date(2009, 8, 1), placed_on=date(2009, 8, 1), absences=(job,),
    )  # fmt: skip
    answered = answer(facts).duties
    assert {one.rule for one in answered} >= {"R20-09", "R20-12"}
    assert answered == answer(replace(facts, as_of=date(2020, 1, 1))).duties


@settings(max_examples=80, deadline=None)
@given(courses(), st.integers(0, 1500))
def test_the_states_follow_the_stored_days_alone(facts, days):
    day = facts.placed_on + timedelta(days)
    for duty in answer(facts).duties:
        state = duty.state_on(day)
        if duty.outcome is not Outcome.PENDING:
            assert state.value == duty.outcome.value
        elif state is State.OVERDUE:
            assert duty.due_on is not None
            assert duty.due_on < day
        elif state is State.SUSPENDED:
            assert duty.exempt is not None
            assert day in duty.exempt


@settings(max_examples=80, deadline=None)
@given(courses())
def test_someone_holds_the_course_on_every_day_from_registration_on(facts):
    intervals = answer(facts).responsible
    assert intervals[0].starts_on == facts.registered_on
    assert intervals[-1].ends_on is None
    for one, following in pairwise(intervals):
        assert one.ends_on == following.starts_on
        assert one.party is not following.party
    assert Course(facts).act.in_force.starts_on <= facts.placed_on


MAY_SHARE = {("R15-02", "R15-06"), ("R24-01", "R24-04"), ("R24-02", "R24-04")}


@settings(max_examples=120, deadline=None)
@given(lived_courses())
def test_a_duty_is_met_by_a_meeting_that_was_held_and_a_meeting_meets_one_duty(facts):
    answered = answer(facts)
    held = Counter(one.held_on for one in facts.meetings)
    met = [duty for duty in answered.duties if duty.met_on is not None]
    for duty in met:
        assert held[duty.met_on]
        assert duty.outcome in (Outcome.MET, Outcome.LATE)
        late = duty.latest_on is not None and duty.met_on > duty.latest_on
        assert (duty.outcome is Outcome.LATE) == late
        assert duty.opens_on is not None
        assert duty.opens_on <= duty.met_on
    for day, duties in groupby(sorted(met, key=lambda duty: duty.met_on), lambda one: one.met_on):
        rules = [duty.rule for duty in duties]
        shared = sum((one, other) in MAY_SHARE for one, other in combinations(sorted(rules), 2))
        assert len(rules) - shared <= held[day]


@settings(max_examples=120, deadline=None)
@given(lived_courses(), st.integers(-100, 1500))
def test_with_meetings_and_choices_too_only_states_depend_on_the_day_asked(facts, days):
    answered = answer(facts)
    other = answer(replace(facts, as_of=facts.as_of + timedelta(days)))
    assert (answered.duties, answered.handover, answered.responsible) == (
        other.duties,
        other.handover,
        other.responsible,
    )
    json.dumps(as_json(answered))
    assert as_text(answered).count("Reason: ") == len(answered.duties)
    assert len({(duty.rule, duty.ordinal) for duty in answered.duties}) == len(answered.duties)


@settings(max_examples=80, deadline=None)
@given(lived_courses())
def test_meetings_and_choices_move_no_due_day_but_the_weeks_of_2009(facts):
    plain = answer(replace(facts, meetings=(), choices=(), ended_on=None, agreement=None))
    due = {(duty.rule, duty.ordinal): duty.due_on for duty in plain.duties}
    for duty in answer(facts).duties:
        key = duty.rule, duty.ordinal
        if key in due and duty.rule not in ("R09-02", "R09-05", "R20-12"):
            assert duty.due_on == due[key]


@settings(max_examples=80, deadline=None)
@given(lived_courses())
def test_what_is_overdue_when_the_course_ends_was_due_before_it(facts):
    if facts.ended_on is not None:
        for duty in answer(facts).duties:
            if duty.outcome is Outcome.PENDING:
                assert duty.late_from is not None
                assert duty.late_from <= facts.ended_on
