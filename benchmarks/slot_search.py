"""Times the search for a joint interview, "why no slot" included, beside its bare SQL.

    python -m benchmarks.slot_search [--rounds 300]

60,000 interviews and 90,000 slots in a half-year at 94 jobcentres. Searches are drawn as slots are:
most at the largest jobcentres. The limit is in milliseconds; the ratio counts on a busy machine.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

import django
from django.db import connection
from django.test.utils import CaptureQueriesContext

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontaktforloeb.settings")
django.setup()

from benchmarks import world  # noqa: E402 (after set-up)
from benchmarks.flags import Figures  # noqa: E402
from benchmarks.slot_world import INTERVIEWS, JOBCENTRES, slot_world  # noqa: E402
from courses.models import Course, Duty, Party  # noqa: E402
from partnerships.models import Membership, Role  # noqa: E402
from shared.dates import start_of  # noqa: E402
from slots.finding import Found, Wishes, find  # noqa: E402
from slots.models import Slot  # noqa: E402
from slots.wishes import Half  # noqa: E402

ROUNDS = 300
MOST_MS = 200
LATE_IN = 4  # every fourth duty is late: 60 days are searched
BARE = """
    SELECT slot.* FROM slots_slot slot JOIN slots_pool pool ON pool.id = slot.pool_id
    WHERE slot.state = 'open' AND slot.jobcentre_id = %(jobcentre)s AND pool.is_published
        AND pool.kind = 'joint' AND slot.starts_at >= %(first)s AND slot.starts_at < %(last)s
        AND (slot.a_kasse_id = %(a_kasse)s OR (slot.a_kasse_id IS NULL AND pool.model = 'shared'))
        AND NOT EXISTS (SELECT FROM slots_slotbooking booking
            WHERE booking.slot_id = slot.id AND booking.is_live)
        AND NOT EXISTS (SELECT FROM meetings_participant busy WHERE busy.is_busy
            AND busy.starts_at < slot.ends_at AND busy.ends_at > slot.starts_at
            AND (busy.room_id = slot.room_id OR busy.citizen_id = %(citizen)s
                OR busy.worker_id IN (coalesce(slot.worker_id, %(worker)s), slot.guest_id)))
    ORDER BY slot.starts_at
"""


def main() -> int:
    """Measure; the exit status says whether the limit was kept."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    figures, rounds = Figures(), asked.parse_args().rounds
    with slot_world():
        chance = Random(world.SEED)
        drawn = list(Slot.objects.order_by("pk").values_list("jobcentre", flat=True))
        _measure(figures, "all", [chance.choice(drawn) for _ in range(rounds)], chance)
        largest = [JOBCENTRES[0]] * (rounds // 4)
        _measure(figures, "largest", largest, chance)
        _largest_window(figures, chance)
    return int(bool(figures.missed))


def _measure(figures: Figures, name: str, jobcentres: list[int], chance: Random) -> None:
    ours, own, bare, found = [], [], [], list[Found]()
    for n, jobcentre in enumerate(jobcentres):
        course, duty = _asked(jobcentre, chance, late=n % LATE_IN == 0)
        wishes = Wishes(half=Half.FORENOON) if n % 2 else Wishes()
        answer, seconds = _timed(partial(_answered, course, duty, wishes))
        own.append(_timed(partial(_answered, course, duty, wishes), time.process_time)[1] * 1000)
        found.append(answer)
        ours.append(seconds * 1000)
        bare.append(_timed(partial(_bare, course, answer))[1] * 1000)
    slots = statistics.mean(sum(len(day.excluded) for day in one.days) for one in found)
    figures.tell(f"{name}: searches, of which found nothing",
                 f"{len(found)}, {sum(not one.free for one in found)}")  # fmt: skip
    figures.tell(f"{name}: times explained in a search", f"{slots:.0f}")
    figures.tell(f"{name}: search, median ms", f"{statistics.median(ours):.1f}")
    figures.ask(f"{name}: search, p95 ms", _p95(ours), most=MOST_MS)
    figures.tell(f"{name}: of which Python, median and p95 ms of CPU",
                 f"{statistics.median(own):.1f}, {_p95(own):.1f}")  # fmt: skip
    figures.tell(f"{name}: bare SQL of the candidates, median ms", f"{statistics.median(bare):.1f}")
    figures.tell(f"{name}: bare SQL of the candidates, p95 ms", f"{_p95(bare):.1f}")
    ratio = statistics.median(ours) / statistics.median(bare)
    figures.tell(f"{name}: search / bare SQL, medians", f"{ratio:.1f}")


def _largest_window(figures: Figures, chance: Random) -> None:
    """Sixty days of the largest jobcentre, the most times there are to explain."""
    course, duty = _asked(JOBCENTRES[0], chance, late=True)
    with CaptureQueriesContext(connection) as queries:
        answer = _answered(course, duty, Wishes())
    slots = sum(len(day.excluded) for day in answer.days) + len(answer.free)
    seconds = [_timed(lambda: _answered(course, duty, Wishes()))[1] * 1000 for _ in range(7)]
    figures.tell(f"60 days of the largest: {slots} times, queries", f"{len(queries)}")
    figures.tell("60 days of the largest, median ms", f"{statistics.median(seconds):.1f}")
    figures.tell("interviews in the database", f"{INTERVIEWS:,}")


def _asked(jobcentre: int, chance: Random, *, late: bool) -> tuple[Course, Duty]:
    """A citizen of a jobcentre who owes a joint interview, some days from now or some ago."""
    # the courses after the 60,000th have no interview
    courses = Course.objects.select_related("jobcentre", "a_kasse", "citizen")
    course = courses.filter(pk__gt=INTERVIEWS)[chance.randrange(1000)]
    course.jobcentre_id, course.ends_on = jobcentre, None
    hosts = Membership.objects.filter(organisation=jobcentre, role=Role.CASEWORKER)
    guests = Membership.objects.filter(organisation=course.a_kasse, role=Role.JOB_CONSULTANT)
    course.caseworker = hosts.order_by("pk")[chance.randrange(hosts.count())].user
    course.consultant = guests.order_by("pk")[chance.randrange(guests.count())].user
    due_on = world.DAY + timedelta(-9 if late else chance.randint(5, 40))
    return course, Duty(course=course, kind="joint", with_party=Party.A_KASSE, due_on=due_on)


def _answered(course: Course, duty: Duty, wishes: Wishes) -> Found:
    """The search and every sentence of it, as a page would show them."""
    found = find(course, duty, user=course.caseworker, on=world.DAY, wishes=wishes, at=_now())
    for day in found.days:
        assert day.free or day.sentences  # noqa: S101 (that they are made)
    return found


def _now() -> datetime:
    return start_of(world.DAY) + timedelta(hours=9)


def _bare(course: Course, found: Found) -> int:
    said = {
        "jobcentre": course.jobcentre_id, "a_kasse": course.a_kasse_id,
        "citizen": course.citizen_id, "worker": course.caseworker_id,
        "first": start_of(found.first), "last": start_of(found.last + timedelta(1)),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(BARE, said)
        return len(cursor.fetchall())


def _p95(figures: list[float]) -> float:
    return statistics.quantiles(figures, n=20)[-1]


def _timed(
    work: Callable[[], Any], clock: Callable[[], float] = time.perf_counter
) -> tuple[Any, float]:
    """What comes of it, and the least time of three: other programs share the machine."""
    rounds = []
    for _ in range(3):
        began = clock()
        done = work()
        rounds.append(clock() - began)
    return done, min(rounds)


if __name__ == "__main__":
    sys.exit(main())
