"""Times the pages that people keep open beside a plain page, with 300,000 courses in the database.

    python -m benchmarks.pages [--courses 300000]

The same gunicorn answers all pages in turn, to an ordinary consultant of one a-kasse and to a
caseworker of one jobcentre, each with eight interviews that day. The front page is asked for as it
is when a colleague looked before, and as it is after an act in the organisation, when what the act
bears on is counted anew: after most of them, and after one that gives or takes a published time.
Ratios within one run count; searches have a limit in milliseconds.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import django
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

ROOT = Path(__file__).parent.parent
STATIC = tempfile.mkdtemp(prefix="bench-static-")
os.environ["BENCH_STATIC"] = STATIC
os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.pages_settings"
os.environ.update(DEMO="1", DEBUG="0", LOG_LEVEL="WARNING")
django.setup()

from accounts.models import User  # noqa: E402 (after set-up)
from benchmarks import lives, world  # noqa: E402
from courses import kept_counts  # noqa: E402
from courses.models import Course  # noqa: E402
from partnerships.models import Membership, Role  # noqa: E402
from shared.cpr import index_of  # noqa: E402

PORT = 8199
ROUNDS = 30
WARM_UP = 5
MOST_RATIO = 2.0
AFTER_AN_ACT = "front page after an act"
AFTER_A_TIME = "front page after an act on a published time"
MOST_SEARCH_MS = 200
SEARCHED_CPR = "6201850001"
HELD = ("< 0.667", "< 0.985")  # fewer late ones than the sweep is measured with
OWED = (
    "'R26-03', due.ordinal, 'job', 'a_kasse', ''",
    """
    CASE due.ordinal WHEN 3 THEN 'R26-07' ELSE 'R26-03' END, due.ordinal,
    CASE due.ordinal WHEN 3 THEN 'joint' ELSE 'job' END,
    CASE due.ordinal WHEN 3 THEN 'jobcentre' ELSE 'a_kasse' END,
    CASE due.ordinal WHEN 3 THEN 'a_kasse' ELSE '' END""",
)
LIVELY = """
INSERT INTO courses_registration (recorded_at, source, registered_on, placed_on, member_from,
        ended_reason, insured, special_effort, graduate, occupation, course_id, municipality_id)
    SELECT now(), 'import', registered_on, placed_on, starts_on, '', 'full_time', false, false, '',
        id, municipality_id FROM courses_course;
INSERT INTO courses_sweep (swept_on, finished_at) VALUES (%(day)s, now());
INSERT INTO meetings_meeting (kind, ordinal, held_by, with_other_party, starts_at, ends_at, form,
        place, state, booked_at, cancelled_by, cancel_reason, agreed, next_step, held_form,
        sequence, course_id, duty_id, organisation_id)
    SELECT kind, ordinal, held_by, kind = 'joint', at, at + interval '45 minutes', 'in_person',
        '', 'booked', now(), '', '', '', '', '', 0, course_id, id,
        CASE held_by WHEN 'jobcentre' THEN jobcentre_id ELSE a_kasse_id END
    FROM (
        SELECT *, CASE kind WHEN 'joint' THEN 'jobcentre' ELSE 'a_kasse' END AS held_by,
            (greatest(due_on - 3, %(day)s) + time '08:00') AT TIME ZONE 'Europe/Copenhagen'
                + id %% 8 * interval '1 hour' AS at
        FROM courses_duty
        WHERE outcome = 'pending' AND id %% 2 = 0 AND due_on BETWEEN %(day)s AND %(day)s + 28
    ) chosen;
INSERT INTO meetings_participant (role, attendance, starts_at, ends_at, is_busy, citizen_id,
        meeting_id)
    SELECT 'citizen', 'expected', starts_at, ends_at, true, citizen_id, meeting.id
    FROM meetings_meeting meeting JOIN courses_course course ON course.id = course_id;
"""
OWN_DAY = """
CREATE TEMPORARY TABLE own_day AS SELECT id, row_number() OVER () AS hour FROM (
    SELECT id FROM meetings_meeting WHERE organisation_id = %(organisation)s ORDER BY id LIMIT 8
) chosen;
UPDATE meetings_meeting meeting SET starts_at = at, ends_at = at + interval '45 minutes'
FROM (
    SELECT id, (%(day)s + time '07:00' + hour * interval '1 hour') AT TIME ZONE 'Europe/Copenhagen'
        AS at FROM own_day
) moved WHERE moved.id = meeting.id;
INSERT INTO meetings_participant (role, attendance, starts_at, ends_at, is_busy, worker_id,
        meeting_id)
    SELECT held_by, 'expected', starts_at, ends_at, true, %(worker)s, id
    FROM meetings_meeting JOIN own_day USING (id);
DROP TABLE own_day
"""
VACUUM = "VACUUM ANALYZE"


@dataclass
class Figures:
    """What was measured, and whether each target was kept."""

    missed: list[str] = field(default_factory=list)

    def ask(self, what: str, figure: float, most: float, unit: str = "") -> None:
        """Print a figure beside its target."""
        kept = figure <= most
        said = "kept" if kept else "MISSED"
        print(f"{what:58}{figure:9.2f}{unit:3} at most {most:g}: {said}", flush=True)
        self.missed += [] if kept else [what]


@dataclass(frozen=True)
class Reader:
    """Somebody signed in, on a connection that stays open."""

    name: str
    cookie: str
    token: str

    def milliseconds(self, method: str, path: str, body: str = "") -> float:
        """How long the server takes to answer, with its whole page."""
        headers = {"Cookie": f"sessionid={self.cookie}; csrftoken={self.token}"}
        if body:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
            body += f"&csrfmiddlewaretoken={self.token}"
        line = HTTPConnection("127.0.0.1", PORT)
        line.connect()
        began = time.perf_counter()
        line.request(method, path, body or None, headers)
        answer = line.getresponse()
        answer.read()
        taken = time.perf_counter() - began
        line.close()
        if answer.status not in (200, 302):
            raise SystemExit(f"{path} answered {answer.status}")
        return taken * 1000


def main() -> int:
    """Measure all; the exit status says whether a target was missed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--courses", type=int, default=world.COURSES)
    world.DAY = timezone.localdate()  # the pages ask the clock
    call_command("collectstatic", "--noinput", verbosity=0)
    figures = Figures()
    world.STATEMENTS = tuple(one.replace(*HELD).replace(*OWED) for one in world.STATEMENTS)
    with world.world(asked.parse_args().courses):
        _enliven()
        a_kasse = _reader("konsulent", Role.JOB_CONSULTANT, 1)
        jobcentre = _reader("sagsbehandler", Role.CASEWORKER, 101)
        with _server():
            for reader, page in ((a_kasse, "/a-kasse/"), (jobcentre, "/jobcenter/")):
                _pages(figures, reader, page)
                _searches(figures, reader)
    return int(bool(figures.missed))


def _enliven() -> None:
    """Give the world registrations, a CPR number to search for, and a last sweep."""
    fingerprint = index_of(SEARCHED_CPR)
    with connection.cursor() as cursor:
        cursor.execute(LIVELY, {"day": world.DAY})
        cursor.execute("UPDATE courses_citizen SET cpr_index = %s WHERE id = 24", [fingerprint])
    lives.enliven(world.DAY)
    with connection.cursor() as cursor:
        cursor.execute(VACUUM)


def _reader(name: str, role: Role, organisation: int) -> Reader:
    user = User.objects.create_user(name, first_name=name, last_name="Prøve")
    Membership.objects.create(
        user=user, role=role, organisation_id=organisation, starts_on=world.DAY
    )
    with connection.cursor() as cursor:
        own: dict[str, int | date] = {
            "worker": user.pk,
            "organisation": organisation,
            "day": world.DAY,
        }
        cursor.execute(OWN_DAY, own)
    client = Client()
    client.force_login(user)
    return Reader(name, client.cookies["sessionid"].value, "x" * 32)


@contextmanager
def _server() -> Iterator[None]:
    """The web server as `make run` starts it, on the benchmark's database."""
    now = connection.settings_dict
    query = urlencode({"host": now["HOST"], "port": now["PORT"] or 5432} | now["OPTIONS"])
    url = f"postgres://{now['USER']}:{now['PASSWORD']}@/{now['NAME']}?{query}"
    line = [
        sys.executable, "-m", "gunicorn", "kontaktforloeb.wsgi", "--bind", f"127.0.0.1:{PORT}",
        "--workers", "2", "--threads", "4", "--no-control-socket", "--log-level", "warning",
    ]  # fmt: skip
    process = subprocess.Popen(line, cwd=ROOT, env=os.environ | {"DATABASE_URL": url})
    try:
        _wait()
        yield
    finally:
        process.terminate()
        process.wait()


def _wait() -> None:
    for _ in range(100):
        try:
            HTTPConnection("127.0.0.1", PORT).connect()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the server does not answer")


def _pages(figures: Figures, reader: Reader, front: str) -> None:
    """The front page and the course page beside the plain one, in turn."""
    side = "a_kasse" if front == "/a-kasse/" else "jobcentre"
    party = 1 if side == "a_kasse" else 101
    shared = Course.objects.filter(**{side: party})
    print(f"{reader.name}: {shared.count():,} of {Course.objects.count():,} courses", flush=True)
    courses = [one.get_absolute_url() for one in shared.order_by("pk")[: WARM_UP + ROUNDS]]
    fronts = dict.fromkeys(("front page", AFTER_AN_ACT, AFTER_A_TIME), front)
    paths = {"plain": "/plain/", **fronts, "course page": courses}
    more = {"by name": f"{front}?orden=navn", "by weeks": f"{front}?orden=-ledighed"}
    taken = _in_turn(reader, paths, party)
    for name, milliseconds in taken.items():
        print(f"  {name:56}{milliseconds:9.1f} ms", flush=True)
    for name in ("front page", AFTER_AN_ACT, AFTER_A_TIME, "course page"):
        figures.ask(f"  {name} / plain page", taken[name] / taken["plain"], MOST_RATIO)
    for name, milliseconds in _in_turn(reader, more, party).items():
        print(f"  front page {name:45}{milliseconds:9.1f} ms", flush=True)


def _in_turn(reader: Reader, paths: Mapping[str, Sequence[str]], party: int) -> dict[str, float]:
    """The median of each page, asked for in turn; of several another one each time."""
    taken: dict[str, list[float]] = {name: [] for name in paths}
    for turn in range(WARM_UP + ROUNDS):
        for name, path in paths.items():
            if name in (AFTER_AN_ACT, AFTER_A_TIME):
                kept_counts.changed([party], times=name == AFTER_A_TIME)
            one = path if isinstance(path, str) else path[turn]
            milliseconds = reader.milliseconds("GET", one)
            if turn >= WARM_UP:
                taken[name].append(milliseconds)
    return {name: statistics.median(times) for name, times in taken.items()}


def _searches(figures: Figures, reader: Reader) -> None:
    """By name (common, two words, rare), case number, CPR number and phone."""
    for text in ("Hansen", "Lind", "Ida Møller", "ø", "K-000024", SEARCHED_CPR, "20000024"):
        body = urlencode({"q": text})
        times = [reader.milliseconds("POST", "/soeg/", body) for _ in range(WARM_UP + 10)]
        figures.ask(f"  search {text}", statistics.median(times[WARM_UP:]), MOST_SEARCH_MS, "ms")


if __name__ == "__main__":
    sys.exit(main())
