"""Times the sweep over 300,000 courses beside bare SQL, and COPY beside `bulk_create`.

    python -m benchmarks.flags [--courses 300000]

Ratios within one run count; seconds depend on what else the machine does.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django
from django.db import connection, transaction
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontaktforloeb.settings")
django.setup()

from benchmarks import world  # noqa: E402 (after set-up)
from courses import flagging  # noqa: E402
from courses.models import Duty, Flag, Sweep  # noqa: E402
from shared.copying import copy_rows, upsert  # noqa: E402

ROUNDS = 3
ROWS = 50_000
BATCH = 5_000
MADE = "MADE"
MOST_GROWTH_MB = 20
MEMORY = Path("/proc/self")
KEY = ["course_id", "rule", "ordinal"]
FACTS = f"""
    {world.DUE} SELECT count(*), min(due_on) FROM due
    WHERE due_on - {world.DAYS_BEFORE} <= %s AND NOT EXISTS (
        SELECT FROM bench_meeting held
        WHERE held.course_id = due.course_id AND held.ordinal = due.ordinal
    )
"""  # noqa: S608 (constants)
ANSWERS = """
    SELECT {what} FROM courses_duty
    WHERE outcome = 'pending' AND (late_from <= %s OR soon_from <= %s)
        AND (exempt_from <= %s AND (exempt_to IS NULL OR exempt_to > %s)) IS NOT TRUE
"""
COUNTED = ANSWERS.format(what="count(*), min(late_from)")
INSERTED = (
    "INSERT INTO courses_flag (duty_id, course_id, stage, became_on, raised_at, resolution, cause, "
    "responsible_side, remark) "
    + ANSWERS.format(
        what="id, course_id, CASE WHEN late_from <= %s THEN 'overdue' ELSE 'due_soon' END, "
        "CASE WHEN late_from <= %s THEN late_from ELSE soon_from END, now(), '', '', '', ''"
    )
)
DELIVERED = ANSWERS.format(
    what="id, course_id, CASE WHEN late_from <= %s THEN 'overdue' ELSE 'due_soon' END, "
    "CASE WHEN late_from <= %s THEN late_from ELSE soon_from END"
)
WRITERS = "SELECT count(*), sum(hashtext(ctid::text || xmin::text)) FROM courses_flag"
CHANGE = """
    UPDATE courses_duty SET late_from = late_from + 3, soon_from = soon_from + 3
        WHERE course_id % 200 = 7 AND outcome = 'pending';
    UPDATE courses_duty SET outcome = 'met', met_on = due_on, late_from = NULL, soon_from = NULL
        WHERE course_id % 200 = 107 AND outcome = 'pending';
    INSERT INTO courses_changedcourse SELECT id FROM courses_course WHERE id % 100 = 7
"""


@dataclass(slots=True)
class Figures:
    """What was measured, line by line, and whether each target was kept."""

    missed: list[str] = field(default_factory=list)

    def tell(self, what: str, figure: str) -> None:
        """Print a figure that nothing is asked of."""
        print(f"{what:62}{figure:>12}", flush=True)

    def ask(self, what: str, figure: float, *, most: float = 0, least: float = 0) -> None:
        """Print a figure beside its target."""
        kept = figure >= least if least else figure <= most
        target = f"at least {least:g}" if least else f"at most {most:g}"
        print(f"{what:62}{figure:12.2f}  {target}: {'kept' if kept else 'MISSED'}", flush=True)
        self.missed += [] if kept else [what]


def main() -> int:
    """Measure all; the exit status says whether a target was missed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--courses", type=int, default=world.COURSES)
    figures = Figures()
    with world.world(asked.parse_args().courses):
        bare = _bare_statements(figures)
        first = _first_sweep(figures, bare)
        _sweeps_without_need(figures, bare)
        _sweep_of_few(figures, first)
        flags = _written(figures, "new flags", FlagWriting())
        figures.ask("COPY / bulk_create, flags", flags, least=3)
        duties = _written(figures, "new duties", DutyWriting())
        figures.tell(
            "COPY / bulk_create, duties (three references, seven indexes)", f"{duties:.2f}"
        )
    return int(bool(figures.missed))


@dataclass(frozen=True, slots=True)
class Bare:
    """What the plain statements found, and how long they took."""

    found: int
    derived: float
    delivered: float
    inserted: float


def _bare_statements(figures: Figures) -> Bare:
    """The limits to compare with: from facts as one statement would, and from stored answers."""
    found, derived = _best(lambda: _rows(FACTS, 1)[0][0])
    counted, answers = _best(lambda: _rows(COUNTED, 4)[0][0])
    arrived, delivered = _best(lambda: sum(1 for _ in _streamed(DELIVERED, 6)))
    inserted = _inserted_and_taken_back()
    _must(found == counted == arrived, "the statements find different rows")
    figures.tell("flags to raise", f"{found:,}")
    figures.tell("SQL that derives them from stretches and interviews, s", f"{derived:.2f}")
    figures.tell("SQL that finds them in the stored answers, s", f"{answers:.2f}")
    figures.tell("  the same, and delivers them, s", f"{delivered:.2f}")
    figures.tell("one INSERT … SELECT that writes them as flags, s", f"{inserted:.2f}")
    return Bare(found, derived, delivered, inserted)


def _inserted_and_taken_back() -> float:
    """How long it takes to write the flags with their references checked, and nothing else."""
    with transaction.atomic(), connection.cursor() as cursor:
        began = time.perf_counter()
        cursor.execute(INSERTED, [world.DAY] * 6)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        seconds = time.perf_counter() - began
        transaction.set_rollback(True)
    _vacuum("courses_flag")
    return seconds


def _first_sweep(figures: Figures, bare: Bare) -> float:
    """Writes every flag."""
    with _peak_memory() as memory:
        done, seconds = _timed(lambda: flagging.sweep(on=world.DAY))
    _must(done.raised == bare.found, "the sweep raised other flags than the statements found")
    figures.tell("first sweep, writes every flag, s", f"{seconds:.2f}")
    figures.ask("first sweep / INSERT … SELECT of the rows", seconds / bare.inserted, most=3)
    figures.tell("first sweep / SQL that derives the rows", f"{seconds / bare.derived:.2f}")
    figures.tell("first sweep / SQL that finds the rows", f"{seconds / bare.delivered:.2f}")
    figures.ask("memory that the first sweep adds, MB", memory.grown, most=MOST_GROWTH_MB)
    return seconds


def _sweeps_without_need(figures: Figures, bare: Bare) -> None:
    """Write no row: neither the one that knows it, nor the one that compares everything."""
    before = _rows(WRITERS, 0)
    again, second = _timed(lambda: flagging.sweep(on=world.DAY))
    Sweep.objects.all().delete()
    compared, whole = _timed(lambda: flagging.sweep(on=world.DAY))
    idle = (again.raised, again.resolved, compared.raised, compared.resolved) == (0, 0, 0, 0)
    _must(idle and _rows(WRITERS, 0) == before, "a row was written without need")
    figures.tell("second sweep, nothing changed, no row written, s", f"{second:.2f}")
    figures.tell("sweep that compares everything, no row written, s", f"{whole:.2f}")
    figures.ask("comparing sweep / SQL that finds the rows", whole / bare.delivered, most=3)


def _sweep_of_few(figures: Figures, first: float) -> None:
    """One course of a hundred changed: dates moved in half of them, interviews held in the rest."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGE)
    done, seconds = _timed(lambda: flagging.sweep(on=world.DAY))
    _must(done.raised + done.resolved > 0, "nothing changed")
    figures.tell("sweep after 1 % of the courses changed, s", f"{seconds:.2f}")
    figures.ask("sweep after 1 % / first sweep", seconds / first, most=0.1)


class FlagWriting:
    """Flags of duties that have none, from rows in Python."""

    def __init__(self) -> None:
        duties = Duty.objects.filter(flags=None).order_by("pk").values_list("pk", "course")[:ROWS]
        self.rows = [
            {"duty_id": duty, "course_id": course, "stage": "overdue", "became_on": world.DAY,
             "raised_at": timezone.now(), "remark": MADE, "resolution": "", "cause": "",
             "responsible_side": ""}
            for duty, course in duties
        ]  # fmt: skip

    def copy(self) -> None:
        """By COPY."""
        copy_rows(Flag, list(self.rows[0]), iter(self.rows))

    def create(self) -> None:
        """As Django does it."""
        Flag.objects.bulk_create((Flag(**row) for row in self.rows), batch_size=BATCH)

    def undo(self) -> None:
        """Take them away again."""
        Flag.objects.filter(remark=MADE).delete()
        _vacuum("courses_flag")


class DutyWriting:
    """Duties beside those there are, added or updated by their key, from rows in Python."""

    def __init__(self) -> None:
        columns = [one.attname for one in Duty._meta.concrete_fields if one.attname != "id"]
        self.rows = list(Duty.objects.filter(ordinal=1).order_by("pk")[:ROWS].values(*columns))
        for row in self.rows:
            row["rule"] = MADE
        self.says = [column for column in columns if column not in KEY]

    def copy(self) -> None:
        """By COPY."""
        upsert(Duty, iter(self.rows), KEY, self.says)

    def create(self) -> None:
        """As Django does it."""
        Duty.objects.bulk_create(
            [Duty(**row) for row in self.rows],
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["course", "rule", "ordinal"],
            update_fields=[name.removesuffix("_id") for name in self.says],
        )

    def undo(self) -> None:
        """Take them away again."""
        Duty.objects.filter(rule=MADE).delete()
        _vacuum("courses_duty")


def _written(figures: Figures, what: str, writing: FlagWriting | DutyWriting) -> float:
    """The same rows by COPY and by `bulk_create`, in turns; how many times faster COPY is."""
    copied: list[float] = []
    created: list[float] = []
    for _ in range(ROUNDS):
        for way, seconds in [(writing.copy, copied), (writing.create, created)]:
            seconds.append(_timed(way)[1])
            writing.undo()
    figures.tell(f"{ROWS:,} {what} by COPY, rows/s", f"{ROWS / min(copied):,.0f}")
    figures.tell(f"{ROWS:,} {what} by bulk_create, rows/s", f"{ROWS / min(created):,.0f}")
    return min(created) / min(copied)


def _must(true: bool, otherwise: str) -> None:  # noqa: FBT001 (a condition)
    if not true:
        raise SystemExit(otherwise)


def _vacuum(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {table}")


def _rows(statement: str, days: int) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [world.DAY] * days if days else None)
        return list(cursor.fetchall())


def _streamed(statement: str, days: int) -> Iterator[Any]:
    """Rows as a client takes them that has not room for all."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, [world.DAY] * days)
        while rows := cursor.fetchmany(10_000):
            yield from rows


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = time.perf_counter()
    return work(), time.perf_counter() - began


def _best(work: Callable[[], Any]) -> tuple[Any, float]:
    """What comes of it, and the least time of some rounds."""
    rounds = [_timed(work) for _ in range(ROUNDS)]
    return rounds[0][0], min(seconds for _, seconds in rounds)


@dataclass(slots=True)
class Memory:
    """How far this process grew, in megabytes."""

    grown: float = 0.0


@contextmanager
def _peak_memory() -> Iterator[Memory]:
    (MEMORY / "clear_refs").write_text("5")  # the peak is counted from here
    memory, before = Memory(), _kilobytes("VmRSS")
    yield memory
    memory.grown = (_kilobytes("VmHWM") - before) / 1024


def _kilobytes(name: str) -> int:
    lines = (MEMORY / "status").read_text().splitlines()
    [line] = [one for one in lines if one.startswith(f"{name}:")]
    return int(line.split()[1])


if __name__ == "__main__":
    sys.exit(main())
