"""The night job: a hand-over comes, moves, lapses and is escalated as the law's day has it."""

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from courses.actions.facts import record_absence
from courses.models import Responsibility, Sweep
from handovers.models import Handover
from journal.models import Entry
from notices.models import Notice
from servers.places import ROOT
from tests.handovers.conftest import TODAY, new_world
from tests.worker import database_url

LAST = date(2026, 11, 30)


def kinds_of(user) -> list[str]:
    return sorted(Notice.objects.filter(user=user).values_list("kind", flat=True))


def test_a_handover_comes_thirty_days_ahead_and_no_sooner(world):
    assert world.prepare(on=date(2026, 10, 31)).created == 0
    assert world.prepare(on=date(2026, 11, 1)).created == 1

    handover = world.handover
    assert (handover.last_on, handover.basis, handover.state) == (LAST, "R24-05", "coming")
    assert kinds_of(world.leader) == kinds_of(world.caseworker) == ["handover-coming"]


def test_a_second_run_of_a_day_writes_nothing(world):
    world.prepare()
    entries = Entry.objects.count()

    again = world.prepare()

    assert (again.created, again.told, again.escalated, again.moved) == (0, 0, 0, 0)
    assert Entry.objects.count() == entries


def test_each_step_is_told_once_and_after_a_standstill_only_the_last(world):
    world.prepare(on=date(2026, 11, 1))
    Notice.objects.all().delete()

    assert world.prepare(on=date(2026, 11, 17)).told == 1
    Notice.objects.all().delete()
    assert world.prepare(on=date(2026, 11, 18)).told == 0
    assert world.prepare(on=date(2026, 11, 29)).told == 1
    assert world.handover.told_days == 7


def test_the_handover_moves_when_the_laws_answer_moves(world):
    world.prepare()
    record_absence(
        course=world.course,
        kind="job",
        starts_on=date(2026, 11, 2),
        ends_on=date(2026, 12, 1),
        by=world.consultant,
    )

    done = world.prepare()

    assert (done.moved, world.handover.moves_on) == (1, world.passes_on)
    assert world.passes_on > LAST + timedelta(1)
    [entry] = Entry.objects.filter(what="handover-moved")
    assert entry.details["before_day"] == "2026-12-01"


def test_the_handover_lapses_when_the_course_ends_and_comes_back_when_it_does_not(world):
    world.prepare()
    Responsibility.objects.filter(course=world.course, party="jobcentre").delete()
    assert world.prepare().lapsed == 1
    assert world.handover.state == "lapsed"
    assert world.prepare().lapsed == 0

    Responsibility.objects.create(
        course=world.course, party="jobcentre", starts_on=LAST + timedelta(1)
    )
    world.prepare()
    assert world.handover.state == "coming"


def test_the_day_comes_though_nobody_accepted_and_both_sides_hear_of_it(world):
    world.prepare()
    day = LAST + timedelta(1)
    Notice.objects.all().delete()

    assert world.prepare(on=day).escalated == 1

    assert world.handover.is_overdue(on=day)
    assert kinds_of(world.leader) == kinds_of(world.caseworker) == ["handover-overdue"]
    assert world.prepare(on=day + timedelta(1)).escalated == 0


def test_the_command_reports_one_object(world):
    out = StringIO()

    call_command("prepare_handovers", on=TODAY, json=True, stdout=out)

    report = json.loads(out.getvalue())
    assert report.pop("seconds") >= 0
    assert report == {
        "on": "2026-11-09",
        "created": 1,
        "moved": 0,
        "lapsed": 0,
        "told": 2,
        "overdue": 0,
        "benefits": 0,
        "done": 0,
        "errors": [],
    }


def test_a_day_before_the_last_sweep_only_reports(world):
    Sweep.objects.create(swept_on=TODAY + timedelta(1), finished_at=timezone.now())
    out = StringIO()

    call_command("prepare_handovers", on=TODAY, json=True, stdout=out)

    assert json.loads(out.getvalue())["created"] == 0
    assert not Handover.objects.exists()
    assert not Notice.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_processes_at_once_make_one_handover():
    new_world()
    words = [sys.executable, "manage.py", "prepare_handovers", "--json", "--on", str(TODAY)]
    known = {
        "DJANGO_SETTINGS_MODULE": "kontaktforloeb.settings",
        "DATABASE_URL": database_url(),
        "REDIS_URL": settings.REDIS_URL,
    }
    pair = [
        subprocess.Popen(words, cwd=ROOT, env=os.environ | known, stdout=subprocess.PIPE)
        for _process in range(2)
    ]
    reports = [json.loads(one.communicate(timeout=60)[0]) for one in pair]

    assert [one["errors"] for one in reports] == [[], []]
    assert sum(one["created"] for one in reports) == 1
    assert Handover.objects.count() == 1
    assert Notice.objects.filter(kind="handover-coming").count() == 2
