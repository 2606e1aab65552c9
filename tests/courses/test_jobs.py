"""What the calendar starts: by queue or by hand, with a report of one JSON object."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from celery.schedules import crontab
from django.conf import settings
from django.core.management import CommandError, call_command

from courses.models import ChangedCourse, Course, Duty, Flag, Registration
from kontaktforloeb.celery import queue
from tests.factories import AbsenceFactory, CourseFactory, DutyFactory

DUE = date(2026, 10, 5)
DAY = timedelta(1)


def run(capsys, name, *words):
    """A command's report: one JSON object and nothing else on standard output."""
    call_command(name, "--json", *words)
    [line] = capsys.readouterr().out.splitlines()
    return json.loads(line)


@pytest.mark.django_db
def test_flag_overdue_reports_as_the_contract_says(capsys):
    DutyFactory(due_on=DUE)
    DutyFactory(due_on=DUE + 3 * DAY)
    report = run(capsys, "flag_overdue", "--on", "2026-10-06")
    assert isinstance(report.pop("seconds"), float)
    assert report == {
        "on": "2026-10-06",
        "raised": 2,
        "resolved": 0,
        "open": {"due_soon": 1, "overdue": 1},
        "errors": [],
    }


@pytest.mark.django_db
def test_the_report_in_words_says_the_same(capsys):
    DutyFactory(due_on=DUE)
    call_command("flag_overdue", "--on", "2026-10-06")
    assert capsys.readouterr().out.startswith(
        "2026-10-06: 1 raised, 0 resolved; open: 0 due soon, 1 overdue; 0 errors, "
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 1, 15, 22, 59, 59, tzinfo=UTC), "2026-01-15"),
        (datetime(2026, 1, 15, 23, 0, tzinfo=UTC), "2026-01-16"),
        (datetime(2026, 3, 28, 22, 59, 59, tzinfo=UTC), "2026-03-28"),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), "2026-03-29"),
        (datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC), "2026-03-29"),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), "2026-03-30"),
        (datetime(2026, 10, 24, 21, 59, 59, tzinfo=UTC), "2026-10-24"),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), "2026-10-25"),
        (datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC), "2026-10-25"),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), "2026-10-26"),
    ],
)
def test_a_duty_is_late_from_midnight_in_denmark_winter_and_summer(capsys, moment, day):
    due = date.fromisoformat(day) - DAY
    late, in_time = DutyFactory(due_on=due), DutyFactory(due_on=due + DAY)
    with time_machine.travel(moment, tick=False):
        report = run(capsys, "flag_overdue")
    assert report["on"] == day
    assert list(late.flags.values_list("stage", "became_on")) == [("overdue", due + DAY)]
    assert list(in_time.flags.values_list("stage", flat=True)) == ["due_soon"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("registered", "last_day", "soon_from"),
    [
        (date(2026, 3, 24), date(2026, 4, 7), date(2026, 3, 26)),  # Easter lies between
        (date(2026, 12, 21), date(2027, 1, 4), date(2026, 12, 24)),  # Christmas and New Year do
        (date(2024, 4, 12), date(2024, 4, 26), date(2024, 4, 19)),  # Prayer Day was abolished
        (date(2023, 4, 24), date(2023, 5, 8), date(2023, 4, 28)),  # and before that it was not
    ],
)
def test_due_soon_is_five_danish_working_days_before_the_last_timely_day(
    capsys, registered, last_day, soon_from
):
    course = CourseFactory(registered_on=registered, refreshed=True)
    first = course.duties.filter(late_from=last_day + DAY)
    run(capsys, "flag_overdue", "--on", str(soon_from - DAY))
    assert not Flag.objects.filter(duty__in=first).exists()
    run(capsys, "flag_overdue", "--on", str(soon_from))
    [flag] = Flag.objects.filter(duty__in=first)
    assert (flag.stage, flag.became_on) == ("due_soon", soon_from)


@pytest.mark.django_db
def test_refresh_deadlines_answers_for_every_course_and_flags_what_is_late(capsys):
    course = CourseFactory(registered_on=date(2026, 9, 7))
    CourseFactory(registered_on=date(2016, 8, 1), ended_on=date(2017, 2, 1))
    with time_machine.travel(datetime(2026, 11, 22, 4, 10, tzinfo=UTC), tick=False):
        report = run(capsys, "refresh_deadlines")
    assert isinstance(report.pop("seconds"), float)
    assert report == {"courses": 2, "changed": 2, "errors": []}
    assert course.flags.overdue().exists()
    assert not ChangedCourse.objects.exists()


@pytest.mark.django_db
def test_refresh_deadlines_a_second_time_changes_nothing(capsys):
    CourseFactory(refreshed=True)
    run(capsys, "refresh_deadlines", "--on", "2026-11-22")
    assert run(capsys, "refresh_deadlines", "--on", "2026-11-22")["changed"] == 0


@pytest.mark.django_db
def test_refresh_deadlines_reports_a_course_that_cannot_be_answered_and_goes_on(capsys):
    lost, sound = CourseFactory(), CourseFactory()
    Course.objects.filter(pk=lost.pk).update(refreshed_at=None)
    _without_registration(lost)
    report = run(capsys, "refresh_deadlines", "--on", "2026-11-22")
    assert [error["course"] for error in report["errors"]] == [lost.case_number]
    assert (report["courses"], report["changed"]) == (2, 1)
    assert sound.duties.exists()


def _without_registration(course):
    Registration.objects.filter(course=course).update(superseded_at=datetime.now(UTC))


@pytest.mark.django_db
def test_refresh_deadlines_of_a_day_that_has_passed_only_reports(capsys):
    course = CourseFactory(registered_on=date(2026, 6, 1))
    with time_machine.travel(datetime(2026, 11, 23, 4, 10, tzinfo=UTC), tick=False):
        run(capsys, "refresh_deadlines", "--on", "2026-11-22")
        run(capsys, "flag_overdue", "--on", "2026-11-22")
        Duty.objects.filter(pk=course.duties.pending().first().pk).update(due_on=DUE)
        before = list(course.duties.order_by("pk").values())
        report = run(capsys, "refresh_deadlines", "--on", "2026-06-02")
        assert (report["courses"], report["changed"], report["errors"]) == (1, 1, [])
        assert list(course.duties.order_by("pk").values()) == before
        assert run(capsys, "refresh_deadlines", "--on", "2026-11-22")["changed"] == 1
        assert list(course.duties.order_by("pk").values()) != before


@pytest.mark.django_db
def test_check_deadlines_is_content_after_a_refresh(capsys):
    CourseFactory(refreshed=True)
    run(capsys, "refresh_deadlines", "--on", "2026-11-22")
    report = run(capsys, "check_deadlines", "--on", "2026-11-22")
    assert report == {"courses": 1, "different": 0, "errors": []}


@pytest.mark.django_db
@pytest.mark.parametrize("spoil", ["duty", "fact"])
def test_check_deadlines_fails_on_any_difference_and_writes_nothing(capsys, spoil):
    course = CourseFactory(refreshed=True)
    call_command("refresh_deadlines", "--on", "2026-11-22")
    capsys.readouterr()
    if spoil == "duty":
        Duty.objects.filter(pk=course.duties.pending().first().pk).update(due_on=DUE)
    else:
        AbsenceFactory(citizen=course.citizen)
    before = list(course.duties.order_by("pk").values())
    with pytest.raises(CommandError) as failed:
        call_command("check_deadlines", "--json", "--on", "2026-11-22")
    assert failed.value.returncode == 1
    assert json.loads(capsys.readouterr().out) == {"courses": 1, "different": 1, "errors": []}
    assert list(course.duties.order_by("pk").values()) == before


def test_the_calendar_names_tasks_that_there_are():
    queue.loader.import_default_modules()
    named = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert named <= set(queue.tasks)
    assert "courses.jobs.flag_changed" in queue.tasks


def test_the_calendar_refreshes_before_it_flags_at_twenty_to_six_danish_time():
    schedule = settings.CELERY_BEAT_SCHEDULE
    assert schedule["flag_overdue"]["schedule"] == crontab(hour=5, minute=40)
    assert schedule["refresh_deadlines"]["schedule"] == crontab(hour=5, minute=10)
    assert schedule["check_deadlines"]["schedule"].day_of_week == {0}
    assert settings.CELERY_TIMEZONE == "Europe/Copenhagen"
