"""The pages of group meetings: planning with cautions, enrolling one and several, attendance."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import Party
from letters.models import Letter
from meetings.actions.group_after import give_talks
from meetings.actions.group_enrolling import withdraw
from meetings.actions.groups import staff_group
from meetings.models import Batch, Enrolment, GroupMeeting, Meeting, Participant
from partnerships.models import Role
from staffing.models import Competence
from tests.factories import AgreementFactory, DutyFactory, UserFactory
from tests.meetings.conftest import DAY, DUE, NOW, TEN
from tests.meetings.test_groups import HOUR, another, enrolled, planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client, world):
    """The caseworker's, in English."""
    client.force_login(world.caseworker)
    client.cookies["django_language"] = "en"
    return client


def filled(world, **changed):
    said = {
        "kind": "workshop",
        "title": "New start",
        "invited": world.course.a_kasse.pk,
        "host": world.caseworker.pk,
        "day": f"{DAY:%d.%m.%Y}",
        "starts": "10.00",
        "minutes": "60",
        "form": "in_person",
        "room": world.room.pk,
        "seats": "2",
        "is_mandatory": "on",
    }
    return said | changed


def test_whoever_may_not_decide_or_grant_is_said_first_and_planned_on_the_second_click(
    browser, world
):
    AgreementFactory(parties=[world.jobcentre, world.course.a_kasse])
    url = reverse("meetings:new_group")

    page = browser.post(url, filled(world)).content.decode()
    assert "may not decide on that day" in page
    assert "may not grant money on that day" in page
    assert not GroupMeeting.objects.exists()

    browser.post(url, filled(world, seen="may_not_decide may_not_grant"))
    assert GroupMeeting.objects.get().seats == 2


def test_one_who_may_decide_and_grant_is_planned_at_once(browser, world):
    AgreementFactory(parties=[world.jobcentre, world.course.a_kasse])
    for kind in ("decide", "grant"):
        Competence.objects.create(
            user=world.caseworker, organisation=world.jobcentre, kind=kind, starts_on="2026-01-01"
        )

    browser.post(reverse("meetings:new_group"), filled(world))

    assert GroupMeeting.objects.get().invited == world.course.a_kasse


def test_a_citizen_is_enrolled_from_the_case_and_stands_on_the_page_of_the_meeting(browser, world):
    group = planned(world)
    url = reverse("meetings:enrol", args=[world.course.case_number])

    page = browser.post(url, {"group": group.pk, "summon": "on", "language": "en"}, follow=True)

    assert Enrolment.objects.get().seat == 1
    assert world.course.case_number in page.content.decode()
    assert Letter.objects.get(course=world.course).language == "en"


def test_several_rows_are_previewed_then_enrolled_and_the_result_says_who_waits(browser, world):
    group = planned(world, seats=1)
    other = DutyFactory(course=another(world), responsible=Party.JOBCENTRE, due_on=DUE)
    rows = {"duty": f"{world.job.pk},{other.pk}"}
    url = reverse("meetings:enrol_several")

    assert "New start" in browser.post(url, rows).content.decode()
    page = browser.post(url, rows | {"group": group.pk}).content.decode()
    assert "Comes on the waiting list" in page
    assert not Enrolment.objects.exists()

    sent = rows | {"group": group.pk, "step": "send", "key": str(uuid4())}
    page = browser.post(url, sent, follow=True).content.decode()
    assert "2 citizens are enrolled." in page
    assert "Has seat 1." in page
    assert "Waits in the list" in page
    browser.post(url, sent)
    assert Enrolment.objects.count() == 2


def test_enrolling_several_is_undone_for_ten_minutes_and_nobody_hears_of_it(browser, world):
    group = planned(world, seats=1)
    other = DutyFactory(course=another(world), responsible=Party.JOBCENTRE, due_on=DUE)
    sent = {"duty": f"{world.job.pk},{other.pk}", "group": group.pk, "step": "send"}
    browser.post(reverse("meetings:enrol_several"), sent)
    undo = reverse("meetings:undo_batch", args=[Batch.objects.get().pk])

    page = browser.post(undo, follow=True).content.decode()

    assert "Undone: the citizen is not enrolled" in page
    assert not Enrolment.objects.standing().exists()
    assert set(Letter.objects.values_list("state", flat=True)) == {"taken_back"}
    assert not Participant.objects.filter(group=group, role="citizen").exists()


def test_after_ten_minutes_or_with_a_talk_enrolling_is_not_undone(browser, world):
    group = planned(world)
    staff_group(group, world.consultant, by=world.consultant, at=NOW)
    sent = {"duty": str(world.job.pk), "group": group.pk, "step": "send"}
    browser.post(reverse("meetings:enrol_several"), sent)
    undo = reverse("meetings:undo_batch", args=[Batch.objects.get().pk])
    give_talks(group, minutes=20, by=world.caseworker, at=NOW)

    assert "has got an individual talk since" in browser.post(undo, follow=True).content.decode()
    with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
        browser.force_login(world.caseworker)
        back = {"referer": f"http://testserver{Batch.objects.get().get_absolute_url()}"}
        page = browser.post(undo, headers=back, follow=True).content.decode()
    assert "Ten minutes have passed" in page
    assert Enrolment.objects.standing().exists()


def test_who_waits_moves_up_when_another_is_withdrawn_on_the_page(browser, world):
    group = planned(world, seats=1)
    rows = enrolled(world, group, [world.course, another(world)])

    url = reverse("meetings:withdraw_enrolment", args=[group.pk, rows[0].pk])
    page = browser.post(url, {"reason": "Got a job"}, follow=True).content.decode()

    assert "the first who waited has the seat" in page
    assert Enrolment.objects.get(state="seated") == rows[1]


def test_talks_are_given_and_attendance_saved_in_one_go(browser, world):
    group = planned(world)
    staff_group(group, world.consultant, by=world.consultant, at=NOW)
    rows = enrolled(world, group, [world.course, another(world)])

    browser.post(reverse("meetings:group_talks", args=[group.pk]), {"minutes": "20"})
    assert Meeting.objects.count() == 2

    said = {f"e{one.pk}-attendance": "came" for one in rows}
    said[f"e{rows[0].pk}-next_step"] = "Truck licence"
    with time_machine.travel(TEN + HOUR, tick=False):
        browser.force_login(world.caseworker)
        browser.post(reverse("meetings:group_attendance", args=[group.pk]), said)
    assert set(group.enrolments.values_list("attendance", flat=True)) == {"came"}
    assert Enrolment.objects.get(pk=rows[0].pk).next_step == "Truck licence"


def test_a_booking_coordinator_sees_the_seats_but_no_citizen(client, world):
    group = planned(world)
    enrolled(world, group, [world.course])
    planner = UserFactory(role=Role.BOOKING_COORDINATOR, organisation=world.jobcentre)
    client.force_login(planner)

    page = client.get(group.get_absolute_url()).content.decode()

    assert world.course.case_number not in page
    assert world.course.citizen.last_name not in page


def test_the_calendar_file_names_the_meeting_and_nobody(browser, world):
    group = planned(world)
    enrolled(world, group, [world.course])

    body = browser.get(reverse("meetings:group_file", args=[group.pk])).content.decode()

    assert "New start" in body
    assert world.course.citizen.last_name not in body


def test_the_page_of_a_course_lists_its_group_meetings_in_the_statement_it_asks_anyway(
    client, world
):
    url = world.course.get_absolute_url()
    client.force_login(world.caseworker)
    client.cookies["django_language"] = "en"
    client.get(url)  # what is kept of a statement is asked once
    with CaptureQueriesContext(connection) as without:
        assert "New start" not in client.get(url).content.decode()
    group = planned(world, seats=1)
    enrolled(world, group, [world.course])
    later = planned(world, title="Once more", starts_at=TEN + 2 * HOUR, ends_at=TEN + 3 * HOUR)
    [row] = enrolled(world, later, [world.course])
    withdraw(row, reason="Ill", by=world.caseworker, at=NOW)
    Letter.objects.all().delete()

    with CaptureQueriesContext(connection) as asked:
        page = client.get(url).content.decode()

    assert group.get_absolute_url() in page
    assert "Has a seat" in page
    assert "Once more" not in page
    assert len(asked) == len(without)
