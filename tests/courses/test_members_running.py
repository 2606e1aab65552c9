"""Taking in while other things happen: stopped, twice at once, refused by the database."""

import os
import signal
import subprocess
import sys
import threading
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.members import taking_in
from courses.members.sources import files_at
from courses.members.taking_in import TakingIn
from courses.models import Citizen, Course, Duty, Flag, ReportedHours
from partnerships.models import Organisation
from servers.places import ROOT
from shared.refusals import Refused
from tests.courses.member_files import members
from tests.worker import database_url

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
MANY = 40


@pytest.fixture
def folder(tmp_path):
    """Forty members with hours."""
    write(tmp_path, range(MANY))
    return tmp_path


def write(folder, places):
    """The files of as many members, each with the hours of a month."""
    numbers = [f"{61 + place % 28}{1 + place // 28:02}85{place:04}" for place in places]
    rows = [(number, "2026-07-06") for number in numbers]
    (folder / "members.csv").write_text(members(*rows), encoding="utf-8")
    hours = "\n".join(f"{number},2026-07,100" for number in numbers)
    (folder / "hours.csv").write_text(f"cpr,month,hours\n{hours}", encoding="utf-8")


def run(folder, watch=taking_in.go_on, a_kasse="3f", **options):
    with files_at(folder) as files:
        taking = TakingIn(Organisation.objects.get(slug=a_kasse), by=None, on=TODAY, **options)
        return taking.run(files, watch=watch)


@pytest.fixture
def small_chunks(monkeypatch):
    monkeypatch.setattr(taking_in, "PEOPLE_A_CHUNK", 10)


def test_it_stops_when_asked_and_goes_on_when_run_again(a_kasser, folder, small_chunks):
    stopped = run(folder, watch=lambda report: report.rows_done < 30)
    taken = Course.objects.count()

    rest = run(folder)

    assert stopped.stopped
    assert 0 < taken < MANY
    assert stopped.courses_opened == taken
    assert rest.courses_opened == MANY - taken
    assert rest.tallies["members"].same == taken
    assert ReportedHours.objects.count() == MANY


def test_it_says_how_many_rows_are_done(a_kasser, folder, small_chunks):
    seen = []

    run(folder, watch=lambda report: seen.append((report.rows_done, report.rows)) or True)

    assert seen == [(0, 80), (20, 80), (40, 80), (60, 80), (80, 80)]


def test_four_times_the_members_in_a_chunk_take_hardly_more_queries(a_kasser, tmp_path):
    counted = []
    for first, last in ((0, 10), (10, 50)):
        write(tmp_path, range(first, last))
        with CaptureQueriesContext(connection) as queries:
            assert run(tmp_path).courses_opened == last - first
        counted.append(len(queries))

    few, many = counted
    assert many - few <= 15  # keys are fetched one, two, four, ... at a time for five tables


def test_the_flags_follow_at_once(a_kasser, folder):
    run(folder)

    late = Duty.objects.late(on=TODAY)
    assert late.count() >= MANY
    assert Flag.objects.open().overdue().count() == late.count()


def test_someone_whom_the_database_refuses_stops_nobody_else(a_kasser, folder, caplog):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE courses_citizen ADD CONSTRAINT poison CHECK (last_name <> 'X')")
    text = (folder / "members.csv").read_text(encoding="utf-8").replace("Åkær", "X", 1)
    (folder / "members.csv").write_text(text, encoding="utf-8")

    report = run(folder)

    assert Course.objects.count() == MANY - 1
    assert {(one.file, one.row) for one in report.errors} == {("members.csv", 2), ("hours.csv", 2)}
    assert report.exit_status == 3


def test_a_course_that_has_no_answer_is_reported_and_its_facts_are_kept(
    a_kasser, folder, monkeypatch
):
    def unanswerable(*_args, **_options):
        raise ArithmeticError("no answer")

    monkeypatch.setattr("courses.deadlines.answered", unanswerable)

    report = run(folder)

    assert Course.objects.count() == MANY
    assert "no answer" in report.warnings[0].message


@pytest.mark.django_db(transaction=True)
def test_a_second_file_of_the_same_a_kasse_waits_its_turn(a_kasser, folder, small_chunks):
    refused = []

    def meanwhile(_report):
        def second():
            try:
                run(folder)
            except Refused as error:
                refused.append(str(error))
            finally:
                connection.close()

        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
        return True

    run(folder, watch=meanwhile)

    assert len(refused) == 5
    assert Course.objects.count() == MANY
    assert run(folder).tallies["members"].same == MANY


@pytest.mark.django_db(transaction=True)
def test_two_a_kasser_that_send_the_same_people_at_once_get_each_of_them_once(
    a_kasser, folder, small_chunks
):
    reports = {}

    def send(a_kasse):
        reports[a_kasse] = run(folder, a_kasse=a_kasse)
        connection.close()

    threads = [threading.Thread(target=send, args=[one]) for one in ("3f", "foa")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Citizen.objects.count() == Course.objects.count() == MANY
    assert sum(report.courses_opened for report in reports.values()) == MANY
    refused = sum(report.tallies["members"].refused for report in reports.values())
    assert refused == MANY


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_leaves_whole_chunks_and_the_next_takes_the_rest(
    a_kasser, folder, tmp_path
):
    script = (
        "import django; django.setup()\n"
        "from courses.members import taking_in\n"
        "from django.core.management import call_command\n"
        "import os, signal\n"
        "taking_in.PEOPLE_A_CHUNK = 10\n"
        "take, done = taking_in.TakingIn._taken, []\n"
        "def taken(self, chunk):\n"
        "    part = take(self, chunk)\n"
        "    done.append(part)\n"
        "    if len(done) == 2: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return part\n"
        "taking_in.TakingIn._taken = taken\n"
        f"call_command('import_members', {str(folder)!r}, '--a-kasse', '3f')\n"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "kontaktforloeb.settings",
        "DATABASE_URL": database_url(),
    }

    killed = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, check=False)

    assert killed.returncode == -signal.SIGKILL
    assert Course.objects.count() == 20
    assert run(folder).courses_opened == 20
    assert ReportedHours.objects.count() == MANY
    assert not Course.objects.filter(refreshed_at=None).exists()
