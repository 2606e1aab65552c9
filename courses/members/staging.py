"""The rows of all files in a temporary table, so that one citizen's come together.

CPR numbers leave Python only as fingerprints, and sealed where a citizen may have to be added.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from itertools import islice
from typing import IO, Any

from django.db import connection
from django.utils.translation import gettext_noop

from courses.members.columns import CPR, KINDS, MEMBERS
from courses.members.report import Remark, Report
from courses.members.rows import EMPTY, Fault, StagedRow
from courses.members.sources import Files
from courses.members.tables import Line, Table
from shared.cpr import BadCpr, born, index_of, parse_cpr, sealed

NO_CPR = gettext_noop("is no CPR number: ten digits, ddmmyy-xxxx")
HOLDS_CPR = gettext_noop("holds the CPR number; leave it out")
TABLE = "member_file_rows"
CREATE = f"""
    DROP TABLE IF EXISTS pg_temp.{TABLE};
    CREATE TEMP TABLE {TABLE} (
        person bytea NOT NULL, kind text NOT NULL, line integer NOT NULL, born date,
        sealed bytea, own_number text, cells text NOT NULL, fault text
    )
"""
COLUMNS = "person, kind, line, born, sealed, own_number, cells, fault"
PEOPLE = f"""
    SELECT DISTINCT person FROM {TABLE} WHERE person > %s ORDER BY person LIMIT %s
"""  # noqa: S608 (a constant)
ROWS = f"""
    SELECT person, kind, line, cells, fault, born, sealed
    FROM {TABLE} WHERE person BETWEEN %s AND %s ORDER BY person, line
"""  # noqa: S608 (a constant)
CONTESTED = f"""
    SELECT own_number FROM {TABLE} WHERE own_number <> ''
    GROUP BY own_number HAVING count(DISTINCT person) > 1
    UNION
    SELECT course.source_id FROM courses_course course
    JOIN courses_citizen citizen ON citizen.id = course.citizen_id
    JOIN {TABLE} row ON row.own_number = course.source_id AND row.person <> citizen.cpr_index
    WHERE course.a_kasse_id = ANY(%s) AND course.source_id <> ''
"""  # noqa: S608 (a constant)
# A row that is gone from the file ends nothing; the course is only listed.
NOT_IN_FILE = f"""
    SELECT course.id FROM courses_course course
    JOIN courses_citizen citizen ON citizen.id = course.citizen_id
    WHERE course.a_kasse_id = ANY(%s) AND (course.ends_on IS NULL OR course.ends_on > %s)
        AND NOT EXISTS (
            SELECT FROM {TABLE} row WHERE row.kind = '{MEMBERS}' AND row.person = citizen.cpr_index
        )
    ORDER BY course.id
"""  # noqa: S608 (constants)
LINES_A_READ = 1000
ESCAPES = str.maketrans({"\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"})

OneOfEach = dict[str, list[StagedRow]]


class Staged:
    """The rows that wait, in the order of the fingerprints."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def load(self, files: Files) -> None:
        """Check every header, then read every row once; what has no CPR number is refused here."""
        with _tables(files) as tables, connection.cursor() as cursor:
            cursor.execute(CREATE)
            for table in tables:
                lines = _Lines(self._staged(table))
                cursor.copy_expert(f"COPY {TABLE} ({COLUMNS}) FROM STDIN", lines)
            cursor.execute(f"CREATE INDEX ON {TABLE} (person, line); ANALYZE {TABLE}")

    def _staged(self, table: Table) -> Iterator[str]:
        for line in table:
            self.report.rows += 1
            try:
                digits = parse_cpr(line.cells[table.cpr])
            except (BadCpr, IndexError):
                self._refuse(table, line)
            else:
                yield _written(table, line, digits)

    def _refuse(self, table: Table, line: Line) -> None:
        """A row that belongs to nobody: the CPR number is wrong, or cannot be found."""
        fault = Fault("", line.fault) if line.fault else Fault(CPR, NO_CPR)
        if not line.fault and not line.cells[table.cpr]:
            fault = Fault(CPR, EMPTY)
        self.report.tallies[table.kind].refused += 1
        self.report.rows_done += 1
        self.report.errors.append(Remark(table.file, line.number, fault.field, fault.text))

    def chunks(self, size: int) -> Iterator[dict[bytes, OneOfEach]]:
        """The rows of so many citizens at a time, by fingerprint and file."""
        last = b""
        while people := self._fetch(PEOPLE, [last, size]):
            first, last = bytes(people[0][0]), bytes(people[-1][0])
            found: dict[bytes, OneOfEach] = {}
            for person, kind, *columns in self._fetch(ROWS, [first, last]):
                of_person = found.setdefault(bytes(person), {one: [] for one in KINDS})
                of_person[kind].append(_row(kind, *columns))
            yield found

    def contested_numbers(self, own: Iterable[int]) -> frozenset[str]:
        """The a-kasse's own numbers that would belong to two people."""
        return frozenset(number for (number,) in self._fetch(CONTESTED, [list(own)]))

    def not_in_file(self, own: Iterable[int], *, on: date) -> list[int]:
        """The courses that run on a day and whose citizen has no row."""
        return [key for (key,) in self._fetch(NOT_IN_FILE, [list(own), on])]

    @staticmethod
    def _fetch(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows


@contextmanager
def staged(files: Files, report: Report) -> Iterator[Staged]:
    """All rows of the files, until the block ends."""
    waiting = Staged(report)
    try:
        waiting.load(files)
        yield waiting
    finally:
        if connection.connection and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{TABLE}")


@contextmanager
def _tables(files: Files) -> Iterator[list[Table]]:
    """Every file opened and its header checked, before any row is read."""
    streams: list[IO[bytes]] = []
    try:
        tables = []
        for kind in KINDS:
            if kind in files.openers:
                streams.append(files.openers[kind]())
                tables.append(Table(kind, streams[-1]))
        yield tables
    finally:
        for stream in streams:
            with closing(stream):
                pass


def _written(table: Table, line: Line, digits: str) -> str:
    """One row as COPY reads it."""
    names = [column.name for column in table.columns]
    cells = dict(zip(names, line.cells, strict=False))
    cells.pop(CPR)
    fault = Fault("", line.fault) if line.fault else _holding_cpr(cells, digits)
    person = index_of(digits)
    content = digits.encode()
    return "\t".join(
        (
            _bytes(person),
            table.kind,
            str(line.number),
            str(born(digits)) if table.kind == MEMBERS else r"\N",
            _bytes(sealed(content, bound_to=person)) if table.kind == MEMBERS else r"\N",
            cells.get("source_id", "").translate(ESCAPES),
            "{}" if fault else json.dumps(cells).translate(ESCAPES),
            json.dumps([fault.field, fault.text]).translate(ESCAPES) if fault else r"\N",
        )
    )


def _holding_cpr(cells: dict[str, str], digits: str) -> Fault | None:
    """A CPR number is stored sealed and nowhere else, so no other cell may hold it."""
    for name, cell in cells.items():
        if digits[:6] in cell and digits in cell.replace("-", "").replace(" ", ""):
            return Fault(name, HOLDS_CPR)
    return None


def _bytes(content: bytes) -> str:
    return rf"\\x{content.hex()}"


def _row(kind: str, *columns: Any) -> StagedRow:  # noqa: ANN401 (the columns of the table)
    line, cells, fault, born_on, seal = columns
    wrong = Fault(*json.loads(fault)) if fault else None
    return StagedRow(kind, line, json.loads(cells), wrong, born_on, bytes(seal or b""))


class _Lines:
    """Rows as a file that COPY reads: a few at a time, so that memory does not grow with them."""

    def __init__(self, rows: Iterator[str]) -> None:
        self.rows = rows

    def read(self, _size: int) -> bytes:
        """The next lines, or nothing at the end."""
        return "".join(f"{row}\n" for row in islice(self.rows, LINES_A_READ)).encode()
