"""Private calendar addresses: who gives them out, what they show, and what they cost."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.models import Party
from journal.models import Entry
from meetings.actions import book, cancel, move
from meetings.actions.feeds import renew_own_feed, renew_room_feed, revoke_feed
from meetings.models import CalendarFeed
from partnerships.models import Membership, Role
from shared.refusals import Refused
from tests.factories import MeetingFactory, ParticipantFactory, RoomFactory, UserFactory
from tests.meetings.calendar_readers import understood
from tests.meetings.conftest import NOW, TEN

HOUR, DAY = timedelta(hours=1), timedelta(1)


def booked(world, **changed):
    return book(
        world.course, world.joint_purpose(), world.sitting(**changed), by=world.caseworker, at=NOW
    )


def read(token, **headers):
    """What a calendar program gets, without any session."""
    return Client().get(f"/kalender/{token}.ics", headers=headers)


def events(token):
    return understood(read(token).content.decode())["events"]


def test_a_workers_calendar_shows_the_own_interviews_and_names_nobody(world):
    booked(world)
    token = renew_own_feed(by=world.caseworker, at=NOW)
    answer = read(token)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "sessionid" not in answer.cookies
    said = answer.content.decode().replace("\r\n ", "")
    assert world.course.citizen.last_name not in said
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT15M" in said
    assert "X-PUBLISHED-TTL:PT15M" in said
    [event] = events(token)
    assert event["starts_at"] == TEN
    assert world.course.case_number in event["summary"]


def test_the_calendar_reaches_30_days_back_and_180_ahead(world):
    token = renew_own_feed(by=world.consultant, at=NOW)
    midnight = timezone.localtime(NOW).replace(hour=0)
    inside = [midnight - 30 * DAY, midnight + 181 * DAY - HOUR]
    for starts_at in [midnight - 30 * DAY - HOUR, *inside, midnight + 181 * DAY]:
        meeting = MeetingFactory(course=world.course, starts_at=starts_at)
        ParticipantFactory(meeting=meeting, role="a_kasse", worker=world.consultant)
    assert [one["starts_at"] for one in events(token)] == inside


def test_a_cancelled_interview_stays_as_cancelled_and_a_lost_one_goes(world):
    meeting = booked(world)
    token = renew_own_feed(by=world.caseworker, at=NOW)
    other = UserFactory(role=Role.CASEWORKER, organisation=world.jobcentre)
    theirs = renew_own_feed(by=other, at=NOW)
    move(meeting, world.sitting(worker=other), by=world.caseworker, at=NOW)
    assert (len(events(token)), len(events(theirs))) == (0, 1)
    cancel(meeting, cancelled_by=Party.JOBCENTRE, reason="ill", by=other, at=NOW)
    assert [one["status"] for one in events(theirs)] == ["CANCELLED"]


def test_a_rooms_calendar_shows_when_it_is_taken(world):
    planner = UserFactory(role=Role.BOOKING_COORDINATOR, organisation=world.jobcentre)
    token = renew_room_feed(world.room, by=planner, at=NOW)
    booked(world)
    MeetingFactory(course=world.course, starts_at=TEN + DAY)
    assert [one["starts_at"] for one in events(token)] == [TEN]
    world.room.is_active = False
    world.room.save()
    assert read(token).status_code == 404


def test_only_those_who_plan_a_room_give_out_its_calendar(world):
    elsewhere = UserFactory(role=Role.BOOKING_COORDINATOR, organisation=RoomFactory().organisation)
    for person in (world.caseworker, elsewhere):
        with pytest.raises(Refused):
            renew_room_feed(world.room, by=person, at=NOW)


def test_wrong_renewed_and_withdrawn_addresses_and_those_of_people_who_left_open_nothing(world):
    old = renew_own_feed(by=world.caseworker, at=NOW)
    new = renew_own_feed(by=world.caseworker, at=NOW)
    assert [read(one).status_code for one in ("wrong", old, new)] == [404, 404, 200]
    revoke_feed(CalendarFeed.objects.standing().get(), by=world.caseworker, at=NOW)
    assert read(new).status_code == 404
    last = renew_own_feed(by=world.caseworker, at=NOW)
    world.caseworker.is_active = False
    world.caseworker.save()
    assert read(last).status_code == 404


def test_who_no_longer_works_there_reads_nothing_more_of_it(world):
    booked(world)
    token = renew_own_feed(by=world.caseworker, at=NOW)
    Membership.objects.filter(user=world.caseworker).update(ends_on=NOW.date())
    assert events(token) == []


def test_the_token_is_not_kept_and_the_journal_says_who_made_it(world):
    token = renew_own_feed(by=world.caseworker, at=NOW)
    kept = CalendarFeed.objects.get()
    assert len(token) == 43  # 256 bits
    assert token not in str(CalendarFeed.objects.values_list().get())
    entry = Entry.objects.get(what="feed-renewed")
    assert (entry.by, entry.subject_pk) == (world.caseworker, kept.pk)
    assert token not in str(entry.details)


def test_nobody_withdraws_another_persons_address(world, client):
    renew_own_feed(by=world.caseworker, at=NOW)
    kept = CalendarFeed.objects.get()
    with pytest.raises(Refused):
        revoke_feed(kept, by=world.consultant, at=NOW)
    client.force_login(world.consultant)
    assert client.post(f"/kalender/{kept.pk}/traek-tilbage/").status_code == 404


def test_an_unchanged_calendar_is_not_sent_again_and_a_changed_one_is(world):
    meeting = booked(world)
    token = renew_own_feed(by=world.caseworker, at=NOW)
    first = read(token)
    same = read(token, if_none_match=first["ETag"])
    assert (same.status_code, same.content) == (304, b"")
    assert read(token, if_modified_since=first["Last-Modified"]).status_code == 304
    with time_machine.travel(NOW + HOUR, tick=False):
        move(meeting, world.sitting(TEN + HOUR), by=world.caseworker, at=NOW + HOUR)
        assert read(token, if_none_match=first["ETag"]).status_code == 200
        assert read(token, if_modified_since=first["Last-Modified"]).status_code == 200


def test_a_calendar_that_lost_an_interview_is_newer(world):
    meeting = booked(world)
    token = renew_own_feed(by=world.caseworker, at=NOW)
    first = read(token)
    other = UserFactory(role=Role.CASEWORKER, organisation=world.jobcentre)
    with time_machine.travel(NOW + HOUR, tick=False):
        move(meeting, world.sitting(worker=other), by=world.caseworker, at=NOW + HOUR)
        assert read(token, if_modified_since=first["Last-Modified"]).status_code == 200


@pytest.mark.parametrize("count", [0, 1, 50])
def test_a_reading_asks_as_much_for_one_interview_as_for_fifty(world, count):
    token = renew_own_feed(by=world.consultant, at=NOW)
    read(token)  # notes the first reading of the hour
    for number in range(count):
        meeting = MeetingFactory(course=world.course, starts_at=TEN + number * DAY)
        ParticipantFactory(meeting=meeting, role="a_kasse", worker=world.consultant)
    with CaptureQueriesContext(connection) as asked:
        assert len(events(token)) == count
    assert len(asked) <= 5


def test_the_address_is_shown_once_on_the_page_that_makes_it(world, client):
    client.force_login(world.caseworker)
    made = client.post("/profil/kalender/").content.decode()
    assert made.count("/kalender/") >= 1
    [address] = [line for line in made.split() if line.startswith('class="kf-secret"')]
    token = address.partition("/kalender/")[2].partition(".ics")[0]
    assert read(token).status_code == 200
    assert token not in client.get("/profil/kalender/").content.decode()
