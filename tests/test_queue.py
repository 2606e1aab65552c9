"""The calendar names jobs that exist; a real worker takes them from a real queue."""

import inspect

import pytest
from django.conf import settings

from kontaktforloeb.celery import queue

SCHEDULE = settings.CELERY_BEAT_SCHEDULE


@pytest.fixture(scope="module")
def tasks():
    queue.loader.import_default_modules()
    return queue.tasks


@pytest.mark.parametrize("name", SCHEDULE)
def test_a_scheduled_job_exists_and_takes_the_day_or_the_moment(tasks, name):
    job = tasks[SCHEDULE[name]["task"]]
    asked = inspect.signature(job.run).parameters
    assert (asked["on"] if "on" in asked else asked["at"]).default is None


def test_the_calendar_runs_on_danish_time():
    assert queue.conf.timezone == "Europe/Copenhagen"
    assert SCHEDULE["refresh_deadlines"]["schedule"].minute == {10}
    assert SCHEDULE["flag_overdue"]["schedule"].hour == {5}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_task_waits_for_a_worker_and_is_done_by_it(worker):
    done = queue.send_task("celery.backend_cleanup")
    assert done.get(timeout=20) is None
    assert done.successful()


def test_a_task_sent_while_no_worker_runs_is_kept():
    queue.control.purge()
    waiting = queue.send_task("celery.backend_cleanup")
    assert waiting.state == "PENDING"
    with queue.connection_for_read() as broker:
        assert broker.default_channel.client.llen("celery") == 1
    queue.control.purge()
