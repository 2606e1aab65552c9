"""What an absence does: two questions that must never be mixed up.

The unemployment clock may run while nobody has to attend (less intensive effort from
2020), and a citizen may be free of meetings while nothing is counted (a job).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

from law.facts import Absence
from law.vocabulary import AbsenceKind

EVER = date.max.toordinal()


class Counts(Enum):
    """How the unemployment clock runs during an absence."""

    NOTHING = "nothing"
    FIRST_DAYS = "the first days"
    HOURS = "the hours still paid"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Effect:
    """How the clock runs, and from which day on the citizen need not attend; None is never."""

    counts: Counts
    excused_from: date | None
    source: str


EFFECTS: Mapping[AbsenceKind, Effect] = MappingProxyType(
    {
        AbsenceKind.JOB: Effect(Counts.NOTHING, date.min, "K7"),
        AbsenceKind.HOLIDAY: Effect(Counts.NOTHING, date.min, "K8"),
        AbsenceKind.SICK: Effect(Counts.FIRST_DAYS, date.min, "K9, K9a"),
        AbsenceKind.MATERNITY: Effect(Counts.NOTHING, date.min, "K10"),
        AbsenceKind.LESS_INTENSIVE: Effect(Counts.ALL, date(2020, 1, 1), "K11, R20-10"),
        AbsenceKind.WAGE_SUBSIDY: Effect(Counts.ALL, None, "K3"),
        AbsenceKind.PART_TIME_JOB: Effect(Counts.HOURS, None, "K7"),
    }
)


class Span(NamedTuple):
    """An absence in day numbers; `counts_to` ends the first days of a sickness."""

    starts: int
    ends: int
    counts_to: int
    daily: int
    absence: Absence


MILLI_A_WEEKDAY = 1000 / 5


def spans_of(absences: Iterable[Absence], sick_days_counted: int) -> tuple[Span, ...]:
    """The absences in order, in day numbers and milli-hours a weekday."""
    return tuple(
        sorted(
            (_span(one, sick_days_counted) for one in absences),
            key=lambda span: (span.starts, span.ends, span.absence.kind),
        )
    )


def _span(absence: Absence, sick_days_counted: int) -> Span:
    starts = absence.starts_on.toordinal()
    ends = EVER if absence.ends_on is None else absence.ends_on.toordinal()
    sick = absence.kind is AbsenceKind.SICK
    counts_to = min(ends, starts + sick_days_counted) if sick else starts
    return Span(
        starts, ends, counts_to, round(float(absence.hours or 0) * MILLI_A_WEEKDAY), absence
    )


Run = tuple[int, int]


def excused_runs(spans: Iterable[Span]) -> list[Run]:
    """The runs of days on which an absence frees the citizen from attending, in order."""
    found = []
    for span in spans:
        since = EFFECTS[span.absence.kind].excused_from
        starts = span.ends if since is None else max(span.starts, since.toordinal())
        if starts < span.ends:
            found.append((starts, span.ends))
    return sorted(found)


def run_around(runs: Iterable[Run], day: int) -> Run | None:
    """The unbroken run of excused days around a day, half-open, if it is one of them."""
    starts, ends = 0, -1
    for run_starts, run_ends in runs:
        if run_starts > ends:
            if starts <= day < ends:
                break
            starts, ends = run_starts, run_ends
        else:
            ends = max(ends, run_ends)
    return (starts, ends) if starts <= day < ends else None
