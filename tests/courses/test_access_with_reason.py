"""A system administrator reads one case for an hour, for a written reason that is logged."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import translation

from courses.actions.access import open_with_reason
from courses.models import AccessGrant, Course
from journal.models import Look
from partnerships.models import Role
from shared.refusals import Refused
from tests.factories import CourseFactory, JobcentreFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
REASON = "The dates of this case look wrong after the import."


@pytest.fixture
def administrator():
    return UserFactory(role=Role.SYSTEM_ADMINISTRATOR)


def test_the_case_can_be_read_for_an_hour_and_no_other_case(administrator):
    course, other = CourseFactory(), CourseFactory()
    with time_machine.travel(NOW, tick=False) as clock:
        assert not Course.objects.visible_to(administrator).exists()
        grant = open_with_reason(course.case_number, REASON, by=administrator)
        assert (grant.course, grant.until) == (course, NOW + timedelta(minutes=60))
        assert list(Course.objects.visible_to(administrator)) == [course]
        clock.shift(timedelta(minutes=59, seconds=59))
        assert list(Course.objects.visible_to(administrator)) == [course]
        clock.shift(timedelta(seconds=1))
        assert not Course.objects.visible_to(administrator).exists()
    assert other.pk


def test_the_reason_is_logged_with_the_look(administrator):
    course = CourseFactory()
    open_with_reason(course.case_number, f"  {REASON} ", by=administrator)
    [look] = Look.objects.all()
    assert (look.kind, look.by, look.case_pk, look.reason) == (
        "grant", administrator, course.pk, REASON,
    )  # fmt: skip


@pytest.mark.parametrize(
    "reason", ["", "   ", "because", "see 010185-1234 please", "x 0101851234 y"]
)
def test_it_is_refused_without_a_reason_or_with_a_cpr_number_in_it(administrator, reason):
    with pytest.raises(Refused):
        open_with_reason(CourseFactory().case_number, reason, by=administrator)
    assert not AccessGrant.objects.exists()
    assert not Look.objects.exists()


@pytest.mark.parametrize("number", ["K-999999", "", "K-", "abc", "K-000000"])
def test_a_case_that_does_not_exist_is_refused(administrator, number):
    with translation.override("en"), pytest.raises(Refused, match="no case"):
        open_with_reason(number, REASON, by=administrator)


def test_others_are_refused():
    caseworker = UserFactory(role=Role.CASEWORKER, organisation=JobcentreFactory())
    with pytest.raises(Refused):
        open_with_reason(CourseFactory().case_number, REASON, by=caseworker)
    assert not AccessGrant.objects.exists()
