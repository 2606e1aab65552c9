"""Busy times: read from a file or an address, kept as times alone, failures told once."""

from datetime import timedelta

import pytest
import time_machine

from journal.models import Entry
from meetings.availability import Availability, Code
from notices.models import Notice
from shared.refusals import Refused
from staffing.actions.calendars import MOST_CALENDARS, forget, read_file, subscribe
from staffing.jobs import read_calendars
from staffing.models import AllowedHost, BusySource, BusyTime
from tests.factories import moment
from tests.staffing.conftest import NOW, TODAY
from tests.staffing.test_calendar_times import ONE, calendar

pytestmark = pytest.mark.django_db
TUESDAY = TODAY + timedelta(1)


@pytest.fixture(autouse=True)
def _now(settings):
    settings.LANGUAGE_CODE = "en"
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def subscribed(house, host) -> BusySource:
    """The caseworker reads a calendar from the host on this machine."""
    AllowedHost.objects.create(host="localhost")
    host.body = calendar(ONE.replace("20261123", "20261124"))
    house.caseworker.language = "en"
    house.caseworker.save()
    return subscribe(name="Outlook", address=host.address, by=house.caseworker)


def spans(source: BusySource) -> list[tuple[object, object]]:
    return [(row.starts_at, row.ends_at) for row in source.times.all()]


TUESDAY_AT_NINE = [(moment(TUESDAY, 9), moment(TUESDAY, 10))]


def test_a_file_leaves_times_and_nothing_else(house) -> None:
    content = calendar(ONE.replace("20261123", "20261124") + "\nSUMMARY:Dentist")

    source = read_file(name="Outlook", content=content, by=house.caseworker, at=NOW)

    assert spans(source) == TUESDAY_AT_NINE
    stored = [str(value) for row in BusyTime.objects.values() for value in row.values()]
    assert not any("Dentist" in one for one in stored)


def test_busy_times_are_in_the_way_of_interviews(house) -> None:
    content = calendar(ONE.replace("20261123", "20261124"))
    read_file(name="Outlook", content=content, by=house.caseworker, at=NOW)
    key = house.caseworker.pk

    found = Availability.load(first=TUESDAY, last=TUESDAY, workers=[key])

    at_nine = found.obstacles(moment(TUESDAY, 9, 30), moment(TUESDAY, 10, 15), workers=[key])
    assert Code.BUSY_ELSEWHERE in [one.code for one in at_nine]
    later = found.obstacles(moment(TUESDAY, 10), moment(TUESDAY, 10, 45), workers=[key])
    assert later == []


def test_a_file_handed_in_again_takes_the_place_of_the_old(house) -> None:
    first = calendar(ONE.replace("20261123", "20261125"))
    read_file(name="Outlook", content=first, by=house.caseworker, at=NOW)
    again = calendar(ONE.replace("20261123", "20261124"))

    source = read_file(name="Outlook", content=again, by=house.caseworker, at=NOW)

    assert BusySource.objects.count() == 1
    assert spans(source) == TUESDAY_AT_NINE


def test_a_worker_has_so_many_calendars_and_no_more(house) -> None:
    for number in range(MOST_CALENDARS):
        read_file(name=str(number), content=calendar(), by=house.caseworker, at=NOW)

    with pytest.raises(Refused, match="Remove one first"):
        read_file(name="more", content=calendar(), by=house.caseworker, at=NOW)
    read_file(name="0", content=calendar(ONE), by=house.caseworker, at=NOW)


def test_a_calendar_is_forgotten_with_its_times_by_its_worker_alone(house) -> None:
    source = read_file(name="Outlook", content=calendar(ONE), by=house.caseworker, at=NOW)

    with pytest.raises(Refused):
        forget(source, by=house.planner)
    forget(source, by=house.caseworker)

    assert not BusyTime.objects.exists()
    assert set(Entry.objects.values_list("what", flat=True)) == {
        "calendar-added",
        "calendar-removed",
    }


def test_only_an_allowed_host_is_subscribed_to(house) -> None:
    with pytest.raises(Refused, match="not read from"):
        subscribe(name="x", address="https://evil.example/a.ics", by=house.caseworker)
    assert not BusySource.objects.exists()


def test_the_hourly_job_reads_what_is_subscribed_to(subscribed, host) -> None:
    report = read_calendars(at=NOW)

    subscribed.refresh_from_db()
    assert (report["read"], report["failed"]) == (1, 0)
    assert spans(subscribed) == TUESDAY_AT_NINE
    assert (subscribed.read_at, subscribed.failure) == (NOW, "")
    entry = Entry.objects.get(what="calendar-added")
    assert "secret" not in str(entry.details)


def test_the_job_goes_on_where_it_was_stopped(subscribed, host) -> None:
    read_calendars(at=NOW)
    read_calendars(at=NOW + timedelta(minutes=10))

    assert len(host.asked) == 1
    read_calendars(at=NOW + timedelta(hours=1))
    assert len(host.asked) == 2


def test_what_is_as_before_is_asked_for_whole_once_a_day(subscribed, host) -> None:
    """Because a series reaches a day further every day."""
    host.headers = {"ETag": '"7"'}
    host.body = calendar(ONE + "\nRRULE:FREQ=DAILY")
    read_calendars(at=NOW)
    assert read_calendars(at=NOW + timedelta(hours=1))["same"] == 1
    last = subscribed.times.last().ends_at

    assert read_calendars(at=NOW + timedelta(days=1))["read"] == 1

    assert host.asked[1]["If-None-Match"] == '"7"'
    assert "If-None-Match" not in host.asked[2]
    assert subscribed.times.last().ends_at > last


def test_a_failure_is_kept_in_words_told_once_and_keeps_the_times(subscribed, host) -> None:
    read_calendars(at=NOW)
    host.status = 404
    for hours in (1, 2):
        assert read_calendars(at=NOW + timedelta(hours=hours))["failed"] == 1

    subscribed.refresh_from_db()
    assert "gives no calendar out" in subscribed.failure
    assert spans(subscribed) == TUESDAY_AT_NINE
    notice = Notice.objects.get(user=subscribed.user)
    assert (notice.kind, notice.url) == ("calendar-failed", "/min-arbejdstid/kalendere/")

    host.status = 200
    read_calendars(at=NOW + timedelta(hours=3))
    subscribed.refresh_from_db()
    assert subscribed.failure == ""


def test_what_a_host_sends_that_is_no_calendar_is_a_failure(subscribed, host) -> None:
    host.body = b"<html>Sign in</html>"

    assert read_calendars(at=NOW)["failed"] == 1

    subscribed.refresh_from_db()
    assert "no calendar file" in subscribed.failure


def test_a_host_that_is_allowed_no_longer_is_not_asked(subscribed, host) -> None:
    AllowedHost.objects.all().delete()

    assert read_calendars(at=NOW)["failed"] == 1
    assert host.asked == []


def test_one_that_fails_does_not_stop_the_others(subscribed, house, host) -> None:
    BusySource.objects.create(user=house.colleague, name="x", address="https://gone.example/")

    report = read_calendars(at=NOW)

    assert (report["read"], report["failed"]) == (1, 1)


def test_calendars_of_those_who_have_left_are_not_read(subscribed, host) -> None:
    subscribed.user.is_active = False
    subscribed.user.save()

    assert read_calendars(at=NOW)["read"] == 0
    assert host.asked == []
