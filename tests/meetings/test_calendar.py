"""Interviews in calendars: what two independent readers understand of every file we write."""

import re
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.core import mail

from courses.models import MeetingKind, Party
from meetings import calendar
from meetings.actions import book, cancel, move, reply
from meetings.models import Meeting
from meetings.plans import Reply
from notices.models import Mail, Notice
from notices.sending import send_waiting
from partnerships.models import Role
from tests.factories import CourseFactory, MeetingFactory, RoomFactory, UserFactory, moment
from tests.meetings.calendar_readers import by_ical_js, by_vobject, understood, unfolded
from tests.meetings.conftest import DAY, NOW, TEN

CPR = re.compile(r"\d{6}-?\d{4}")
HOUR = timedelta(hours=1)


def booked(world, **changed) -> Meeting:
    return book(
        world.course, world.joint_purpose(), world.sitting(**changed), by=world.caseworker, at=NOW
    )


def files(worker) -> list[Mail]:
    return list(Mail.objects.filter(user=worker, kind=Mail.Kind.INVITATION).order_by("pk"))


def test_an_invitation_a_move_and_a_cancellation_are_versions_of_one_entry(world):
    meeting = booked(world)
    meeting = move(meeting, world.sitting(TEN + HOUR), by=world.caseworker, at=NOW + HOUR)
    cancel(
        meeting, cancelled_by=Party.JOBCENTRE, reason="ill", by=world.caseworker, at=NOW + 2 * HOUR
    )
    read = [understood(one.calendar) for one in files(world.caseworker)]
    assert [one["method"] for one in read] == ["REQUEST", "REQUEST", "CANCEL"]
    events = [one["events"][0] for one in read]
    assert len({one["uid"] for one in events}) == 1
    assert [one["sequence"] for one in events] == [0, 1, 2]
    assert [one["status"] for one in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [one["starts_at"] for one in events] == [TEN, TEN + HOUR, TEN + HOUR]


def test_a_worker_who_is_replaced_gets_a_cancellation_and_the_new_one_an_invitation(world):
    meeting = booked(world)
    other = UserFactory(role=Role.CASEWORKER, organisation=world.jobcentre)
    move(meeting, world.sitting(worker=other), by=world.caseworker, at=NOW)
    assert [one.calendar_method for one in files(world.caseworker)] == ["REQUEST", "CANCEL"]
    assert [one.calendar_method for one in files(other)] == ["REQUEST"]
    assert understood(files(world.caseworker)[1].calendar)["events"][0]["status"] == "CANCELLED"


def test_the_one_sent_by_the_other_party_gets_it_in_the_calendar_too(world):
    meeting = booked(world)
    reply(meeting, Reply(comes=True, worker=world.consultant), by=world.consultant, at=NOW)
    [invitation] = files(world.consultant)
    assert understood(invitation.calendar)["events"][0]["sequence"] == 1


def test_who_wants_no_invitations_gets_none(world):
    world.caseworker.mail_invitations = False
    world.caseworker.save()
    booked(world)
    assert files(world.caseworker) == []


def test_no_file_or_mail_names_anybody_but_the_one_it_is_for(world):
    citizen = world.course.citizen
    meeting = booked(world)
    reply(meeting, Reply(comes=True, worker=world.consultant), by=world.consultant, at=NOW)
    written = [calendar.download(meeting).decode()]
    for one in Mail.objects.all():
        written += [one.calendar, one.subject, one.text]
    for text in map(unfolded, written):
        assert citizen.first_name not in text
        assert citizen.last_name not in text
        assert not CPR.search(text)
        assert citizen.cpr not in text
    assert all(world.course.case_number in one.subject for one in Mail.objects.all())


def test_no_file_or_mail_says_that_the_citizen_is_ill(db):
    meeting = MeetingFactory(kind=MeetingKind.SICKNESS)

    written = unfolded(calendar.download(meeting).decode())

    assert calendar.summary_of(meeting) == f"Interview · {meeting.course.case_number}"
    assert not re.search("syg|sick|ill", written.lower().replace("will", ""))


def test_a_place_in_somebodys_own_words_stays_out_of_the_calendar(world):
    meeting = booked(world, room=None, place="At home, Secret Street 4")
    assert "Secret" not in unfolded(calendar.download(meeting).decode())


@pytest.mark.parametrize(
    ("day", "hour", "utc"),
    [
        (date(2026, 3, 28), 10, datetime(2026, 3, 28, 9, tzinfo=UTC)),
        (date(2026, 3, 29), 10, datetime(2026, 3, 29, 8, tzinfo=UTC)),
        (date(2026, 3, 30), 10, datetime(2026, 3, 30, 8, tzinfo=UTC)),
        (date(2026, 10, 24), 10, datetime(2026, 10, 24, 8, tzinfo=UTC)),
        (date(2026, 10, 25), 10, datetime(2026, 10, 25, 9, tzinfo=UTC)),
        (date(2026, 10, 26), 10, datetime(2026, 10, 26, 9, tzinfo=UTC)),
        (date(2026, 10, 25), 1, datetime(2026, 10, 24, 23, tzinfo=UTC)),
        (date(2027, 3, 28), 1, datetime(2027, 3, 28, 0, tzinfo=UTC)),
        (date(2009, 1, 5), 10, datetime(2009, 1, 5, 9, tzinfo=UTC)),
        (date(2040, 7, 2), 10, datetime(2040, 7, 2, 8, tzinfo=UTC)),
    ],
)
def test_both_readers_find_the_moment_on_the_days_around_a_change_of_the_clock(db, day, hour, utc):
    meeting = MeetingFactory(starts_at=moment(day, hour))
    [event] = understood(calendar.download(meeting).decode())["events"]
    assert event["starts_at"] == utc
    assert event["ends_at"] == utc + timedelta(minutes=45)


def test_an_interview_of_two_hours_over_the_change_of_the_clock_lasts_two_hours(db):
    starts_at = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)
    meeting = MeetingFactory(starts_at=starts_at, ends_at=starts_at + 3 * HOUR)
    [event] = by_vobject(calendar.download(meeting).decode())["events"]
    assert event["ends_at"] - event["starts_at"] == 3 * HOUR


@pytest.mark.parametrize("language", ["da", "en"])
def test_what_is_written_survives_both_readers(world, language):
    world.caseworker.language = language
    world.caseworker.save()
    room = RoomFactory(
        organisation=world.jobcentre, name='Lokale 4; "ældst", \\ ø', place="Å" * 90 + ", 2. sal"
    )
    booked(world, room=room)
    [invitation] = files(world.caseworker)
    text = invitation.calendar
    event = understood(text)["events"][0]
    assert event["summary"].endswith(f" · {world.course.case_number}")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert by_ical_js(text)[0]["events"][0]["summary"] == event["summary"]


def test_the_mail_carries_the_invitation_as_a_calendar_part(world, settings):
    settings.EMAIL_HOST = "127.0.0.1"  # the outbox sends; Django's test backend keeps it
    booked(world)
    [row] = files(world.caseworker)
    assert send_waiting(at=NOW).sent == 1
    [sent] = mail.outbox
    read = message_from_bytes(sent.message().as_bytes(), policy=policy.default)
    assert read["Message-ID"] == row.message_id
    [part] = [one for one in read.walk() if one.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "REQUEST"
    assert understood(part.get_content())["events"][0]["starts_at"] == TEN


def test_booking_tells_the_invited_party_and_answering_tells_the_one_who_asked(world):
    meeting = booked(world)
    assert [(one.user, one.kind) for one in Notice.objects.all()] == [
        (world.consultant, "invitation")
    ]
    reply(meeting, Reply(comes=False, reason="No time."), by=world.consultant, at=NOW)
    answered = Notice.objects.get(kind="invitation-answered")
    assert (answered.user, answered.url) == (world.caseworker, f"/samtaler/{meeting.pk}/")


def test_moving_and_cancelling_tell_both_parties_but_not_the_one_who_does_it(world):
    meeting = booked(world)
    reply(meeting, Reply(comes=True, worker=world.consultant), by=world.consultant, at=NOW)
    colleague = UserFactory(role=Role.CASEWORKER, organisation=world.jobcentre)
    meeting = move(meeting, world.sitting(TEN + HOUR), by=colleague, at=NOW)
    told = Notice.objects.filter(kind="interview-moved")
    assert {one.user for one in told} == {world.caseworker, world.consultant}
    cancel(meeting, cancelled_by=Party.JOBCENTRE, reason="ill", by=world.caseworker, at=NOW)
    told = Notice.objects.filter(kind="interview-cancelled")
    assert {one.user for one in told} == {world.consultant}


def test_an_interview_of_one_party_tells_nobody_of_the_other(world):
    own = MeetingFactory(
        course=CourseFactory(a_kasse=world.course.a_kasse), starts_at=moment(DAY, 14)
    )
    cancel(own, cancelled_by=Party.A_KASSE, reason="ill", by=world.consultant, at=NOW)
    assert not Notice.objects.exists()
