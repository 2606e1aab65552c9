"""Jobs in real processes: one is killed, two run at once, a change is under way."""

import json
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction

from courses.flagging import sweep_changed
from courses.models import ChangedCourse, Course, Duty, Flag, Sweep
from kontaktforloeb.celery import queue
from servers.locks import until
from servers.places import ROOT
from tests.factories import CourseFactory, DutyFactory
from tests.worker import database_url, running_worker

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DUE = date(2026, 10, 5)
LATE = date(2026, 10, 6)
DAY = timedelta(1)
FAR_AWAY = 60_000  # a key so high that its course lies in another transaction of the sweep


@contextmanager
def slow_flags_of(duty, seconds):
    """The database takes its time over the flags of one duty."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN PERFORM pg_sleep({seconds}); RETURN NEW; END $$;
            CREATE TRIGGER slow BEFORE INSERT ON courses_flag
                FOR EACH ROW WHEN (NEW.duty_id = {duty.pk}) EXECUTE FUNCTION slow()"""
        )
        try:
            yield
        finally:
            cursor.execute("DROP FUNCTION slow CASCADE")


def flag_overdue(on=LATE):
    """The command as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "flag_overdue", "--json", "--on", str(on)],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "kontaktforloeb.settings",
            "DATABASE_URL": database_url(),
            "REDIS_URL": settings.REDIS_URL,
        },
        stdout=subprocess.PIPE,
    )


def report(process):
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return json.loads(out)


def wait_for(condition):
    for _ in until(30):
        if condition():
            return
    raise AssertionError("it did not come to it")


def is_sweeping():
    """Whether another process writes flags just now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND state = 'active' AND query LIKE '%INSERT INTO courses_flag%'"
            " AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0] > 0


def test_a_worker_killed_in_the_middle_loses_nothing_and_a_new_one_does_the_rest():
    first = DutyFactory(due_on=DUE)
    last = DutyFactory(due_on=DUE, course=CourseFactory(pk=FAR_AWAY))
    with slow_flags_of(last, seconds=3), running_worker() as worker:
        queue.send_task("courses.jobs.flag_overdue", kwargs={"on": str(LATE)})
        wait_for(is_sweeping)
        worker.kill()
        assert list(Flag.objects.values_list("duty", flat=True)) == [first.pk]
        assert not Sweep.objects.exists()
        wait_for(lambda: not is_sweeping())
    with running_worker():
        again = queue.send_task("courses.jobs.flag_overdue", kwargs={"on": str(LATE)})
        assert again.get(timeout=60)["raised"] == 1
        changed = DutyFactory(due_on=DUE + DAY)
        ChangedCourse.objects.create(course=changed.course)
        queue.send_task("courses.jobs.flag_changed")
        wait_for(changed.flags.exists)
    assert list(Flag.objects.order_by("pk").values_list("duty", "became_on", "resolution")) == [
        (first.pk, LATE, ""),
        (last.pk, LATE, ""),
        (changed.pk, LATE + DAY, ""),
    ]


def test_a_command_killed_over_marked_courses_leaves_their_marks():
    Sweep.objects.create(swept_on=LATE, finished_at="2026-10-06T03:40:00Z")
    duty = DutyFactory(due_on=DUE)
    ChangedCourse.objects.create(course=duty.course)
    with slow_flags_of(duty, seconds=3):
        process = flag_overdue()
        wait_for(is_sweeping)
        process.kill()
        process.communicate()
        wait_for(lambda: not is_sweeping())
    assert not Flag.objects.exists()
    assert ChangedCourse.objects.filter(course=duty.course).exists()
    assert report(flag_overdue())["raised"] == 1
    assert not ChangedCourse.objects.exists()


def test_two_processes_at_once_flag_each_duty_once():
    duties = [DutyFactory(due_on=DUE) for _ in range(5)]
    with slow_flags_of(duties[0], seconds=3):
        one = flag_overdue()
        wait_for(is_sweeping)
        other = flag_overdue()
        raised = [report(one)["raised"], report(other)["raised"]]
    assert raised == [5, 0]
    assert Flag.objects.count() == 5
    assert Sweep.objects.count() == 1


def test_a_change_under_way_is_waited_for_and_not_lost():
    duty = DutyFactory(due_on=DUE)
    ChangedCourse.objects.create(course=duty.course)
    swept = threading.Thread(target=_sweep_in_its_own_connection)
    with transaction.atomic():
        Course.objects.select_for_update(of=("self",)).get(pk=duty.course_id)
        Duty.objects.filter(pk=duty.pk).update(outcome="lapsed", late_from=None, soon_from=None)
        swept.start()
        wait_for(_somebody_waits)
        ChangedCourse.objects.get_or_create(course=duty.course)
    swept.join(30)
    sweep_changed(on=LATE)
    assert not Flag.objects.open().exists()
    assert not ChangedCourse.objects.exists()


def _sweep_in_its_own_connection():
    try:
        sweep_changed(on=LATE)
    finally:
        connection.close()


def _somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_stat_clear_snapshot(), count(*) FROM pg_stat_activity"
            " WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return cursor.fetchone()[1] > 0
