"""Courses made at random, for the properties and for the benchmark."""

import random
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from law.facts import Absence, Choice, CourseFacts, HeldMeeting, Terms
from law.periods import ONE_DAY
from law.uncertain import HandoverHours, Parameters
from law.vocabulary import AbsenceKind, ChoiceKind, Insurance, MeetingKind, Party

FIRST, LAST = date(2009, 8, 1), date(2026, 11, 1)
KINDS = tuple(AbsenceKind)


def course_on(placed_on: date, **said) -> CourseFacts:
    """A plain course of one full-time member."""
    told = {
        "as_of": placed_on,
        "born": date(1974, 5, 2),
        "a_kasse": "3f",
        "municipality": "101",
        "registered_on": placed_on,
        "placed_on": placed_on,
    }
    return CourseFacts(**told | said)


@st.composite
def courses(draw) -> CourseFacts:
    """Any course without meetings, choices and agreement."""
    placed_on = draw(st.dates(FIRST, LAST))
    gap = draw(st.sampled_from([0, 0, 0, 40, 400, -10]))
    absences = tuple(draw(st.lists(absences_near(placed_on), max_size=4)))
    return course_on(
        placed_on,
        registered_on=placed_on + timedelta(gap),
        as_of=placed_on + timedelta(draw(st.integers(-20, 4200))),
        born=draw(st.dates(date(1945, 1, 1), date(1990, 1, 1))),
        insured=draw(st.sampled_from(Insurance)),
        absences=absences,
        reported_hours=draw(reports_from(placed_on)),
        parameters=draw(parameters()),
    )


@st.composite
def absences_near(draw, placed_on: date) -> Absence:
    """An absence before, in or long after the first months."""
    kind = draw(st.sampled_from(KINDS))
    starts_on = placed_on + timedelta(draw(st.integers(-30, 700)))
    length = draw(st.one_of(st.none(), st.integers(1, 200), st.integers(1, 2500)))
    hours = None
    if kind is AbsenceKind.PART_TIME_JOB:
        hours = draw(st.integers(0, 3700)) / 100
    return Absence(kind, starts_on, None if length is None else starts_on + length * ONE_DAY, hours)


@st.composite
def reports_from(draw, placed_on: date) -> dict[tuple[int, int], float]:
    """Hours reported for some of the months around and after placement."""
    reported = {}
    for months in draw(st.lists(st.integers(-2, 30), max_size=12, unique=True)):
        year, month = divmod(placed_on.year * 12 + placed_on.month - 1 + months, 12)
        reported[year, month + 1] = draw(st.integers(0, 25_000)) / 100
    return reported


@st.composite
def parameters(draw) -> Parameters:
    """The uncertain values that the clock depends on."""
    return Parameters(
        sick_days_counted=draw(st.sampled_from([14, 14, 0, 30])),
        handover_hours=HandoverHours(draw(st.sampled_from([410, 333, 7])), 333),
        handover_strict=draw(st.booleans()),
    )


PARTIES = tuple(Party)
AUTHORITIES = (Party.A_KASSE, Party.JOBCENTRE)
AGREEMENT = Terms(date(2009, 8, 1), ("3f",), ("101",), first_joint_from=date(2015, 9, 1))


@st.composite
def lived_courses(draw) -> CourseFacts:
    """A course with meetings, choices, perhaps an agreement and an end."""
    facts = draw(courses())
    ended = draw(st.one_of(st.none(), st.integers(1, 900)))
    return replace(
        facts,
        meetings=tuple(draw(st.lists(meetings_near(facts.placed_on), max_size=12))),
        choices=tuple(draw(st.lists(choices_near(facts.placed_on), max_size=5))),
        agreement=draw(st.sampled_from([None, AGREEMENT])),
        ended_on=None if ended is None else facts.registered_on + timedelta(ended),
        parameters=replace(facts.parameters, count_prior_akasse=draw(st.booleans())),
    )


@st.composite
def meetings_near(draw, placed_on: date) -> HeldMeeting:
    """A meeting in the first two years, or just before."""
    return HeldMeeting(
        draw(st.sampled_from(MeetingKind)),
        placed_on + timedelta(draw(st.integers(-10, 700))),
        draw(st.sampled_from(AUTHORITIES)),
        draw(st.sampled_from([None, None, 17, 7])),
    )


@st.composite
def choices_near(draw, placed_on: date) -> Choice:
    """A choice in the first year; a postponement moves something by some days."""
    kind = draw(st.sampled_from(ChoiceKind))
    on = placed_on + timedelta(draw(st.integers(-5, 400)))
    choice = Choice(kind, on, draw(st.sampled_from(PARTIES)))
    if kind is not ChoiceKind.POSTPONE:
        return choice
    ordinal = draw(st.integers(1, 6))
    return replace(
        choice, rule="R15-02", ordinal=ordinal, to=on + timedelta(draw(st.integers(0, 40)))
    )


def seeded(count: int, seed: int) -> list[CourseFacts]:
    """Courses as a caseload has them: some absences, a year of reports, all regimes."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    return [_one(chance) for _ in range(count)]


def _one(chance: random.Random) -> CourseFacts:
    placed_on = date.fromordinal(chance.randint(FIRST.toordinal(), LAST.toordinal()))
    absences = tuple(_absence(chance, placed_on) for _ in range(chance.choice([0, 0, 1, 1, 2, 3])))
    reported = {}
    for months in range(chance.choice([0, 0, 3, 6, 12])):
        year, month = divmod(placed_on.year * 12 + placed_on.month - 1 + months, 12)
        reported[year, month + 1] = chance.choice([160.33, 133.2, 96.2, 0.0])
    return course_on(
        placed_on,
        as_of=placed_on + timedelta(chance.randint(0, 500)),
        insured=chance.choice([*[Insurance.FULL_TIME] * 5, Insurance.PART_TIME]),
        absences=absences,
        reported_hours=reported,
    )


def _absence(chance: random.Random, placed_on: date) -> Absence:
    kind = chance.choice(KINDS)
    starts_on = placed_on + timedelta(chance.randint(0, 400))
    ends_on = starts_on + timedelta(chance.randint(1, 60))
    hours = 18.5 if kind is AbsenceKind.PART_TIME_JOB else None
    return Absence(kind, starts_on, ends_on, hours)
