"""Giving a course to a caseworker."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from courses.access import may_assign
from courses.models import Course
from journal.actions import note
from partnerships.models import Membership, Role
from shared.refusals import Refused


@transaction.atomic
def assign(course: Course, *, caseworker: User | None, by: User, on: date) -> Course:
    """Give a course to a caseworker of its jobcentre, or to nobody."""
    course = Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
    if not may_assign(by, course, on=on):
        raise Refused(_("Only the jobcentre that has the course says who takes it."))
    if caseworker and not _works_there(caseworker, course, on=on):
        raise Refused(_("Choose a caseworker who works in this jobcentre."))
    if caseworker == course.caseworker:
        return course
    course.caseworker = caseworker
    course.save(update_fields=["caseworker"])
    note(course, "assigned", by=by, case=course.pk, to=str(caseworker or ""))
    return course


def _works_there(caseworker: User, course: Course, *, on: date) -> bool:
    """Whether a person is a caseworker of the course's jobcentre on a day."""
    standing = Membership.objects.standing(on=on)
    return standing.filter(
        user=caseworker, role=Role.CASEWORKER, organisation=course.jobcentre_id
    ).exists()
