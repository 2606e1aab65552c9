"""Who holds the course on which days, and the day it is handed over."""

from collections.abc import Iterator
from datetime import date

from law.absence import EVER
from law.answer import Handover, Responsible
from law.course import A_KASSE_FIRST, Course
from law.vocabulary import Party


def responsible(course: Course) -> tuple[Responsible, ...]:
    """The intervals of who holds the course, in order, without gap or overlap."""
    day, ends = course.registered, course.ended
    found = []
    for starts, change in days_at_a_kasse(course):
        last = _earliest(change, ends)
        if last is not None and last <= starts:
            continue
        if day < starts:
            found.append(_interval(Party.JOBCENTRE, day, starts))
        found.append(_interval(Party.A_KASSE, starts, last))
        if last is None:
            return tuple(found)
        day = last
    if ends is None or day < ends:
        found.append(_interval(Party.JOBCENTRE, day, ends))
    return tuple(found)


def days_at_a_kasse(course: Course) -> Iterator[tuple[int, int | None]]:
    """The runs of days on which the a-kasse holds the course; open while no end is known."""
    if course.act.regime in A_KASSE_FIRST:
        yield course.registered, course.takeover
    elif course.in_partnership:
        after_window = None if course.window_end is None else course.window_end + 1
        change = _earliest(after_window, course.chosen)
        for starts, leaves in course.under:
            yield starts, _earliest(None if leaves == EVER else leaves, change)


def handover(course: Course) -> Handover | None:
    """The last day at the a-kasse, where a hand-over takes place."""
    if course.act.regime in A_KASSE_FIRST:
        last, rule = course.handover, "R24-05"
    elif course.chosen is None or (course.window_end or 0) < course.chosen:
        last, rule = _last_in_window(course), "R09-10"
    else:
        return None
    if last is None or (course.ended is not None and course.ended <= last):
        return None
    return Handover(date.fromordinal(last), rule, course.clock.forecast_at(last))


def _last_in_window(course: Course) -> int | None:
    """The last day in the a-kasse; None where nobody was taken in before the window was over."""
    if not course.facts.entries:
        return course.window_end
    ends = [end for starts, end in days_at_a_kasse(course) if end is None or starts < end]
    return None if not ends or ends[-1] is None else ends[-1] - 1


def _interval(party: Party, starts: int, ends: int | None) -> Responsible:
    return Responsible(
        party, date.fromordinal(starts), None if ends is None else date.fromordinal(ends)
    )


def _earliest(*days: int | None) -> int | None:
    return min((day for day in days if day is not None), default=None)
