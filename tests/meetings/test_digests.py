"""Digests: who gets them, what they count, and that each goes once."""

import json
import os
import re
import subprocess
import sys
from datetime import date, timedelta

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core import mail
from django.core.management import call_command

from courses.models import Party
from meetings import sending_digests
from meetings.sending_digests import send_digests_of
from notices.models import Mail
from partnerships.models import Role
from servers.places import ROOT
from tests.factories import (
    CourseFactory,
    DutyFactory,
    FlagFactory,
    MeetingFactory,
    ParticipantFactory,
    UserFactory,
    moment,
)
from tests.meetings.conftest import new_world
from tests.worker import database_url

MONDAY = date(2026, 11, 23)
TUESDAY = MONDAY + timedelta(1)
CPR = re.compile(r"\d{6}-?\d{4}")


@pytest.fixture(autouse=True)
def _server_and_language(settings):
    settings.EMAIL_HOST = "127.0.0.1"  # Django's test backend keeps what is sent
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def world(db):
    """A caseworker and a consultant, in English, and their duties."""
    made = new_world(jobcentre_from=date(2026, 8, 1))
    made.course.caseworker, made.course.consultant = made.caseworker, made.consultant
    made.course.save()
    for one in (made.caseworker, made.consultant):
        one.language = "en"
        one.save()
    return made


def run(capsys, *words):
    """The command's report: one JSON object and nothing else on standard output."""
    call_command("send_digests", "--json", *words)
    [line] = capsys.readouterr().out.splitlines()
    return json.loads(line)


def at(day, hour=7, minute=0):
    return time_machine.travel(moment(day, hour, minute), tick=False)


def text_to(user, kind=Mail.Kind.DAILY):
    return Mail.objects.get(user=user, kind=kind).text


def test_the_report_is_as_the_contract_says_and_a_second_run_sends_nothing(world, capsys):
    with at(TUESDAY):
        assert run(capsys, "--on", str(TUESDAY)) == {"people": 2, "sent": 2}
        assert run(capsys) == {"people": 2, "sent": 0}
    assert len(mail.outbox) == 2


def test_a_day_before_the_last_run_only_reports(world, capsys):
    with at(TUESDAY):
        run(capsys)
        assert run(capsys, "--on", "2026-11-23") == {"people": 2, "sent": 0}
    assert set(Mail.objects.values_list("for_day", flat=True)) == {TUESDAY}


def test_days_of_standstill_are_not_made_up_for(world, capsys):
    with at(TUESDAY):
        run(capsys)
    with at(TUESDAY + timedelta(3)):
        assert run(capsys) == {"people": 2, "sent": 2}
    assert len(mail.outbox) == 4


@pytest.mark.parametrize("day", ["2026-11-22", "2026-12-25", "2026-04-06", "2027-01-01"])
def test_nobody_gets_a_digest_on_a_day_off(world, capsys, day):
    with at(date.fromisoformat(day)):
        assert run(capsys, "--on", day) == {"people": 0, "sent": 0}


def test_the_daily_mail_counts_ones_own_and_names_nobody(world):
    citizen = world.course.citizen
    DutyFactory(course=world.course, kind="job", responsible=Party.JOBCENTRE, due_on=TUESDAY)
    other = CourseFactory(
        municipality=world.course.municipality, a_kasse=world.course.a_kasse,
        jobcentre_from=date(2026, 8, 1), regime="2024",
    )  # fmt: skip
    DutyFactory(course=other, due_on=date(2026, 11, 2))
    meeting = MeetingFactory(
        course=world.course, held_by=Party.JOBCENTRE, starts_at=moment(TUESDAY, 9, 30)
    )
    ParticipantFactory(meeting=meeting, role="jobcentre", worker=world.caseworker)
    past = MeetingFactory(course=world.course, held_by=Party.JOBCENTRE, starts_at=moment(MONDAY, 9))
    ParticipantFactory(meeting=past, role="jobcentre", worker=world.caseworker)
    with at(TUESDAY):
        send_digests_of(TUESDAY, at=moment(TUESDAY, 7))
    lines = text_to(world.caseworker).splitlines()
    assert lines[0] == "Tuesday 24 November 2026"
    assert {"Late: 2", "Due soon: 1", "Outcome missing: 1", "Unread notices: 0"} <= set(lines)
    assert f"9:30  Job interview · {world.course.case_number}" in lines
    for one in Mail.objects.all():
        said = one.subject + one.text
        assert citizen.first_name not in said
        assert citizen.last_name not in said
        assert not CPR.search(said)


def test_each_person_reads_it_in_the_own_language(world):
    world.consultant.language = "da"
    world.consultant.save()
    with at(TUESDAY):
        send_digests_of(TUESDAY, at=moment(TUESDAY, 7))
    assert text_to(world.consultant).startswith("Tirsdag den 24. november 2026")
    assert text_to(world.caseworker).startswith("Tuesday 24 November 2026")


def test_those_who_lead_get_the_weeks_counts_on_mondays(world):
    leader = UserFactory(role=Role.COORDINATOR, organisation=world.course.a_kasse, language="en")
    planner = UserFactory(
        role=Role.BOOKING_COORDINATOR, organisation=world.jobcentre, language="en"
    )
    duty = DutyFactory(course=world.course, due_on=date(2026, 11, 17))
    FlagFactory(duty=duty, became_on=date(2026, 11, 18))
    with at(MONDAY):
        send_digests_of(MONDAY, at=moment(MONDAY, 7))
    said = text_to(leader, Mail.Kind.WEEKLY).splitlines()
    assert "Late: 2" in said  # that one, and the world's own of October
    assert "Late or due soon, without a booking: 2" in said
    assert "Week 47: 1, 0" in said
    assert "Late: 1" in text_to(planner, Mail.Kind.WEEKLY).splitlines()
    assert not Mail.objects.filter(user=planner, kind=Mail.Kind.DAILY).exists()
    with at(TUESDAY):
        send_digests_of(TUESDAY, at=moment(TUESDAY, 7))
    assert Mail.objects.filter(kind=Mail.Kind.WEEKLY).count() == 2


def test_after_a_monday_off_the_weekly_mail_comes_on_tuesday(world):
    UserFactory(role=Role.COORDINATOR, organisation=world.course.a_kasse)
    easter_tuesday = date(2026, 4, 7)
    with at(easter_tuesday):
        send_digests_of(easter_tuesday, at=moment(easter_tuesday, 7))
    assert Mail.objects.filter(kind=Mail.Kind.WEEKLY).count() == 1


def test_each_mail_can_be_turned_off(world):
    leader = UserFactory(
        role=Role.COORDINATOR, organisation=world.course.a_kasse, mail_weekly=False
    )
    world.caseworker.mail_daily = False
    world.caseworker.save()
    with at(MONDAY):
        done = send_digests_of(MONDAY, at=moment(MONDAY, 7))
    assert (done.people, done.sent) == (2, 2)
    assert set(Mail.objects.values_list("user", "kind")) == {
        (leader.pk, "daily"),
        (world.consultant.pk, "daily"),
    }


def test_outside_the_partys_hours_it_waits_in_the_outbox(world, capsys):
    world.jobcentre.mail_from = 9
    world.jobcentre.save()
    with at(TUESDAY):
        assert run(capsys) == {"people": 2, "sent": 1}
    waiting = Mail.objects.get(user=world.caseworker)
    assert (waiting.state, waiting.next_at) == (Mail.State.WAITING, moment(TUESDAY, 9))


def test_one_that_cannot_be_written_is_reported_and_stops_no_other(world, capsys, monkeypatch):
    write = sending_digests.daily

    def daily(user, **said):
        if user == world.caseworker:
            raise ValueError("broken")
        return write(user, **said)

    monkeypatch.setattr(sending_digests, "daily", daily)
    with at(TUESDAY):
        report = run(capsys)
    assert (report["people"], report["sent"]) == (2, 1)
    assert [one["user"] for one in report["errors"]] == [world.caseworker.username]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_processes_at_once_queue_each_digest_once():
    world = new_world()
    processes = [
        subprocess.Popen(
            [sys.executable, "manage.py", "send_digests", "--json", "--on", str(TUESDAY)],
            cwd=ROOT, stdout=subprocess.PIPE, text=True,
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "kontaktforloeb.settings",
                "DATABASE_URL": database_url(),
                "REDIS_URL": django_settings.REDIS_URL,
                "EMAIL_HOST": "",
            },
        )
        for _ in range(2)
    ]  # fmt: skip
    said = [json.loads(process.communicate(timeout=60)[0]) for process in processes]
    assert said == [{"people": 2, "sent": 0}] * 2
    assert Mail.objects.count() == 2
    assert {one.user for one in Mail.objects.all()} == {world.caseworker, world.consultant}
