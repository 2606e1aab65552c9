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
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from courses.actions.facts import record_absence
from courses.models import Responsibility, Sweep
from handovers.actions import send_sheet
from handovers.models import Handover
from journal.models import Entry
from letters.actions import resend
from letters.models import Letter
from notices.models import Notice
from partnerships.models import Role
from servers.places import ROOT
from shared.refusals import Refused
from shared.written import long_date
from tests.factories import UserFactory
from tests.handovers.conftest import NOW, SAID, TODAY, new_world
from tests.worker import database_url

LAST = date(2026, 11, 30)
DAY = timedelta(1)


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


def test_a_planner_who_opens_no_case_hears_of_each_late_course_and_who_opens_it(world):
    """The jobcentre has no leader here: its booking coordinator plans."""
    planner = UserFactory(role=Role.BOOKING_COORDINATOR, organisation=world.course.jobcentre)
    world.prepare()
    world.prepare(on=LAST + DAY)

    notice = Notice.objects.get(user=planner)
    listed = f"{reverse('notices:list')}?vis=alle&sag={world.course.case_number}"
    assert (notice.kind, notice.url) == ("handover-overdue-there", listed)


def test_a_run_for_a_day_ahead_makes_nothing_late_or_done(world):
    world.prepare()
    other = new_world()
    other.prepare()
    accepted = {"state": "accepted", "accepted_at": NOW, "accepted_by": other.caseworker}
    Handover.objects.filter(course=other.course).update(**accepted)

    ahead = world.prepare(on=LAST + 10 * DAY, at=NOW)

    assert (ahead.escalated, ahead.done) == (0, 0)
    assert (world.handover.state, other.handover.state) == ("coming", "accepted")
    then = world.prepare(on=LAST + DAY)
    assert (then.escalated, then.done) == (1, 1)


def test_the_first_night_of_a_database_gives_the_old_ones_a_week_before_they_are_late(world):
    first = LAST + 10 * DAY
    night = world.prepare(on=first)
    assert (night.created, night.escalated) == (1, 0)
    assert not world.handover.is_overdue(on=first)

    assert world.prepare(on=first + 6 * DAY).escalated == 0
    assert not Handover.objects.overdue(on=first + 6 * DAY).exists()
    assert world.prepare(on=first + 7 * DAY).escalated == 1
    assert Handover.objects.overdue(on=first + 7 * DAY).get().is_overdue(on=first + 7 * DAY)


def moved(world):
    """A job that stops the clock: the hand-over comes later; what the night job then did."""
    record_absence(
        course=world.course,
        kind="job",
        starts_on=date(2026, 11, 2),
        ends_on=date(2026, 12, 1),
        by=world.consultant,
    )
    Notice.objects.all().delete()
    return world.prepare()


def test_both_sides_hear_that_the_day_moved_and_not_that_it_comes_once_more(world):
    world.prepare(on=date(2026, 11, 1))

    assert moved(world).moved == 1

    assert kinds_of(world.leader) == ["handover-moved"]
    assert kinds_of(world.caseworker) == ["handover-moved-away"]  # it is too far off for them
    assert Notice.objects.get(user=world.leader).url == world.handover.get_absolute_url()
    assert world.handover.known_on == TODAY


def test_a_day_that_moves_into_the_past_leaves_a_week_to_answer(world):
    world.prepare()
    Responsibility.objects.filter(course=world.course, party="a_kasse").update(
        ends_on=TODAY - 2 * DAY
    )
    Responsibility.objects.filter(course=world.course, party="jobcentre").update(
        starts_on=TODAY - 2 * DAY
    )

    assert (world.prepare().moved, world.handover.is_overdue(on=TODAY)) == (1, False)
    assert world.prepare(on=TODAY + 7 * DAY).escalated == 1


def written(world):
    rows = world.course.letters.filter(kind="handover").order_by("pk")
    return [(one.state, one.content) for one in rows]


def test_a_citizen_who_was_told_of_the_day_by_letter_gets_a_letter_of_the_new_one(world):
    world.prepare()
    send_sheet(world.handover, SAID, by=world.consultant, at=NOW)
    world.course.letters.update(state="sent", sent_at=NOW)

    moved(world)

    [(_sent, first), (state, second)] = written(world)
    assert state == "waiting"
    with override("da"):
        new, old = long_date(world.handover.moves_on), long_date(LAST + DAY)
    assert f"'{old}:" in str(first["facts"])
    assert f"'{new}:" in str(second["facts"])
    assert f"'{old}:" not in str(second["facts"])
    assert f" {old} " in str(second["parts"])  # the day that no longer holds


def test_a_letter_of_the_day_that_still_waits_gives_way_and_names_no_earlier_day(world):
    world.prepare()
    send_sheet(world.handover, SAID, by=world.consultant, at=NOW)

    moved(world)

    [(before, _first), (after, second)] = written(world)
    assert (before, after) == ("taken_back", "waiting")
    with override("da"):
        assert long_date(world.handover.moves_on) in str(second)
        assert f" {long_date(LAST + DAY)} " not in str(second)


def test_a_letter_of_the_old_day_that_failed_is_not_sent_again_after_the_new_one(world):
    world.prepare()
    send_sheet(world.handover, SAID, by=world.consultant, at=NOW)
    old = world.course.letters.get()
    failed = {"state": "failed", "failure": "refused", "queued_at": NOW - DAY}
    Letter.objects.filter(pk=old.pk).update(**failed)

    moved(world)

    assert [state for state, _content in written(world)] == ["failed", "waiting"]
    with pytest.raises(Refused, match="The day of the hand-over has moved"):
        resend(old, by=world.consultant, at=NOW)


def test_a_citizen_who_was_told_nothing_gets_no_letter_when_the_day_moves(world):
    world.prepare()

    assert moved(world).moved == 1
    assert written(world) == []


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


def lapsed(world):
    """What each side hears when the law no longer gives the hand-over and the course goes on."""
    Notice.objects.all().delete()
    Responsibility.objects.filter(course=world.course, party="jobcentre").delete()
    assert world.prepare().lapsed == 1
    return sorted(set(Notice.objects.values_list("kind", flat=True)))


def test_both_sides_hear_that_no_handover_comes_after_all(world):
    world.prepare()
    assert lapsed(world) == ["handover-lapsed"]


def test_a_letter_of_a_handover_that_lapses_goes_back_while_it_waits(world):
    world.prepare()
    send_sheet(world.handover, SAID, by=world.consultant, at=NOW)
    assert lapsed(world) == ["handover-lapsed"]
    assert [state for state, _content in written(world)] == ["taken_back"]


def test_a_worker_is_to_write_when_the_citizen_read_of_what_lapses(world):
    world.prepare()
    send_sheet(world.handover, SAID, by=world.consultant, at=NOW)
    world.course.letters.update(state="sent", sent_at=NOW)
    assert "handover-lapsed-told" in lapsed(world)
