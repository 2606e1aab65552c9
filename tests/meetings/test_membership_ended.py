"""An a-kasse that lost the member: it reads interviews as they stood on the last day, no later."""

from datetime import timedelta

import pytest
import time_machine

from courses.actions import facts
from courses.models import Duty, Party
from journal.actions import note
from meetings.actions import cancel, hold, miss, notify_a_kasse, record_contact_again
from meetings.evidence import Delivery
from meetings.models import NoShow, Notification
from meetings.plans import Held, Missed
from tests.factories import MeetingFactory
from tests.meetings.conftest import DAY, TEN
from tests.meetings.test_views import page, text

AFTER = TEN + timedelta(hours=2)
LATER = TEN + timedelta(days=3)
SECRET = "Called at 10.15, in hospital."
CAME = {"citizen": "came", "jobcentre": "came", "a_kasse": "came"}


@pytest.fixture
def meeting(world):
    """A joint interview on the second last day of membership."""
    return world.booked_joint(duty=world.joint)


@pytest.fixture
def end_membership(world):
    """The citizen leaves the a-kasse on the day after the interview."""

    def ended():
        facts.record_registration(course=world.course, by=None, ended_on=DAY + timedelta(1))

    return ended


@pytest.fixture
def too_late(end_membership):
    """Three days after the interview, when the membership is over."""
    end_membership()
    with time_machine.travel(LATER, tick=False):
        yield


def missed_and_notified(world, meeting, at):
    what = Missed(NoShow.Lawful.NONE, SECRET, explanation="Overslept.")
    missed = miss(meeting, what, by=world.caseworker, at=at).meeting
    return notify_a_kasse(missed, delivery=Delivery.DELIVERED, by=world.caseworker, at=at)


@pytest.mark.usefixtures("too_late")
def test_a_no_show_recorded_later_is_not_told(client, world, meeting):
    sent = missed_and_notified(world, meeting, LATER)

    seen = page(client, world.consultant, "detail", meeting.pk)
    shown = seen.context["page"]
    assert (shown.state, shown.outcome, shown.sent, shown.buttons) == (
        "Outcome missing",
        [],
        [],
        [],
    )
    assert {seat.word for seat in shown.seats} == {"expected"}
    assert SECRET not in text(seen)
    assert page(client, world.consultant, "answer", sent.pk).status_code == 404
    assert not Notification.objects.visible_to(world.consultant).exists()
    whole = page(client, world.caseworker, "detail", meeting.pk).context["page"]
    assert (whole.state, len(whole.sent)) == ("Did not come", 1)


@pytest.mark.usefixtures("too_late")
def test_it_stands_in_no_list_of_the_former_a_kasse(client, world, meeting):
    missed_and_notified(world, meeting, LATER)
    client.force_login(world.consultant)

    for key in ("kommende", "mangler", "underrettet", "afsluttet"):
        response = client.get("/samtaler/", {"vis": key})
        assert response.context["rows"] == [], key
        assert {tab.count for tab in response.context["tabs"]} == {0}
    front = client.get("/a-kasse/", {"vis": "svar"}).context["front"]
    assert (front.waiting, front.counts.answers) == ((), 0)


def test_a_notification_that_can_no_longer_be_answered_waits_for_nobody(
    client, world, meeting, end_membership
):
    missed_and_notified(world, meeting, AFTER)
    with time_machine.travel(AFTER, tick=False):
        client.force_login(world.consultant)
        front = client.get("/a-kasse/", {"vis": "svar"}).context["front"]
        assert front.counts.answers == len(front.waiting) == 1
    end_membership()
    with time_machine.travel(LATER, tick=False):
        for user, address in ((world.consultant, "/a-kasse/"), (world.caseworker, "/jobcenter/")):
            client.force_login(user)
            front = client.get(address, {"vis": "svar"}).context["front"]
            assert (front.counts.answers, front.waiting) == (0, ())
            assert client.get("/samtaler/", {"vis": "underrettet"}).context["rows"] == []


def test_what_was_told_in_time_stays_to_be_read(client, world, meeting, end_membership):
    missed_and_notified(world, meeting, AFTER)
    end_membership()
    record_contact_again(
        meeting, contact_again_at=LATER, explanation="In prison.", by=world.caseworker, at=LATER
    )
    with time_machine.travel(LATER, tick=False):
        shown = page(client, world.consultant, "detail", meeting.pk)

    assert shown.context["page"].state == "Did not come"
    assert len(shown.context["page"].sent) == 1
    assert SECRET in text(shown)
    assert "In prison." not in text(shown)
    assert dict(shown.context["page"].outcome)["In contact again"] == "not yet"


@pytest.mark.usefixtures("too_late")
def test_a_cancellation_recorded_later_is_not_told(client, world, meeting):
    cancel(meeting, cancelled_by=Party.JOBCENTRE, reason=SECRET, by=world.caseworker, at=LATER)

    shown = page(client, world.consultant, "detail", meeting.pk)
    assert shown.context["page"].outcome == []
    assert SECRET not in text(shown)


@pytest.mark.usefixtures("too_late")
@pytest.mark.parametrize("went", ["missed", "held"])
def test_the_course_page_shows_the_interview_and_its_duty_as_they_stood(
    client, world, meeting, went
):
    if went == "missed":
        missed_and_notified(world, meeting, LATER)
    else:
        hold(meeting, Held(CAME, SECRET), by=world.caseworker, at=LATER)
        Duty.objects.filter(pk=world.joint.pk).update(outcome="met", met_on=DAY)
    seen = {}
    for user in (world.consultant, world.caseworker):
        client.force_login(user)
        shown = client.get(world.course.get_absolute_url()).context["page"]
        seen[user] = [(row.pk, row.tone) for row in shown.meetings]
        met = {row.duty.met_on for row in shown.duties}
        assert (DAY in met) is (went == "held" and user == world.caseworker)

    assert seen[world.consultant] == [(meeting.pk, "unrecorded")]
    assert seen[world.caseworker] == [(meeting.pk, went)]


def test_an_interview_of_its_own_waits_for_its_outcome_only_while_it_has_the_member(
    client, world, end_membership
):
    MeetingFactory(course=world.course, held_by="a_kasse", starts_at=TEN)
    with time_machine.travel(LATER, tick=False):
        client.force_login(world.consultant)
        waiting = [
            client.get("/a-kasse/", {"vis": "registrering"}).context["front"].counts.outcomes
        ]
        end_membership()
        waiting += [
            client.get("/a-kasse/", {"vis": "registrering"}).context["front"].counts.outcomes
        ]

    assert waiting == [1, 0]


def test_many_acts_after_the_end_do_not_hide_those_before_it(client, world, end_membership):
    note(world.course, "assigned", by=world.caseworker, case=world.course.pk, to="Ane Tidligt")
    end_membership()
    with time_machine.travel(LATER, tick=False):
        for _ in range(20):
            note(world.course, "assigned", by=world.caseworker, case=world.course.pk, to="Bo Sent")
        client.force_login(world.consultant)
        shown = text(client.get(world.course.get_absolute_url()))

    assert "Ane Tidligt" in shown
    assert "Bo Sent" not in shown
