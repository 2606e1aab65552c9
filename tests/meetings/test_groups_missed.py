"""Who stays away from a mandatory group meeting: why, and what the a-kasse is told of it."""

from datetime import datetime

import pytest
import time_machine
from django.urls import reverse

from journal.models import Entry
from letters.models import Letter
from meetings.actions.group_after import give_talks, record_attendance
from meetings.actions.group_enrolling import enrol
from meetings.actions.group_missing import record_no_show
from meetings.actions.groups import plan_group, staff_group
from meetings.actions.notifying import (
    answer_notification,
    notify_of_group,
    withdraw_notification,
)
from meetings.evidence import Delivery
from meetings.group_plans import Came
from meetings.models import Enrolment, NoShow, Notification
from meetings.plans import Missed
from notices.models import Notice
from shared.refusals import Refused
from tests.meetings.conftest import NOW, TEN
from tests.meetings.test_groups import HOUR, another, enrolled, plan, planned

pytestmark = pytest.mark.django_db
Attendance = Enrolment.Attendance
AFTER = TEN + 3 * HOUR
NOTHING_KNOWN = Missed(lawful_absence=NoShow.Lawful.NONE, contact_attempts="Called twice.")


@pytest.fixture(autouse=True)
def _afterwards():
    with time_machine.travel(AFTER, tick=False):
        yield


def absent(world, **changed) -> Enrolment:
    """One who was called to a meeting and did not come."""
    group = planned(world, **changed)
    [row] = enrolled(world, group, [world.course])
    Letter.objects.update(state="sent", sent_at=NOW)
    record_attendance(group, [Came(row, Attendance.ABSENT)], by=world.caseworker, at=AFTER)
    return Enrolment.objects.get(pk=row.pk)


def told(world, row: Enrolment) -> Notification:
    record_no_show(row, NOTHING_KNOWN, by=world.caseworker, at=AFTER)
    return notify_of_group(row, delivery=Delivery.NOT_RECORDED, by=world.caseworker, at=AFTER)


def test_the_a_kasse_is_notified_with_what_it_rests_on_and_answers(world):
    world.course.consultant = world.consultant
    world.course.save()
    row = absent(world)

    found = told(world, row)

    items = {one["item"]: one for one in found.evidence}
    assert items["title"]["text"] == "New start"
    assert items["mandatory"]["word"] == "mandatory"
    assert items["contact_attempts"]["text"] == "Called twice."
    assert datetime.fromisoformat(items["summons"]["moment"]) == NOW
    assert (found.course, found.a_kasse) == (world.course, world.course.a_kasse)
    notice = Notice.objects.get(user=world.consultant, kind="notification")
    assert notice.url == row.get_absolute_url()
    answer_notification(found, code="12", answer="", by=world.consultant, at=AFTER)
    found.refresh_from_db()
    assert found.answer_code == "12"
    said = Entry.objects.filter(case_pk=world.course.pk).values_list("what", flat=True)
    assert {"group-missed", "notification-sent", "notification-answered"} <= set(said)


def test_nothing_is_told_before_why_is_known_and_never_of_a_lawful_absence(world):
    row = absent(world)
    with pytest.raises(Refused, match="Record first"):
        notify_of_group(row, delivery=Delivery.NOT_RECORDED, by=world.caseworker, at=AFTER)

    lawful = Missed(lawful_absence=NoShow.Lawful.JOB_INTERVIEW)
    record_no_show(row, lawful, by=world.caseworker, at=AFTER)

    with pytest.raises(Refused, match="recorded as lawful"):
        notify_of_group(row, delivery=Delivery.NOT_RECORDED, by=world.caseworker, at=AFTER)


def test_a_summons_that_never_left_is_cleared_first(world):
    row = absent(world)
    record_no_show(row, NOTHING_KNOWN, by=world.caseworker, at=AFTER)
    with pytest.raises(Refused, match="never delivered"):
        notify_of_group(row, delivery=Delivery.FAILED, by=world.caseworker, at=AFTER)


def test_who_may_stay_away_or_has_a_talk_is_not_notified_of_here(world):
    group = planned(world, is_mandatory=False)
    [voluntary] = enrolled(world, group, [another(world)])
    record_attendance(group, [Came(voluntary, Attendance.ABSENT)], by=world.caseworker, at=AFTER)
    voluntary.refresh_from_db()
    with pytest.raises(Refused, match="who did not come"):
        record_no_show(voluntary, NOTHING_KNOWN, by=world.caseworker, at=AFTER)


def test_the_talk_carries_the_no_show_where_there_is_one(world):
    with time_machine.travel(NOW, tick=False):
        group = planned(world)
        staff_group(group, world.consultant, by=world.consultant, at=NOW)
        [row] = enrolled(world, group, [world.course])
        give_talks(group, minutes=20, by=world.caseworker, at=NOW)
    record_attendance(group, [Came(row, Attendance.ABSENT)], by=world.caseworker, at=AFTER)
    row.refresh_from_db()

    with pytest.raises(Refused, match="who did not come"):
        record_no_show(row, NOTHING_KNOWN, by=world.caseworker, at=AFTER)

    assert NoShow.objects.get().meeting == row.talk


def test_a_mistake_is_taken_back_after_the_notification_is(world):
    row = absent(world)
    found = told(world, row)
    with pytest.raises(Refused, match="already been notified"):
        notify_of_group(row, delivery=Delivery.NOT_RECORDED, by=world.caseworker, at=AFTER)
    came = [Came(row, Attendance.CAME)]
    with pytest.raises(Refused, match="Withdraw the notification first"):
        record_attendance(row.group, came, by=world.caseworker, at=AFTER)
    with pytest.raises(Refused, match="Only the jobcentre"):
        withdraw_notification(found, reason="Mine", by=world.consultant, at=AFTER)

    withdraw_notification(found, reason="Came late", by=world.caseworker, at=AFTER)
    record_attendance(row.group, came, by=world.caseworker, at=AFTER)

    assert not NoShow.objects.exists()
    assert Notification.objects.get().withdrawn_reason == "Came late"


def test_what_happens_at_the_a_kasses_own_meeting_is_its_own_to_know(client, world):
    group = planned_by_a_kasse(world)
    [row] = [enrolled_by_a_kasse(world, group)]
    record_attendance(group, [Came(row, Attendance.ABSENT)], by=world.consultant, at=AFTER)
    row.refresh_from_db()

    record_no_show(row, NOTHING_KNOWN, by=world.consultant, at=AFTER)

    with pytest.raises(Refused, match="only of its own"):
        notify_of_group(row, delivery=Delivery.NOT_RECORDED, by=world.consultant, at=AFTER)
    client.force_login(world.caseworker)
    assert client.get(row.get_absolute_url()).status_code == 404


def planned_by_a_kasse(world):
    from_a_kasse = {"organisation": world.course.a_kasse, "invited": None, "room": None}
    plan_ = plan(world, **from_a_kasse, host=world.consultant, place="Hall")
    return plan_group(plan_, by=world.consultant, at=NOW)


def enrolled_by_a_kasse(world, group):
    return enrol(group, world.course, by=world.consultant, at=NOW)


# --- The pages ----------------------------------------------------------------------------------
def test_from_the_list_over_why_and_the_evidence_to_the_a_kasses_answer(client, world):
    row = absent(world)
    client.force_login(world.caseworker)
    client.cookies["django_language"] = "en"

    assert row.get_absolute_url() in client.get(row.group.get_absolute_url()).content.decode()
    said = {"lawful_absence": "none", "contact_attempts": "Called twice."}
    page = client.post(row.get_absolute_url(), said, follow=True).content.decode()
    assert "What the notification rests on" in page
    assert "New start" in page
    url = reverse("meetings:notify_of_group", args=[row.group_id, row.pk])
    page = client.post(url, {"delivery": "not_recorded"}, follow=True).content.decode()
    assert "Notification to the a-kasse" in page

    client.force_login(world.consultant)
    client.cookies["django_language"] = "en"
    found = Notification.objects.get()
    listed = client.get("/a-kasse/?vis=svar").content.decode()
    assert reverse("meetings:answer", args=[found.pk]) in listed
    page = client.post(
        reverse("meetings:answer", args=[found.pk]), {"code": "12"}, follow=True
    ).content.decode()
    assert "Correct the answer" in page
