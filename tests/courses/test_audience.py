"""Who of a party is told of a course."""

from datetime import date

import pytest

from courses.actions.assignment import assign
from courses.actions.facts import record_choice
from courses.audience import told_of
from courses.models import Party
from notices.models import Notice
from partnerships.models import Membership, Role
from tests.factories import AKasseFactory, CourseFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def worker(role, organisation, **more):
    return UserFactory(role=role, organisation=organisation, **more)


def test_the_caseworker_of_the_course_is_told_and_nobody_else():
    course = CourseFactory()
    course.caseworker = worker(Role.CASEWORKER, course.jobcentre)
    worker(Role.CASEWORKER, course.jobcentre)
    assert told_of(course, Party.JOBCENTRE, on=TODAY) == [course.caseworker]


def test_a_course_without_a_caseworker_is_told_to_all_who_could_take_it():
    course = CourseFactory()
    two = [worker(Role.CASEWORKER, course.jobcentre) for _ in range(2)]
    worker(Role.BOOKING_COORDINATOR, course.jobcentre)
    worker(Role.CASEWORKER, CourseFactory().jobcentre)
    assert told_of(course, Party.JOBCENTRE, on=TODAY) == two


def test_the_a_kasses_consultant_comes_before_its_coordinators_and_they_before_all():
    course = CourseFactory()
    consultants = [worker(Role.JOB_CONSULTANT, course.a_kasse) for _ in range(2)]
    assert told_of(course, Party.A_KASSE, on=TODAY) == consultants
    coordinator = worker(Role.COORDINATOR, course.a_kasse)
    assert told_of(course, Party.A_KASSE, on=TODAY) == [coordinator]
    course.consultant = consultants[1]
    assert told_of(course, Party.A_KASSE, on=TODAY) == [consultants[1]]


def test_one_who_left_is_not_told():
    course = CourseFactory()
    course.caseworker = worker(Role.CASEWORKER, course.jobcentre)
    other = worker(Role.CASEWORKER, course.jobcentre)
    Membership.objects.filter(user=course.caseworker).update(ends_on=TODAY)
    assert told_of(course, Party.JOBCENTRE, on=TODAY) == [other]


def test_the_people_of_the_a_kasse_it_merged_into_are_told():
    last = AKasseFactory()
    course = CourseFactory(a_kasse=AKasseFactory(successor=AKasseFactory(successor=last)))
    consultant = worker(Role.JOB_CONSULTANT, last)
    assert told_of(course, Party.A_KASSE, on=TODAY) == [consultant]


def test_the_citizen_is_nobody_who_signs_in():
    assert told_of(CourseFactory(), Party.CITIZEN, on=TODAY) == []


def test_who_is_given_a_course_is_told_unless_they_took_it_themselves():
    course = CourseFactory(jobcentre_from=TODAY)
    one, other = (worker(Role.CASEWORKER, course.jobcentre) for _ in range(2))
    assign(course, caseworker=one, by=one, on=TODAY)
    assert not Notice.objects.exists()
    assign(course, caseworker=other, by=one, on=TODAY)
    [notice] = Notice.objects.all()
    assert (notice.user, notice.kind, notice.url) == (other, "assigned", course.get_absolute_url())


def test_a_choice_is_told_to_the_other_party_once_it_may_read_the_course():
    for jobcentre_from, told in ((None, 0), (date(2026, 9, 7), 1)):
        course = CourseFactory(jobcentre_from=jobcentre_from)
        consultant = worker(Role.JOB_CONSULTANT, course.a_kasse)
        worker(Role.CASEWORKER, course.jobcentre)
        record_choice(
            course=course, kind="ask_joint", chosen_on=course.registered_on,
            by_party="citizen", by=consultant,
        )  # fmt: skip
        assert Notice.objects.filter(case_number=course.case_number).count() == told
