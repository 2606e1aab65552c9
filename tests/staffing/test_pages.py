"""The pages of hours, leave, calendars, staff and closing days, as people use them."""

import re
from datetime import time, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from partnerships.models import Role
from staffing.fetching import MOST_BYTES
from staffing.models import AllowedHost, BusySource, ClosingDay, Competence, Leave, WorkingHours
from tests.factories import MembershipFactory, UserFactory, moment
from tests.staffing.conftest import NOW, TODAY
from tests.staffing.test_acts import booked
from tests.staffing.test_calendar_times import ONE, calendar

pytestmark = pytest.mark.django_db
NEXT = TODAY + timedelta(7)
HOURS, LEAVE = "/min-arbejdstid/", "/min-arbejdstid/fravaer/"
CALENDARS, STAFF, CLOSED = "/min-arbejdstid/kalendere/", "/medarbejdere/", "/lukkedage/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def browser_of():
    """A browser in which somebody has signed in, in English."""

    def signed_in(user):
        client = Client()
        client.force_login(user)
        client.cookies["django_language"] = "en"
        return client

    return signed_in


def said(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_a_week_is_written_in_a_table(house, browser_of) -> None:
    client = browser_of(house.caseworker)
    week = {
        "day0_0": "8.00",
        "day0_1": "12:00",
        "day0_2": "1230",
        "day0_3": "16",
        "day2_0": "9",
        "day2_1": "14.30",
    }

    answer = client.post(HOURS, week | {"starts_on": "30.11.2026"}, follow=True)

    assert "The working hours are saved." in said(answer)
    rows = WorkingHours.objects.values_list("weekday", "starts", "ends", "starts_on")
    assert list(rows) == [
        (0, time(8), time(12), NEXT),
        (0, time(12, 30), time(16), NEXT),
        (2, time(9), time(14, 30), NEXT),
    ]
    assert "Later" in said(answer)


@pytest.mark.parametrize(
    ("week", "words"),
    [
        ({"day0_0": "8.00"}, "Write both the start and the end."),
        ({"day0_0": "9.00", "day0_1": "8.00"}, "Working hours must end after they start."),
        (
            {"day0_0": "8", "day0_1": "12", "day0_2": "11", "day0_3": "16"},
            "The second hours of a day",
        ),
        ({"day0_0": "soon", "day0_1": "12"}, "Write the time as hours and minutes"),
        ({}, "Write the hours of at least one day."),
    ],
)
def test_a_slip_in_the_table_is_said_where_it_is_and_nothing_is_lost(
    house, browser_of, week, words
) -> None:
    answer = browser_of(house.caseworker).post(HOURS, week | {"starts_on": "30.11.2026"})

    assert answer.status_code == 200
    assert words in said(answer)
    assert "data-error-summary" in said(answer)
    assert 'value="30.11.2026"' in said(answer)
    assert not WorkingHours.objects.exists()


def test_somebody_with_two_workplaces_has_a_week_at_each(house, browser_of) -> None:
    MembershipFactory(user=house.consultant, organisation=house.jobcentre, role=Role.CASEWORKER)
    client = browser_of(house.consultant)

    at_the_jobcentre = client.get(f"{HOURS}?sted={house.jobcentre.slug}")

    assert f"?sted={house.a_kasse.slug}" in said(at_the_jobcentre)
    client.post(
        f"{HOURS}?sted={house.jobcentre.slug}",
        {"day0_0": "8", "day0_1": "12", "starts_on": "30.11.2026"},
    )
    assert WorkingHours.objects.get().organisation == house.jobcentre


def test_leave_shows_the_interviews_that_collide_and_the_way_to_them(house, browser_of) -> None:
    meeting = booked(house, NEXT)
    days = {"kind": "holiday", "first_day": "30.11.2026", "last_day": "4.12.2026"}

    answer = browser_of(house.caseworker).post(LEAVE, days, follow=True)

    assert "It cancels no interview by itself." in said(answer)
    assert f'href="/samtaler/{meeting.pk}/"' in said(answer)
    leave = Leave.objects.get()
    assert (leave.starts_at, leave.ends_at) == (moment(NEXT, 0), moment(NEXT + timedelta(5), 0))


def test_leave_of_some_hours_is_written_with_clocks(house, browser_of) -> None:
    hours = {"kind": "other", "first_day": "30.11.2026", "first_clock": "12.00"}

    browser_of(house.caseworker).post(
        LEAVE, hours | {"last_day": "30.11.2026", "last_clock": "14.15"}
    )

    leave = Leave.objects.get()
    assert (leave.starts_at, leave.ends_at) == (moment(NEXT, 12), moment(NEXT, 14, 15))


def test_colleagues_read_that_somebody_is_away_and_not_why(house, browser_of) -> None:
    own = browser_of(house.caseworker)
    days = {"kind": "holiday", "first_day": "30.11.2026", "last_day": "4.12.2026"}
    own.post(LEAVE, days)
    booked(house, NEXT)
    planner = browser_of(house.planner)

    page = said(planner.get(f"{STAFF}{house.caseworker.pk}/fravaer/"))
    week = said(planner.get(f"{STAFF}?dag=2026-12-01"))

    assert "Holiday" in said(own.get(LEAVE))
    assert "30 Nov 2026–4 Dec 2026" in page
    ahead = page[: page.index("Write leave")]
    assert "oliday" not in ahead
    assert not re.search(r"/samtaler/\d", page)
    assert week.count("Away</span>") == 5
    assert "oliday" not in week


def test_a_coordinator_sees_the_own_staff_alone(house, browser_of) -> None:
    planner, leader = browser_of(house.planner), browser_of(house.leader)

    assert str(house.caseworker) in said(planner.get(STAFF))
    assert str(house.consultant) not in said(planner.get(STAFF))
    assert str(house.consultant) in said(leader.get(STAFF))
    assert planner.get(f"{STAFF}{house.consultant.pk}/arbejdstid/").status_code == 404
    assert leader.get(f"{STAFF}{house.caseworker.pk}/arbejdstid/").status_code == 404
    assert browser_of(house.caseworker).get(STAFF).status_code == 404


def test_the_page_of_staff_asks_as_much_for_many_as_for_few(
    house, browser_of, django_assert_max_num_queries
) -> None:
    client = browser_of(house.planner)
    client.get(STAFF)
    for _ in range(12):
        MembershipFactory(organisation=house.jobcentre, role=Role.CASEWORKER)

    with django_assert_max_num_queries(20):
        client.get(STAFF)


def test_competences_are_given_and_read_by_who_has_them(house, browser_of) -> None:
    page = f"{STAFF}{house.caseworker.pk}/kompetencer/"
    planner = browser_of(house.planner)

    planner.post(page, {"kind": "language", "language": "ar", "starts_on": "23.11.2026"})
    refused = planner.post(page, {"kind": "decide", "language": "ar", "starts_on": "23.11.2026"})

    assert "Choose a language" in said(refused)
    assert "Speaks Arabic" in said(browser_of(house.caseworker).get(HOURS))
    assert Competence.objects.count() == 1


def test_closing_days_stand_among_the_holidays_with_what_is_booked(house, browser_of) -> None:
    booked(house, NEXT)
    client = browser_of(house.planner)

    answer = client.post(
        CLOSED,
        {"starts_on": "30.11.2026", "ends_on": "30.11.2026", "reason": "Staff day"},
        follow=True,
    )

    assert "Staff day" in said(answer)
    assert "1 booked time collides" in said(answer)
    assert not re.search(r"/samtaler/\d", said(answer))
    assert "25.12.2026" in said(answer) or "25 Dec 2026" in said(answer)
    closing = ClosingDay.objects.get()
    assert closing.ends_on - closing.starts_on == timedelta(1)
    client.post(f"{CLOSED}{closing.pk}/tag-tilbage/")
    assert not ClosingDay.objects.exists()


def test_a_calendar_file_is_handed_in(house, browser_of) -> None:
    client = browser_of(house.caseworker)
    file = SimpleUploadedFile("x.ics", calendar(ONE.replace("20261123", "20261124")))

    answer = client.post(CALENDARS, {"name": "Outlook", "file": file}, follow=True)

    assert "1 busy time in the next twelve months" in said(answer)
    source = BusySource.objects.get()
    assert (source.user, source.times.count()) == (house.caseworker, 1)
    client.post(f"{CALENDARS}{source.pk}/fjern/")
    assert not BusySource.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"x" * (MOST_BYTES + 1), "larger than 1 MB"),
        (b"hello", "no calendar file"),
        (None, "Choose a file, or write an address"),
    ],
    ids=["large", "other", "none"],
)
def test_what_cannot_be_read_is_said(house, browser_of, content, words) -> None:
    sent = {"name": "Outlook"}
    if content:
        sent["file"] = SimpleUploadedFile("x.ics", content)

    answer = browser_of(house.caseworker).post(CALENDARS, sent)

    assert words in said(answer)
    assert not BusySource.objects.exists()


def test_an_address_is_shown_by_its_host_alone(house, browser_of) -> None:
    AllowedHost.objects.create(host="calendar.example.org")
    client = browser_of(house.caseworker)
    address = "https://calendar.example.org/private-8c1f/a.ics"

    answer = client.post(CALENDARS, {"name": "Outlook", "address": address}, follow=True)

    assert "calendar.example.org" in said(answer)
    assert "private-8c1f" not in said(answer)
    refused = client.post(CALENDARS, {"name": "y", "address": "https://evil.example/a.ics"})
    assert "Calendars are not read from evil.example." in said(refused)


def test_while_no_host_is_allowed_no_address_is_asked_for(house, browser_of) -> None:
    assert 'name="address"' not in said(browser_of(house.caseworker).get(CALENDARS))


def test_the_menu_leads_to_the_own_week_for_those_who_have_one(house, browser_of) -> None:
    assert f'href="{HOURS}"' in said(browser_of(house.consultant).get("/profil/"))
    assert f'href="{HOURS}"' not in said(browser_of(house.planner).get("/profil/"))
    assert f'href="{STAFF}"' in said(browser_of(house.planner).get("/profil/"))


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Calendar.example.org.", "calendar.example.org"),
        ("https://calendar.example.org", None),
        ("calendar.example.org:443", None),
    ],
)
def test_a_host_is_listed_by_its_name_alone(client, written, kept) -> None:
    client.force_login(UserFactory(is_staff=True, role=Role.SYSTEM_ADMINISTRATOR))

    client.post("/admin/staffing/allowedhost/add/", {"host": written, "note": ""})

    assert [one.host for one in AllowedHost.objects.all()] == ([kept] if kept else [])
