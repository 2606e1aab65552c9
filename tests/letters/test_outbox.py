"""The outbox: ten minutes' wait, each letter sent once, what failed said to its writer."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from journal.models import Entry
from kontaktforloeb.celery import queue
from letters import actions, jobs
from letters.drafts import Draft
from letters.models import Letter, LetterKind, LetterPdf, OutboxDay, Route
from letters.outbox import work_off
from notices.models import Notice
from partnerships.models import Role
from servers.locks import until
from servers.places import ROOT
from shared.refusals import Refused
from tests.factories import LetterFactory, RouteFactory, UserFactory
from tests.letters.conftest import with_routes
from tests.meetings.conftest import NOW, TODAY, new_world
from tests.worker import database_url, running_worker

MINUTE = timedelta(minutes=1)
LATER = NOW + 10 * MINUTE


def queued(world, *, at=NOW, **changed):
    draft = Draft(kind=LetterKind.SUMMONS, sender=world.course.jobcentre, language="en")
    return actions.queue(world.course, draft, by=world.caseworker, at=at)


def messages():
    return sorted(Path(settings.DIGITAL_POST_OUTBOX).glob("*.xml"))


def send(at):
    with time_machine.travel(at, tick=False):
        return jobs.send_summonses()


def test_a_letter_waits_ten_minutes_and_then_goes_once(world):
    letter = queued(world)

    assert send(NOW + 9 * MINUTE) == {"sent": 0, "failed": 0, "waiting": 1}
    assert send(LATER) == {"sent": 1, "failed": 0, "waiting": 0}
    assert send(LATER) == {"sent": 0, "failed": 0, "waiting": 0}
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at, letter.arrived_at) == ("sent", LATER, LATER)
    assert len(messages()) == 1
    entries = Entry.objects.of_case(world.course.pk).values_list("what", flat=True)
    assert list(entries) == ["letter-sent", "letter-queued"]


def test_a_letter_that_is_taken_back_never_goes(world):
    letter = queued(world)

    assert actions.take_back(letter, by=world.caseworker, at=NOW + MINUTE)
    assert send(LATER)["sent"] == 0
    assert not actions.take_back(letter, by=world.caseworker, at=LATER)
    assert messages() == []


def test_a_letter_that_has_gone_cannot_be_taken_back(world):
    letter = queued(world)
    send(LATER)

    assert not actions.take_back(letter, by=world.caseworker, at=LATER)
    letter.refresh_from_db()
    assert letter.state == "sent"


def test_only_the_party_itself_writes_and_takes_back_its_letters(world):
    letter = queued(world)
    draft = Draft(kind=LetterKind.SUMMONS, sender=world.course.jobcentre, language="en")

    for act in (
        lambda: actions.queue(world.course, draft, by=world.consultant, at=NOW),
        lambda: actions.take_back(letter, by=world.consultant, at=NOW),
        lambda: actions.resend(letter, by=world.consultant, at=NOW),
    ):
        with pytest.raises(Refused, match="Only the party"):
            act()


def test_a_letter_that_fails_starts_no_deadline_and_its_writer_is_told(world):
    Route.objects.filter(organisation=world.course.jobcentre).update(cvr="")
    letter = queued(world)

    assert send(LATER) == {"sent": 0, "failed": 1, "waiting": 0}
    letter.refresh_from_db()
    assert (letter.state, letter.failure, letter.arrived_at) == ("failed", "no_sender", None)
    notice = Notice.objects.get(user=world.caseworker)
    assert (notice.kind, notice.url) == ("letter-failed", letter.get_absolute_url())
    assert send(LATER + MINUTE)["failed"] == 0


def test_whoever_has_the_course_hears_of_a_letter_that_failed_too(world):
    """The writer may be on holiday, or have left."""
    colleague = UserFactory(role=Role.CASEWORKER, organisation=world.course.jobcentre)
    world.course.caseworker = colleague
    world.course.save(update_fields=["caseworker"])
    Route.objects.filter(organisation=world.course.jobcentre).update(cvr="")
    queued(world)

    send(LATER)

    told = Notice.objects.filter(kind="letter-failed").values_list("user", flat=True)
    assert set(told) == {world.caseworker.pk, colleague.pk}


def test_a_failed_letter_is_sent_again_in_the_same_words_and_is_no_failure_any_more(world):
    Route.objects.filter(organisation=world.course.jobcentre).update(cvr="")
    letter = queued(world)
    send(LATER)
    Route.objects.filter(organisation=world.course.jobcentre).update(cvr="11111111")
    letter.refresh_from_db()

    again = actions.resend(letter, by=world.caseworker, at=LATER)
    assert send(LATER + 10 * MINUTE) == {"sent": 1, "failed": 0, "waiting": 0}

    again.refresh_from_db()
    assert (again.content, again.state) == (letter.content, "sent")
    assert not Letter.objects.failed().exists()
    with pytest.raises(Refused, match="sent again already"):
        actions.resend(letter, by=world.caseworker, at=LATER)


def test_one_letter_that_cannot_be_written_stops_no_other(world):
    bad, good = queued(world), queued(world)
    Letter.objects.filter(pk=bad.pk).update(content={"nothing": "here"})

    assert send(LATER) == {"sent": 1, "failed": 1, "waiting": 0}
    assert Letter.objects.get(pk=good.pk).state == "sent"
    assert Letter.objects.get(pk=bad.pk).failure == "unreadable"


def test_the_pdf_that_went_is_kept(world):
    letter = queued(world)
    send(LATER)

    assert bytes(LetterPdf.objects.get(letter=letter).content).startswith(b"%PDF")


def test_a_day_before_the_last_run_only_reports(world, capsys):
    send(NOW)
    queued(world)
    with time_machine.travel(LATER, tick=False):
        call_command("send_summonses", "--json", "--on", "2026-09-20")
        reported = json.loads(capsys.readouterr().out)
        assert reported == {"sent": 0, "failed": 0, "waiting": 1}
        call_command("send_summonses", "--json", "--on", "2026-09-21")
    assert json.loads(capsys.readouterr().out) == {"sent": 1, "failed": 0, "waiting": 0}


def test_a_day_that_lies_ahead_is_today_and_sends_nothing_early(world):
    queued(world)

    assert jobs.send_summonses("2026-09-21")["sent"] == 0
    call_command("send_summonses", "--on", "2027-01-01")
    assert OutboxDay.last() == TODAY
    assert messages() == []


def test_what_a_killed_process_left_goes_by_a_way_that_bears_it(world):
    """A Digital Post message has the letter's key for a name, so the second is the first."""
    letter = queued(world)
    Letter.objects.filter(pk=letter.pk).update(state="sending", taken_up_at=LATER)

    assert work_off(at=LATER).sent == 0  # it may be under way just now
    assert work_off(at=LATER + 2 * MINUTE).sent == 1
    Letter.objects.filter(pk=letter.pk).update(state="sending", sent_at=None, arrived_at=None)
    first = messages()[0].read_bytes()
    assert work_off(at=LATER + 2 * MINUTE).sent == 1
    assert [one.read_bytes() for one in messages()] == [first]


def test_what_a_killed_process_left_by_e_mail_is_a_persons_to_decide(world):
    letter = queued(world)
    Letter.objects.filter(pk=letter.pk).update(channel="email", state="sending", taken_up_at=LATER)

    assert work_off(at=LATER + 2 * MINUTE).failed == 1
    assert Letter.objects.get(pk=letter.pk).failure == "interrupted"


# --- Real processes -----------------------------------------------------------------------------
ENVIRONMENT = {"DJANGO_SETTINGS_MODULE": "kontaktforloeb.settings", "DIGITAL_POST_OUTBOX": ""}


def command():
    """The command as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "send_summonses", "--json"],
        cwd=ROOT,
        env=os.environ
        | ENVIRONMENT
        | {
            "DATABASE_URL": database_url(),
            "REDIS_URL": settings.REDIS_URL,
            "DIGITAL_POST_OUTBOX": settings.DIGITAL_POST_OUTBOX,
        },
        stdout=subprocess.PIPE,
    )


def report(process):
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return json.loads(out)


def letters_due(count):
    """Letters of the real present, because other processes know no other."""
    first = LetterFactory()
    RouteFactory(organisation=first.sender)
    columns = {"course": first.course, "queued_by": first.queued_by}
    return [first, *(LetterFactory(**columns) for _ in range(count - 1))]


@contextmanager
def slow_pdf_of(letter, *, how):
    """The database takes its time over keeping the PDF of one letter."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN PERFORM {how}; RETURN NEW; END $$;
            CREATE TRIGGER slow BEFORE INSERT ON letters_letterpdf
                FOR EACH ROW WHEN (NEW.letter_id = {letter.pk}) EXECUTE FUNCTION slow()"""
        )
        try:
            yield
        finally:
            cursor.execute("DROP FUNCTION slow CASCADE")


@contextmanager
def pdf_held_back(letter):
    """The PDF of one letter is kept only when the test lets go."""
    with connection.cursor() as cursor, slow_pdf_of(letter, how="pg_advisory_xact_lock(4711)"):
        cursor.execute("SELECT pg_advisory_lock(4711)")
        try:
            yield lambda: cursor.execute("SELECT pg_advisory_unlock(4711)")
        finally:
            cursor.execute("SELECT pg_advisory_unlock_all()")


def wait_for(condition):
    for _ in until(60):
        if condition():
            return
    raise AssertionError("it did not come to it")


def is_sending(letter):
    return lambda: Letter.objects.filter(pk=letter.pk, state="sending").exists()


def somebody_keeps_a_pdf():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND state = 'active' AND query LIKE '%INSERT INTO%letters_letterpdf%'"
            " AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0] > 0


@pytest.fixture
def real_time():
    """What other processes read on the clock; they know nothing of a clock that stands."""
    with time_machine.travel(0, tick=True) as traveller:
        traveller.move_to(
            timezone.datetime.fromtimestamp(_true_now(), tz=timezone.get_current_timezone())
        )
        yield


def _true_now():
    out = subprocess.run(
        [sys.executable, "-c", "import time; print(time.time())"], capture_output=True, check=True
    )
    return float(out.stdout)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_processes_at_once_send_each_letter_once(real_time):
    letters = letters_due(5)
    with pdf_held_back(letters[0]) as let_go:
        one = command()
        wait_for(is_sending(letters[0]))
        assert report(command())["sent"] == 4
        let_go()
        assert report(one)["sent"] == 1

    assert len(messages()) == 5
    assert not Letter.objects.exclude(state="sent").exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_real_worker_sends_and_one_killed_in_the_middle_loses_and_doubles_nothing(
    real_time, monkeypatch
):
    monkeypatch.setenv("DIGITAL_POST_OUTBOX", settings.DIGITAL_POST_OUTBOX)
    letters = letters_due(3)
    with slow_pdf_of(letters[1], how="pg_sleep(4)"), running_worker() as worker:
        queue.send_task("letters.jobs.send_summonses")
        wait_for(is_sending(letters[1]))
        wait_for(somebody_keeps_a_pdf)
        worker.kill()
        wait_for(lambda: not somebody_keeps_a_pdf())
    states = dict(Letter.objects.values_list("pk", "state"))
    assert [states[one.pk] for one in letters] == ["sent", "sending", "waiting"]

    Letter.objects.filter(pk=letters[1].pk).update(taken_up_at=timezone.now() - 2 * MINUTE)
    with running_worker():
        again = queue.send_task("letters.jobs.send_summonses")
        assert again.get(timeout=60) == {"sent": 2, "failed": 0, "waiting": 0}
    assert len(messages()) == 3


def test_a_letter_is_written_also_where_the_tables_were_emptied(transactional_db):
    world = with_routes(new_world())

    assert queued(world).text.version == 1
