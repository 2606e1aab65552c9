"""What moved a date, as words a person can check against the calendar."""

from datetime import date

from law.absence import EVER, Span
from law.course import Course
from law.daily import DEAD
from law.periods import DAYS_IN_WEEK, month_starts, weekdays_through
from law.sentences import (
    ABSENCES,
    COVID_DAYS,
    EARLIER,
    EARLIER_ONE,
    FAR_AHEAD,
    MOVED,
    MOVED_ONE,
    ONE_DAY,
    OVER_REPORTED,
    REPORTED,
    RUN,
    RUN_FROM,
    STANDS_STILL,
)
from law.vocabulary import AbsenceKind
from law.words import Sentence, Value, Word

NEVER_STOP = (AbsenceKind.LESS_INTENSIVE, AbsenceKind.WAGE_SUBSIDY)


class Reasons:
    """The reasons behind the dates of one course, each worked out once."""

    __slots__ = ("_course", "_found", "_months", "_moved", "_over", "sick_from")

    def __init__(self, course: Course) -> None:
        self._course = course
        self._found: dict[tuple[int, int], tuple[Sentence, ...]] = {}
        self._moved: dict[tuple[int | None, int, int], Sentence | None] = {}
        self._months = [month_starts(*month) for month in course.facts.reported_hours]
        self._over = _over_reported(course)
        self.sick_from = min(
            (
                span.starts
                for span in course.clock.spans
                if span.absence.kind is AbsenceKind.SICK and span.ends > course.placed
            ),
            default=EVER,
        )

    def moved(self, due: int | None, unmoved: int, counts_from: int) -> Sentence | None:
        """By how many days a date moved, and what moved it."""
        key = due, unmoved, counts_from
        if key not in self._moved:
            self._moved[key] = self._say_moved(due, unmoved, counts_from)
        return self._moved[key]

    def _say_moved(self, due: int | None, unmoved: int, counts_from: int) -> Sentence | None:
        if due is None:
            last = self._course.clock.last
            reasons = self.between(last - DAYS_IN_WEEK + 1, last)
            if reasons and not self._course.clock.runs_after(last - DAYS_IN_WEEK + 1):
                return Sentence(STANDS_STILL, {"reasons": reasons})
            return Sentence(FAR_AHEAD)
        days = due - unmoved
        if days == 0:
            return None
        reasons = self.between(counts_from, due)
        text = (MOVED, MOVED_ONE) if days > 0 else (EARLIER, EARLIER_ONE)
        if abs(days) == 1:
            return Sentence(text[1], {"reasons": reasons})
        return Sentence(text[0], {"days": abs(days), "reasons": reasons})

    def between(self, first: int, last: int) -> tuple[Sentence, ...]:
        """What took or replaced hours from a first to a last day."""
        key = first, last
        if key not in self._found:
            self._found[key] = tuple(self._between(first, last))
        return self._found[key]

    def _between(self, first: int, last: int) -> list[Sentence]:
        course = self._course
        found = [
            run_of(span) for span in course.clock.spans if _takes_hours(course, span, first, last)
        ]
        found += [
            _run(COVID_DAYS, starts, ends)
            for starts, ends in DEAD
            if starts <= last and ends > first
        ]
        if any(starts <= last and ends > first for starts, ends in self._months):
            found.append(Sentence(REPORTED))
        return found

    def over_reported(self, due: int | None) -> list[Sentence]:
        """Months up to a date for which more was reported than fits in them."""
        return [note for starts, note in self._over if due is None or starts <= due]


def run_of(span: Span) -> Sentence:
    """An absence as its kind and its days."""
    return _run(ABSENCES[span.absence.kind], span.starts, span.ends)


def _run(kind: Word, starts: int, ends: int) -> Sentence:
    values: dict[str, Value] = {"kind": kind, "first": date.fromordinal(starts)}
    if ends == EVER:
        return Sentence(RUN_FROM, values)
    if ends == starts + 1:
        return Sentence(ONE_DAY, values)
    return Sentence(RUN, values | {"last": date.fromordinal(ends - 1)})


def _takes_hours(course: Course, span: Span, first: int, last: int) -> bool:
    kind = span.absence.kind
    if kind in NEVER_STOP:
        return False
    if kind is AbsenceKind.PART_TIME_JOB and span.daily >= course.clock.measure.day:
        return False
    starts = max(span.starts if _in_part_time_job(course, span) else span.counts_to, first)
    ends = min(span.ends, last + 1)
    return starts < ends and weekdays_through(ends - 1) > weekdays_through(starts - 1)


def _in_part_time_job(course: Course, span: Span) -> bool:
    """Beside a part-time job the first sick days are not paid either."""
    return any(
        other.absence.kind is AbsenceKind.PART_TIME_JOB
        and other.starts < span.ends
        and span.starts < other.ends
        for other in course.clock.spans
    )


def _over_reported(course: Course) -> list[tuple[int, Sentence]]:
    """The reported months with more hours than a full month, or than their weekdays hold."""
    found = []
    measure = course.clock.measure
    for (year, month), hours in sorted(course.facts.reported_hours.items()):
        starts, ends = month_starts(year, month)
        weekdays = weekdays_through(ends - 1) - weekdays_through(max(starts, course.placed) - 1)
        most = max(weekdays, 0) * measure.day
        if starts >= course.placed:
            most = max(most, measure.month)
        if round(float(hours) * 1000) > most:
            values: dict[str, Value] = {"hours": f"{hours:g}", "month": f"{year}-{month:02}"}
            found.append((starts, Sentence(OVER_REPORTED, values)))
    return found
