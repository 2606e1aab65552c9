"""Many people enrolling in one group meeting at once, each on a connection of their own."""

import pytest

from courses.models import MeetingForm
from meetings.actions.group_enrolling import enrol, withdraw
from meetings.actions.groups import plan_group
from meetings.group_plans import GroupPlan
from meetings.models import Enrolment, GroupMeeting, Participant
from tests.factories import CourseFactory
from tests.meetings.conftest import BEFORE, NOW, TEN, new_world
from tests.meetings.test_groups import HOUR
from tests.meetings.test_race import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CLIENTS, SEATS = 40, 12


def test_forty_for_twelve_seats_leave_twelve_seated_and_the_rest_in_the_order_they_came():
    world = new_world()
    plan = GroupPlan(
        kind=GroupMeeting.Kind.INFORMATION,
        title="New start",
        organisation=world.jobcentre,
        host=world.caseworker,
        room=world.room,
        starts_at=TEN,
        ends_at=TEN + HOUR,
        form=MeetingForm.IN_PERSON,
        seats=SEATS,
    )
    group = plan_group(plan, by=world.caseworker, at=NOW)
    courses = [
        CourseFactory(municipality=world.course.municipality, **BEFORE) for _n in range(CLIENTS)
    ]

    results = at_once(
        [lambda one=one: enrol(group, one, by=world.caseworker, at=NOW) for one in courses]
    )

    assert all(isinstance(one, Enrolment) for one in results), results
    seated = group.enrolments.filter(state="seated").order_by("pk")
    assert [one.seat for one in seated] == list(range(1, SEATS + 1))
    waiting = list(Enrolment.objects.waiting().filter(group=group))
    assert len(waiting) == CLIENTS - SEATS
    assert min(one.pk for one in waiting) > max(one.pk for one in seated)
    assert Participant.objects.filter(group=group, role="citizen").count() == SEATS

    gone = at_once(
        [lambda one=one: withdraw(one, reason="Ill", by=world.caseworker, at=NOW) for one in seated]
    )

    assert all(isinstance(one, tuple) for one in gone), gone
    now_seated = group.enrolments.filter(state="seated")
    assert set(now_seated) == set(waiting[:SEATS])
    assert sorted(now_seated.values_list("seat", flat=True)) == list(range(1, SEATS + 1))
