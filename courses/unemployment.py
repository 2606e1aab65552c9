"""Weeks of unemployment of many courses at once, for the bars of a list: two queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from courses.clocks import THRESHOLDS
from courses.models import Absence, Course, ReportedHours
from law.clocks import Unemployed, UnemploymentClock
from law.daily import MEASURES
from law.facts import Absence as LawAbsence
from law.facts import CourseFacts
from law.uncertain import Parameters
from law.vocabulary import AbsenceKind, Insurance

THOUSANDTHS = 1000
DEFAULT = THRESHOLDS["2015"]


@dataclass(frozen=True, slots=True)
class Weeks:
    """Weeks of unemployment so far, and where the next threshold of the course's rules lies."""

    weeks: float
    of: float


def weeks_of(courses: Sequence[Course], *, insured: dict[int, str], on: date) -> dict[int, Weeks]:
    """The weeks of each course, by key; `insured` says how each member is insured."""
    citizens = {course.citizen_id for course in courses}
    absences, hours = _absences(citizens, on), _hours(citizens)
    return {
        course.pk: _weeks(
            _facts(
                course,
                Insurance(insured.get(course.pk) or Insurance.FULL_TIME),
                absences[course.citizen_id],
                hours[course.citizen_id],
                on,
            ),
            course.regime,
        )
        for course in courses
    }


def _absences(citizens: Iterable[int], on: date) -> dict[int, list[LawAbsence]]:
    found: dict[int, list[LawAbsence]] = defaultdict(list)
    rows = Absence.objects.standing().filter(citizen__in=citizens, starts_on__lte=on)
    for citizen, kind, start, end, left in rows.order_by("starts_on", "pk").values_list(
        "citizen", "kind", "starts_on", "ends_on", "hours"
    ):
        found[citizen].append(LawAbsence(AbsenceKind(kind), start, end, left))
    return found


def _hours(citizens: Iterable[int]) -> dict[int, list[tuple[date, Decimal]]]:
    found: dict[int, list[tuple[date, Decimal]]] = defaultdict(list)
    rows = ReportedHours.objects.standing().filter(citizen__in=citizens)
    for citizen, month, hours in rows.values_list("citizen", "month", "hours"):
        found[citizen].append((month, hours))
    return found


def _facts(
    course: Course,
    insured: Insurance,
    absences: list[LawAbsence],
    hours: list[tuple[date, Decimal]],
    on: date,
) -> CourseFacts:
    """As much of the facts as the unemployment clock asks for."""
    start = course.placed_on
    return CourseFacts(
        as_of=on,
        born=course.citizen.born_on,
        a_kasse="",
        municipality=course.municipality_id,
        registered_on=course.registered_on,
        placed_on=start,
        insured=insured,
        absences=tuple(one for one in absences if one.ends_on is None or one.ends_on > start),
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
