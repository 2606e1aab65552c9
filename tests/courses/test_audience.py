"""Who of a party is told of a course."""

from datetime import date

import pytest

from courses.audience import told_of
from courses.models import Party
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
