"""Whose days an act may speak of: a course's own, never those of a membership elsewhere."""

from dataclasses import replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from courses.members.people import (
    ONE_DAY,
    KnownAbsence,
    KnownCourse,
    Person,
    Span,
    end_of,
    overlap,
    spans_without,
)
from courses.members.putting import AbsenceSaid
from shared.refusals import Refused

A_MONTH_AT_MOST = timedelta(31)


def own_absence(person: Person, course: KnownCourse, said: AbsenceSaid) -> AbsenceSaid:
    """An absence on days of the course; one that has no end yet ends with them."""
    start, end = said.days
    if said.ends_on is None:
        later = (other[0] for other in person.elsewhere if other[0] > start)
        end = min([course.days[1], *later])
    days = start, end
    if end > course.days[1] or any(overlap(days, other) for other in person.elsewhere):
        raise Refused(_outside())
    _check_own(person, course, days)
    return replace(said, ends_on=end_of(days))


def check_own_day(person: Person, course: KnownCourse, day: date) -> None:
    """Refuse a day that is not the course's own."""
    _check_own(person, course, (day, day + ONE_DAY))


def check_own_month(person: Person, course: KnownCourse, month: date) -> None:
    """Refuse a month, named by its first day, of which no day is the course's own."""
    _check_own(person, course, (month, (month + A_MONTH_AT_MOST).replace(day=1)))


def check_not_over(course: KnownCourse, day: date) -> None:
    """Refuse a day on which the course is over."""
    if day >= course.days[1]:
        raise Refused(_outside())


def check_own_absence(person: Person, course: KnownCourse, known: KnownAbsence) -> None:
    """Refuse to take an absence back where it has no day of the course."""
    if not _touches(person, course, known.days):
        raise Refused(
            _("The absence lies outside this course, so it cannot be taken back from here.")
        )


def _check_own(person: Person, course: KnownCourse, days: Span) -> None:
    if not _touches(person, course, days):
        raise Refused(_outside())


def _touches(person: Person, course: KnownCourse, days: Span) -> bool:
    own = spans_without(course.history, person.elsewhere)
    return any(overlap(days, part) for part in own)


def _outside() -> str:
    return _("The days lie outside this course. Choose days on which the course runs.")
