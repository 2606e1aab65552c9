"""Weeks of unemployment of many courses at once, for the bars of a list: two queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from courses.clocks import THRESHOLDS
from courses.models import Course
from law.clocks import Unemployed, UnemploymentClock
from law.daily import MEASURES
from law.facts import Absence as LawAbsence
from law.facts import CourseFacts
from law.uncertain import Parameters
from law.vocabulary import AbsenceKind, Insurance
from shared.kept_statements import answer

THOUSANDTHS = 1000
ABSENCES = """
SELECT citizen_id, kind, starts_on, ends_on, hours FROM courses_absence
WHERE superseded_at IS NULL AND citizen_id = ANY(%s) AND starts_on <= %s ORDER BY starts_on, id
"""
HOURS = """
SELECT citizen_id, month, hours FROM courses_reportedhours
WHERE superseded_at IS NULL AND citizen_id = ANY(%s) ORDER BY month, id
"""
DEFAULT = THRESHOLDS["2015"]


@dataclass(frozen=True, slots=True)
class Weeks:
    """Weeks of unemployment so far, and where the next threshold of the course's rules lies."""

    weeks: float
    of: float


@dataclass(frozen=True, slots=True)
class Insured:
    """As much of a course as the unemployment clock asks for."""

    course: int
    citizen: int
    placed_on: date
    insured: str
    regime: str
    has_pauses: bool = True  # whether absences or hours may be known


def weeks_of(courses: Sequence[Course], *, insured: dict[int, str], on: date) -> dict[int, Weeks]:
    """The weeks of each course, by key; `insured` says how each member is insured."""
    rows = [
        Insured(one.pk, one.citizen_id, one.placed_on, insured.get(one.pk) or "", one.regime)
        for one in courses
    ]
    return weeks_of_rows(rows, on=on)


def weeks_of_rows(rows: Sequence[Insured], *, on: date) -> dict[int, Weeks]:
    """The weeks of each course, by key, however many there are: two queries.

    The clock is pure, so it is wound up once for the same facts on the same day: for all who have
    no pause since the day they were placed, and for each of the others until a fact changes.
    """
    citizens = {one.citizen for one in rows if one.has_pauses}
    absences, hours = (_absences(citizens, on), _hours(citizens)) if citizens else ({}, {})
    return {
        one.course: _wound_up(
            (one.placed_on, one.insured, one.regime),
            tuple(absences.get(one.citizen, ())),
            tuple(hours.get(one.citizen, ())),
            on,
        )
        for one in rows
    }


@lru_cache(maxsize=8192)
def _wound_up(
    member: tuple[date, str, str],
    absences: tuple[LawAbsence, ...],
    hours: tuple[tuple[date, Decimal], ...],
    on: date,
) -> Weeks:
    """The weeks of whoever was placed on this day, insured so, under these rules."""
    placed_on, insured, regime = member
    return _weeks(_facts(placed_on, insured, absences, hours, on), regime)


def _absences(citizens: Iterable[int], on: date) -> dict[int, list[LawAbsence]]:
    found: dict[int, list[LawAbsence]] = defaultdict(list)
    for citizen, kind, start, end, left in answer(ABSENCES, [list(citizens), on]):
        found[citizen].append(LawAbsence(AbsenceKind(kind), start, end, left))
    return found


def _hours(citizens: Iterable[int]) -> dict[int, list[tuple[date, Decimal]]]:
    found: dict[int, list[tuple[date, Decimal]]] = defaultdict(list)
    for citizen, month, hours in answer(HOURS, [list(citizens)]):
        found[citizen].append((month, hours))
    return found


def _facts(
    start: date,
    insured: str,
    absences: Iterable[LawAbsence],
    hours: Iterable[tuple[date, Decimal]],
    on: date,
) -> CourseFacts:
    """As much of the facts as the unemployment clock asks for; it asks for no age and no place."""
    return CourseFacts(
        as_of=on,
        born=start,
        a_kasse="",
        municipality="",
        registered_on=start,
        placed_on=start,
        insured=Insurance(insured or Insurance.FULL_TIME),
        absences=tuple(each for each in absences if each.ends_on is None or each.ends_on > start),
        reported_hours={
            (month.year, month.month): paid
            for month, paid in hours
            if month >= start.replace(day=1)
        },
        parameters=Parameters(),
    )


def _weeks(facts: CourseFacts, regime: str) -> Weeks:
    clock = UnemploymentClock(facts)
    hours = float(clock.read(facts.as_of.toordinal()).hours)
    week = MEASURES[facts.insured].week / THOUSANDTHS
    limits = [_limit(one, facts, clock) for one in THRESHOLDS.get(regime, DEFAULT)]
    ahead = next((limit for limit in limits if limit > hours), max(limits[-1], hours))
    return Weeks(weeks=hours / week, of=ahead / week)


def _limit(limit: Unemployed | str, facts: CourseFacts, clock: UnemploymentClock) -> float:
    """A threshold in hours."""
    if isinstance(limit, Unemployed):
        return limit.hours(clock.measure) / THOUSANDTHS
    hours = facts.parameters.handover_hours
    return hours.part_time if facts.insured is Insurance.PART_TIME else hours.full_time
