"""Rows of the files as typed values, and the desk that counts, refuses and warns."""

import dataclasses
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from courses.members.columns import COLUMNS, CPR, Column, Kept, file_of
from courses.members.fields import BadField, Values
from courses.members.putting import Verdict
from courses.members.report import Remark, Report
from courses.members.writing import Batch
from partnerships.coverage import CoverageBook

EMPTY = gettext_noop("is missing")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row: the field and a sentence."""

    field: str
    text: str
    values: Values = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StagedRow:
    """A row as it waits for its turn: its cells by column, or what is wrong with it."""

    kind: str
    line: int
    cells: dict[str, str]
    fault: Fault | None = None
    born: date | None = None
    sealed: bytes = b""


@dataclass(slots=True)
class Row:
    """A row that was read; `values` holds what it says, and nothing of what it leaves out."""

    kind: str
    line: int
    values: dict[str, Any]

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 (whatever the column holds)
        return self.values[name]


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose file it is, and what does not change while it is taken in."""

    a_kasse: int
    own: frozenset[int]  # with those merged into it
    on: date
    areas: CoverageBook
    contested: frozenset[str] = frozenset()  # own numbers that the file gives to two people


@dataclass(slots=True)
class Desk:
    """Where the rows of some citizens are taken: what is written, and what is said of it."""

    sender: Sender
    batch: Batch
    report: Report
    changes: Counter[str] = field(default_factory=Counter)  # of the citizen in hand, by file

    def read(self, staged: StagedRow) -> Row | None:
        """The row's values, or None when it is refused with all that is wrong with it."""
        faults = [staged.fault] if staged.fault else []
        values: dict[str, Any] = {}
        for column in () if faults else COLUMNS[staged.kind]:
            if column.name in staged.cells and column.name != CPR:
                try:
                    _read_cell(column, staged.cells[column.name], values)
                except BadField as bad:
                    faults.append(Fault(column.name, bad.text, bad.values))
        row = Row(staged.kind, staged.line, values)
        if faults:
            self.refuse(row, *faults)
            return None
        return row

    def refuse(self, row: Row, *faults: Fault) -> None:
        """Leave a row out, and say what is wrong with it."""
        self.report.tallies[row.kind].refused += 1
        self.report.errors += [_remark(row, fault) for fault in faults]

    def warn(self, row: Row, fault: Fault) -> None:
        """Take a row, and say what is odd about it."""
        self.report.warnings.append(_remark(row, fault))

    def count(self, row: Row, verdict: Verdict) -> None:
        """Count a row that was taken."""
        tally = self.report.tallies[row.kind]
        setattr(tally, verdict, getattr(tally, verdict) + 1)
        if verdict != "same":
            self.changes[row.kind] += 1


def _read_cell(column: Column, cell: str, values: dict[str, Any]) -> None:
    if cell:
        values[column.name] = column.read(cell)
    elif column.required:
        raise BadField(EMPTY)
    elif column.empty is not Kept:
        values[column.name] = column.empty


def _remark(row: Row, fault: Fault) -> Remark:
    return Remark(file_of(row.kind), row.line, fault.field, fault.text, fault.values)


def readable(desk: Desk, staged: Sequence[StagedRow]) -> list[Row]:
    """The rows that can be read; the others are refused."""
    return [row for row in map(desk.read, staged) if row is not None]
