"""Telling the people of a course on screen of what happened in it."""

from collections.abc import Iterable

from django.utils import timezone

from accounts.models import User
from courses.access import is_with_jobcentre
from courses.audience import told_of
from courses.models import Course, Party
from notices.actions import tell


def tell_given(course: Course, taker: User | None, *, by: User) -> None:
    """Tell someone of a course that they were given."""
    _tell(course, [taker] if taker else [], "assigned", by=by)


def tell_chosen(course: Course, *, by: User | None) -> None:
    """Tell both parties of a choice; not of one in an a-kasse's file, of which there are many."""
    _tell_both(course, "choice", by=by)


def _tell_both(course: Course, kind: str, *, by: User | None) -> None:
    if by is None:
        return
    on = timezone.localdate()
    people = told_of(course, Party.A_KASSE, on=on)
    if is_with_jobcentre(course, on=on):
        people += told_of(course, Party.JOBCENTRE, on=on)
    _tell(course, people, kind, by=by)


def tell_entry(course: Course, *, by: User | None) -> None:
    """Tell both parties that it was decided whether an agreement takes a member in."""
    _tell_both(course, "entry-decided", by=by)


def _tell(course: Course, people: Iterable[User], kind: str, *, by: User) -> None:
    url, now = course.get_absolute_url(), timezone.now()
    tell(people, kind, case_number=course.case_number, url=url, at=now, by=by)
