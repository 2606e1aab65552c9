"""Times taking in a folder of members by the command, beside bare COPY of the same rows."""

import argparse
import csv
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import django
from django.core.management import call_command
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontaktforloeb.settings")

TODAY = date(2026, 11, 22)
FIRST_NAMES = ("Anna", "Bo", "Cæcilie", "Dan", "Ella", "Finn", "Åse", "Øjvind")
LAST_NAMES = ("Jensen", "Åkær", "Østergård", "Møller", "Sørensen", "Aagaard", "Lund", "Ravn")
MUNICIPALITIES = ("101", "147", "751", "461", "851")
ABSENCES = ("job", "holiday", "sick", "less_intensive", "wage_subsidy")
FILES = {
    "members": ("cpr", "first_name", "last_name", "municipality", "registered_on", "placed_on",
                "insured", "email", "phone", "special_effort", "source_id", "occupation"),
    "absences": ("cpr", "kind", "from", "to", "hours"),
    "hours": ("cpr", "month", "hours"),
    "meetings": ("cpr", "kind", "held_on", "form"),
}  # fmt: skip
FACTS = ("citizen", "course", "registration", "absence", "reportedhours", "heldmeeting")
ANSWERS = ("duty", "responsibility", "flag")
NAME = "kontaktforloeb_members"
MEMBERS = 20_000
MOST_SECONDS = 180
MOST_GROWTH = 1.25

Row = tuple[str, ...]


def number(place: int) -> str:
    """A made-up CPR number: the day is 60 too high."""
    born = date(1962, 1, 1) + timedelta(place % 13_000)
    return f"{born.day + 60}{born:%m%y}{place // 13_000:04}"


def person(place: int, draw: random.Random) -> Iterator[tuple[str, Row]]:
    """The rows of one member: the member's own, absences, hours of whole months, interviews."""
    cpr, registered = number(place), TODAY - timedelta(draw.randrange(5, 500))
    yield "members", (
        cpr, draw.choice(FIRST_NAMES), draw.choice(LAST_NAMES), draw.choice(MUNICIPALITIES),
        registered.isoformat(), "", draw.choice(("full_time",) * 9 + ("part_time",)),
        f"member{place}@example.org", f"{draw.randrange(10**7, 10**8)}", "0", f"M{place}", "",
    )  # fmt: skip
    start = registered
    for _ in range(draw.randrange(3)):
        start += timedelta(draw.randrange(10, 60))
        last = start + timedelta(draw.randrange(1, 30))
        yield "absences", (cpr, draw.choice(ABSENCES), start.isoformat(), last.isoformat(), "")
        start = last
    month = registered.replace(day=1)
    while (following := (month + timedelta(31)).replace(day=1)) <= TODAY:
        yield "hours", (cpr, f"{month:%Y-%m}", f"{draw.randrange(60, 160)},{draw.randrange(10)}")
        month = following
    yield "meetings", (cpr, "cv", min(registered + timedelta(10), TODAY).isoformat(), "in_person")


def make(folder: Path, members: int) -> dict[str, int]:
    """Write the four files in no particular order; how many rows each has."""
    draw = random.Random(20261122)
    rows: dict[str, list[Row]] = {name: [] for name in FILES}
    for place in range(members):
        for name, row in person(place, draw):
            rows[name].append(row)
    for name, columns in FILES.items():
        draw.shuffle(rows[name])
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter=";").writerows([columns, *rows[name]])
    return {name: len(found) for name, found in rows.items()}


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command: what it reported, how long it took, and the memory it had."""

    report: dict[str, Any]
    seconds: float
    megabytes: float


def take(folder: Path) -> Run:
    """Take a folder in by the command, in a process of its own."""
    command = [
        sys.executable,
        "manage.py",
        "import_members",
        str(folder),
        "--a-kasse",
        "3f",
        "--json",
    ]
    started = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(command, stdout=said, env=os.environ | _places()) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - started
        said.seek(0)
        return Run(json.load(said), seconds, usage.ru_maxrss / 1024)


def _places() -> dict[str, str]:
    """The database of the benchmark, as another process names it."""
    now = connection.settings_dict
    query = urlencode({"host": now["HOST"], "port": now["PORT"] or 5432} | now["OPTIONS"])
    url = f"postgres://{now['USER']}:{now['PASSWORD']}@/{now['NAME']}?{query}"
    return {"DATABASE_URL": url, "LOG_LEVEL": "WARNING"}


def copy_alone(tables: Sequence[str]) -> tuple[float, int]:
    """Seconds to COPY the rows of tables into empty ones like them, and how many there are."""
    seconds, rows = 0.0, 0
    with connection.cursor() as cursor, tempfile.TemporaryFile() as file:
        for table in tables:
            file.seek(0)
            file.truncate()
            cursor.execute(f"CREATE TEMP TABLE peer (LIKE courses_{table} INCLUDING ALL)")
            cursor.copy_expert(f"COPY courses_{table} TO STDOUT", file)
            file.seek(0)
            started = time.perf_counter()
            cursor.copy_expert("COPY peer FROM STDIN", file)
            seconds += time.perf_counter() - started
            rows += cursor.rowcount
            cursor.execute("DROP TABLE peer")
    return seconds, rows


def measure(members: int) -> Run:
    """Take so many members in, twice, and print what it came to; the first run."""
    with tempfile.TemporaryDirectory() as name:
        rows = make(Path(name), members)
        first, again = take(Path(name)), take(Path(name))
    facts, fact_rows = copy_alone(FACTS)
    answers, answer_rows = copy_alone(ANSWERS)
    print(f"members: {members:,} members, {sum(rows.values()):,} rows of files")
    print(f"  taken in                {first.seconds:8.1f} s  {first.megabytes:6.0f} MB")
    print(f"  the same again          {again.seconds:8.1f} s  {again.megabytes:6.0f} MB")
    print(f"  bare COPY of the facts  {facts:8.1f} s  {fact_rows:,} rows")
    print(f"  bare COPY of answers    {answers:8.1f} s  {answer_rows:,} rows")
    print(f"  ratio to both           {first.seconds / (facts + answers):8.1f}")
    _check(first.report, again.report)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE courses_citizen CASCADE")
    return first


def _check(first: dict[str, Any], again: dict[str, Any]) -> None:
    """Every row is new the first time, and the same the second time."""
    for name in FILES:
        if first[name]["refused"] or again[name]["new"] or again[name]["changed"]:
            raise SystemExit(f"{name}: {first[name]}, then {again[name]}; {first['errors'][:3]}")


def main() -> int:
    """Measure a quarter, then all; the exit status says whether time and memory stay in bounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=MEMBERS)
    members = parser.parse_known_args()[0].members
    django.setup()
    usual = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = NAME
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        call_command("load_reference", stdout=io.StringIO())
        quarter, all_of_them = measure(members // 4), measure(members)
    finally:
        connection.creation.destroy_test_db(usual, verbosity=0)
    growth = all_of_them.megabytes / quarter.megabytes
    print(f"  memory of all to a quarter {growth:5.2f}")
    return int(all_of_them.seconds > MOST_SECONDS or growth > MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main())
