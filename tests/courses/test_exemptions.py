"""Whoever exempts a member is told how much of the lawful room is used."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from courses.exemptions import quarter_of, quota_of
from courses.models import Duty, Party
from tests.courses.course_world import NOW, make_world
from tests.factories import CourseFactory, DutyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        yield make_world(date(2026, 9, 7))


def in_the_quarter(world, exempted: int, others: int, **place):
    """Members of the same a-kasse whose three months end in the quarter of the world's course."""
    due_on = world.course.duties.filter(rule="R26-03").first().due_on
    for number in range(exempted + others):
        course = CourseFactory(**({"a_kasse": world.course.a_kasse} | place))
        closed = {"outcome": Duty.Outcome.NOT_REQUIRED, "late_from": None, "soon_from": None}
        DutyFactory(
            course=course, rule="R26-03", due_on=due_on, **(closed if number < exempted else {})
        )
    return due_on


@pytest.mark.parametrize(
    ("exempted", "others", "said"),
    [
        (1, 8, "10 %"),  # the world's own course is the tenth
        (2, 6, "Little room is left"),
        (3, 6, "No room is left"),
    ],
)
def test_the_form_says_how_much_room_is_left(client, world, exempted, others, said):
    in_the_quarter(world, exempted, others)
    client.force_login(world.consultant)
    address = reverse("courses:record_choice", args=[world.course.case_number])
    page = client.get(address, headers={"accept-language": "en"}).text
    assert said in page
    assert ("room is left" in page) == (exempted > 1)


def test_others_and_other_quarters_do_not_count(world):
    due_on = in_the_quarter(world, exempted=1, others=0)
    in_the_quarter(world, exempted=5, others=0, a_kasse=CourseFactory().a_kasse)
    before = DutyFactory(course=CourseFactory(a_kasse=world.course.a_kasse), rule="R26-03")
    Duty.objects.filter(pk=before.pk).update(due_on=quarter_of(due_on)[0] - timedelta(1))

    quota = quota_of(world.course, Party.A_KASSE)

    assert (quota.exempted, quota.members) == (1, 2)


def test_a_quarter_is_half_open():
    assert quarter_of(date(2026, 12, 31)) == (date(2026, 10, 1), date(2027, 1, 1))
    assert quarter_of(date(2026, 7, 1)) == (date(2026, 7, 1), date(2026, 10, 1))
