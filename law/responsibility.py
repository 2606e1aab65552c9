"""Who holds the course on which days, and the day it is handed over."""

from datetime import date

from law.answer import Handover, Responsible
from law.course import A_KASSE_FIRST, Course
from law.vocabulary import Party


def responsible(course: Course) -> tuple[Responsible, ...]:
    """The intervals of who holds the course, in order, without gap or overlap."""
    change = _first_at_jobcentre(course)
    starts, ends = course.registered, course.ended
    found = []
    if change is None or change > starts:
        last = _earliest(change, ends)
        found.append(_interval(Party.A_KASSE, starts, last))
        starts = change if change is not None else starts
    if change is not None and (ends is None or starts < ends):
        found.append(_interval(Party.JOBCENTRE, starts, ends))
    return tuple(found)


def _first_at_jobcentre(course: Course) -> int | None:
    """The first day at the jobcentre; None while the a-kasse keeps the course."""
    if course.act.regime in A_KASSE_FIRST:
        return course.takeover
    if course.in_partnership:
        after_window = None if course.window_end is None else course.window_end + 1
        return _earliest(after_window, course.chosen)
    return course.registered


def handover(course: Course) -> Handover | None:
    """The last day at the a-kasse, where a hand-over takes place."""
    if course.act.regime in A_KASSE_FIRST:
        last, rule = course.handover, "R24-05"
    elif course.chosen is None or (course.window_end or 0) < course.chosen:
        last, rule = course.window_end, "R09-10"
    else:
        return None
    if last is None or (course.ended is not None and course.ended <= last):
        return None
    return Handover(date.fromordinal(last), rule, course.clock.forecast_at(last))


def _interval(party: Party, starts: int, ends: int | None) -> Responsible:
    return Responsible(
        party, date.fromordinal(starts), None if ends is None else date.fromordinal(ends)
    )


def _earliest(*days: int | None) -> int | None:
    return min((day for day in days if day is not None), default=None)
