"""The outcomes of a day, one after the other."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from courses.models import JobSearchStatus, Party
from meetings.actions import cancel, hold
from meetings.models import Agreed, Meeting, NoShow
from meetings.plans import Held
from tests.factories import MeetingFactory, ParticipantFactory
from tests.meetings.conftest import DAY, TEN
from tests.meetings.test_several import more_duties

AFTER = TEN + timedelta(hours=6)
CAME = {"citizen": "came", "jobcentre": "came", "a_kasse": "came"}
HELD = {
    "outcome": "held",
    "jobcentre": "came",
    "registered_type": "7",
    "began": "10.05",
    "minutes": "35",
    "held_form": "phone",
    "min_plan_changed": "yes",
    "aftale-TOTAL_FORMS": "2",
    "aftale-INITIAL_FORMS": "0",
    "aftale-0-who": "citizen",
    "aftale-0-what": "Send two applications.",
    "aftale-0-by_day": "07.10.2026",
    "aftale-1-who": "jobcentre",
    "aftale-1-what": "",
}


@pytest.fixture(autouse=True)
def _later():
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def three(world):
    """Three interviews of the caseworker on one day: the last has not begun."""
    times = [TEN, TEN + timedelta(hours=1), AFTER + timedelta(hours=1)]
    meetings = [
        MeetingFactory(course=world.course, held_by="jobcentre", starts_at=t) for t in times
    ]
    for meeting in meetings:
        ParticipantFactory(meeting=meeting, role="jobcentre", worker=world.caseworker)
    return meetings


def run(client, world, **asked):
    client.force_login(world.caseworker)
    client.cookies["django_language"] = "en"
    return client.get("/samtaler/dagen/", {"dag": DAY.isoformat()} | asked)


def send(client, world, meeting, words):
    client.force_login(world.caseworker)
    client.cookies["django_language"] = "en"
    address = f"/samtaler/dagen/?dag={DAY.isoformat()}&aktuel={meeting.pk}"
    return client.post(address, words)


def current(response):
    return parse_qs(urlsplit(response["Location"]).query).get("aktuel")


def test_a_day_lists_its_interviews_and_asks_for_those_that_have_begun(client, world, three):
    shown = run(client, world).context["run"]

    assert [stop.is_open for stop in shown.stops] == [True, True, False]
    assert (shown.current, shown.recorded, shown.count) == (three[0], 0, 2)


def test_what_is_sent_from_a_run_opened_by_its_bare_address_is_recorded(client, world, three):
    page = run(client, world)
    (address,) = re.findall(r'<form\s+class="kf-outcome"[^>]*action="([^"]+)"', page.text)

    answer = client.post(unescape(address), HELD)

    assert current(answer) == [str(three[1].pk)]
    assert Meeting.objects.get(pk=three[0].pk).state == "held"


def test_saving_goes_on_to_the_next_and_the_last_ends_the_run(client, world, three):
    first = send(client, world, three[0], HELD)
    second = send(
        client,
        world,
        three[1],
        HELD | {"outcome": "no_show", "lawful_absence": "sick", "contact_attempts": "Called."},
    )

    assert current(first) == [str(three[1].pk)]
    assert current(second) is None
    states = [Meeting.objects.get(pk=one.pk).state for one in three]
    assert states == ["held", "no_show", "booked"]
    assert run(client, world).context["run"].current is None


def test_what_is_skipped_stays_and_comes_round_again(client, world, three):
    shown = run(client, world).context["run"]
    assert f"aktuel={three[1].pk}" in shown.skipped_to

    answer = send(client, world, three[1], HELD)

    assert current(answer) == [str(three[0].pk)]


def test_one_move_writes_agreements_how_people_met_and_min_plan(client, world, three):
    send(client, world, three[0], HELD)

    meeting = Meeting.objects.get(pk=three[0].pk)
    agreed = Agreed.objects.get()
    assert (agreed.who, agreed.what, agreed.by_day.isoformat()) == (
        "citizen", "Send two applications.", "2026-10-07",
    )  # fmt: skip
    assert (meeting.held_form, meeting.lasted_minutes) == ("phone", 35)
    assert meeting.began_at == TEN + timedelta(minutes=5)
    status = JobSearchStatus.objects.get()
    assert (status.item, status.state, status.as_of) == ("min_plan", "done", DAY)


def test_the_minutes_go_with_the_outcome_and_hold_what_was_agreed(client, world, three):
    send(client, world, three[0], HELD | {"send_minutes": "on", "agreed": "Well on the way."})

    [minutes] = three[0].letters.all()
    assert (minutes.kind, minutes.state) == ("minutes", "waiting")


def test_what_was_typed_survives_that_a_colleague_was_quicker(client, world, three):
    hold(three[0], Held(CAME), by=world.caseworker, at=AFTER)

    response = send(client, world, three[0], HELD)

    text = response.content.decode()
    assert response.status_code == 200
    assert "already recorded" in text
    assert "Send two applications." in text
    assert Meeting.objects.get(pk=three[1].pk).state == "booked"


def test_more_lines_are_given_without_recording_or_losing_anything(client, world, three):
    response = send(client, world, three[0], HELD | {"more_rows": "ja"})

    form = response.context["form"]
    assert len(form.agreements.forms) == 4
    assert "Send two applications." in response.content.decode()
    assert not form.errors
    assert Meeting.objects.get(pk=three[0].pk).state == "booked"


def test_a_mistake_in_the_part_not_chosen_is_no_mistake(client, world, three):
    wrong = {"contact_day": "never", "contact_time": "25.99"}

    send(client, world, three[0], HELD | wrong)

    assert Meeting.objects.get(pk=three[0].pk).state == "held"


def test_a_day_without_what_is_no_agreement(client, world, three):
    response = send(client, world, three[0], HELD | {"aftale-1-by_day": "08.10.2026"})

    assert "Write what was agreed" in response.content.decode()
    assert not Agreed.objects.exists()


def test_a_no_show_leads_to_its_notification_and_sends_nothing_by_itself(client, world, three):
    missed = HELD | {"outcome": "no_show", "lawful_absence": "none", "contact_attempts": "Called."}

    response = send(client, world, three[0], missed)

    assert f"/samtaler/{three[0].pk}/underret/" in response["Location"]
    assert NoShow.objects.get().contact_attempts == "Called."
    assert not three[0].notifications.exists()
    sent = client.post(response["Location"], {"delivery": "not_recorded"})
    assert current(sent) == [str(three[1].pk)]


def test_a_no_show_without_an_attempt_at_contact_is_asked_about_first(client, world, three):
    missed = HELD | {"outcome": "no_show", "lawful_absence": "none"}

    response = send(client, world, three[0], missed)

    assert "No attempt at contact" in response.content.decode()
    assert not NoShow.objects.exists()


def test_chosen_interviews_of_another_party_are_not_in_the_run(client, world, three):
    theirs = MeetingFactory(
        course=world.course, held_by="a_kasse", starts_at=TEN - timedelta(hours=1)
    )

    client.force_login(world.caseworker)
    shown = client.get("/samtaler/dagen/", {"samtale": [theirs.pk, three[1].pk, "x"]})

    assert [one.pk for one in shown.context["run"].meetings] == [three[1].pk]


def test_the_member_is_called_so_in_the_a_kasse(client, world):
    meeting = MeetingFactory(course=world.course, held_by="a_kasse", starts_at=TEN)
    ParticipantFactory(meeting=meeting, role="a_kasse", worker=world.consultant)
    client.force_login(world.consultant)
    client.cookies["django_language"] = "en"

    text = client.get(f"/samtaler/{meeting.pk}/resultat/").content.decode()

    assert "The member did not come" in text
    assert "The citizen" not in text


@pytest.mark.parametrize("rows", [1, 12])
def test_a_run_asks_the_database_no_more_for_many(
    client, world, django_assert_max_num_queries, rows
):
    for step in range(rows):
        meeting = MeetingFactory(
            course=world.course, held_by="jobcentre", starts_at=TEN + timedelta(hours=step - 10)
        )
        ParticipantFactory(meeting=meeting, role="jobcentre", worker=world.caseworker)
    client.force_login(world.caseworker)

    client.get("/samtaler/")  # which renews the session, as one page in five minutes does

    with django_assert_max_num_queries(12):
        client.get("/samtaler/dagen/", {"dag": DAY.isoformat()})


@pytest.mark.parametrize("page", ["/samtaler/?vis=mangler", "/jobcenter/?vis=registrering"])
def test_what_lacks_an_outcome_is_recorded_from_its_list(client, world, three, page):
    client.force_login(world.caseworker)
    client.cookies["django_language"] = "en"
    (link,) = re.findall(r'href="(/samtaler/dagen/[^"]*)"', client.get(page).text)
    opened = client.get(link.replace("&amp;", "&")).context["run"]
    assert [one.pk for one in opened.meetings] == [one.pk for one in three[:2]]


def test_a_list_in_which_nothing_is_ones_own_to_record_leads_to_no_run(client, world, three):
    client.force_login(world.consultant)
    for page in ("/samtaler/?vis=mangler", "/a-kasse/?vis=registrering"):
        assert "/samtaler/dagen/?samtale" not in client.get(page).text


def test_an_outcome_for_an_interview_that_left_the_run_is_not_called_recorded(client, world, three):
    reason = {"cancelled_by": Party.JOBCENTRE, "reason": "The adviser is away."}
    cancel(three[0], **reason, by=world.caseworker, at=AFTER)
    answer = send(client, world, three[0], HELD)
    assert "Nothing is saved" in client.get(answer.url).text
    assert Meeting.objects.get(pk=three[0].pk).state == "cancelled"


def test_a_run_of_chosen_rows_names_those_left_out_and_leads_back(client, world):
    missed, begun = more_duties(world, 2)
    for hour, duty in enumerate((missed, begun)):
        begins = TEN + timedelta(hours=hour)
        meeting = MeetingFactory(
            course=duty.course, held_by="jobcentre", starts_at=begins, duty=duty
        )
        ParticipantFactory(meeting=meeting, role="jobcentre", worker=world.caseworker)
    Meeting.objects.filter(duty=missed).update(state="no_show")
    client.force_login(world.caseworker)
    client.cookies["django_language"] = "en"
    rows = {"act": "outcome", "duty": [missed.pk, begun.pk], "next": "/jobcenter/"}
    opened = client.post("/samtaler/flere/", rows, follow=True)
    name = missed.course.citizen.name
    assert f"{name}</a> – Recorded already: did not come." in opened.text
    (address,) = re.findall(r'<form\s+class="kf-outcome"[^>]*action="([^"]+)"', opened.text)

    ended = client.post(unescape(address), HELD, follow=True)

    assert '<a href="/jobcenter/">Back to where you came from</a>' in ended.text
