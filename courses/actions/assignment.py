"""Giving a course to someone: the jobcentre to a caseworker, the a-kasse to a job consultant."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.models import User
from courses.access import consultants_of, may_assign, may_assign_consultant
from courses.actions.telling import tell_given
from courses.models import Course, Party
from journal.actions import note
from partnerships.models import Membership, Role
from shared.refusals import Refused


@transaction.atomic
def assign(course: Course, *, caseworker: User | None, by: User, on: date) -> Course:
    """Give a course to a caseworker of its jobcentre, or to nobody."""
    course = _locked(course)
    if not may_assign(by, course, on=on):
        raise Refused(gettext_noop("Only the jobcentre that has the course says who takes it."))
    if caseworker and not _works_there(caseworker, course, on=on):
        raise Refused(gettext_noop("Choose a caseworker who works in this jobcentre."))
    if caseworker == course.caseworker:
        return course
    course.caseworker = caseworker
    course.save(update_fields=["caseworker"])
    note(course, "assigned", by=by, case=course.pk, to=str(caseworker or ""))
    tell_given(course, caseworker, by=by)
    return course


@transaction.atomic
def assign_consultant(course: Course, *, consultant: User | None, by: User, on: date) -> Course:
    """Give a course to a job consultant of its a-kasse, or to nobody."""
    course = _locked(course)
    if not may_assign_consultant(by, course, on=on):
        raise Refused(
            gettext_noop("Only the a-kasse that has the member says who of its own takes it.")
        )
    if consultant and not consultants_of(course, on=on).filter(pk=consultant.pk).exists():
        raise Refused(gettext_noop("Choose a job consultant who works in this a-kasse."))
    if consultant == course.consultant:
        return course
    course.consultant = consultant
    course.save(update_fields=["consultant"])
    note(course, "consultant-assigned", by=by, case=course.pk, to=str(consultant or ""))
    tell_given(course, consultant, by=by)
    return course


@transaction.atomic
def give_back(  # noqa: PLR0913 (whose, from whom, to whom)
    course: Course,
    side: Party,
    *,
    to: User | None,
    given_to: User | None,
    by: User,
    on: date,
) -> Course:
    """Take a giving back, unless somebody has given the course on meanwhile."""
    course = _locked(course)
    now = course.caseworker if side == Party.JOBCENTRE else course.consultant
    if now != given_to:
        raise given_on(now)
    if side == Party.JOBCENTRE:
        return assign(course, caseworker=to, by=by, on=on)
    return assign_consultant(course, consultant=to, by=by, on=on)


def given_on(worker: User | None) -> Refused:
    """Why a giving is not taken back: somebody has given the course on."""
    if worker is None:
        return Refused(gettext_noop("Not undone: somebody has taken the case from them since."))
    said = gettext_noop("Not undone: somebody has given the case to %(worker)s since.")
    return Refused(said, worker=str(worker))


def _locked(course: Course) -> Course:
    """The course as it now stands, locked."""
    rows = Course.objects.select_for_update(of=("self",))
    return rows.select_related("a_kasse", "caseworker", "consultant").get(pk=course.pk)


def _works_there(caseworker: User, course: Course, *, on: date) -> bool:
    """Whether a person is a caseworker of the course's jobcentre on a day."""
    standing = Membership.objects.standing(on=on)
    return standing.filter(
        user=caseworker, role=Role.CASEWORKER, organisation=course.jobcentre_id
    ).exists()
