"""One file as rows: encoding, separator, header, and the rows that cannot be read."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import IO

from django.utils.translation import gettext_noop

from courses.members.columns import COLUMNS, CPR, Column, file_of
from courses.members.fields import shown
from courses.members.sources import Unreadable


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the line it starts on, its cells, and a fault of the row as a whole."""

    number: int
    cells: list[str]
    fault: str = ""


class Table:
    """The rows of one file, read as they are asked for."""

    def __init__(self, kind: str, stream: IO[bytes]) -> None:
        self.kind = kind
        self.file = file_of(kind)
        self.text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        with _decoding(self.file):
            first = self.text.readline()
        self.reader = csv.reader(
            chain([first], self.text), delimiter=_separator(first), strict=True
        )
        self.columns = self._header()
        self.cpr = [column.name for column in self.columns].index(CPR)

    def _header(self) -> list[Column]:
        """The columns in the order of the file; what is unknown, twice or missing is named."""
        try:
            names = [name.strip().lower() for name in next(self.reader, [])]
        except csv.Error as error:
            raise Unreadable(
                gettext_noop("%(file)s: the header cannot be read"), {"file": self.file}
            ) from error
        known = {column.name: column for column in COLUMNS[self.kind]}
        self._refuse([name for name in names if name not in known], UNKNOWN)
        self._refuse([name for name in known if names.count(name) > 1], TWICE)
        missing = [one.name for one in known.values() if one.required and one.name not in names]
        self._refuse(missing, MISSING)
        return [known[name] for name in names]

    def _refuse(self, names: Sequence[str], text: str) -> None:
        if names:
            listed = ", ".join(shown(name) or "''" for name in names)
            raise Unreadable(text, {"file": self.file, "columns": listed})

    def __iter__(self) -> Iterator[Line]:
        """The rows that hold anything."""
        with _decoding(self.file):
            while True:
                start = self.reader.line_num + 1
                try:
                    cells = [cell.strip() for cell in next(self.reader)]
                except StopIteration:
                    return
                except csv.Error:
                    yield Line(start, [], QUOTES)
                    continue
                if any(cells):
                    yield Line(start, cells, self._fault(cells))

    def _fault(self, cells: list[str]) -> str:
        if any("\n" in cell or "\r" in cell for cell in cells):
            return QUOTES
        return "" if len(cells) == len(self.columns) else WIDTH


UNKNOWN = gettext_noop("%(file)s: unknown column: %(columns)s")
TWICE = gettext_noop("%(file)s: column stands twice: %(columns)s")
MISSING = gettext_noop("%(file)s: column is missing: %(columns)s")
QUOTES = gettext_noop("the row cannot be read; is a quotation mark missing?")
WIDTH = gettext_noop("the row has more or fewer cells than the header")


def _separator(header: str) -> str:
    return ";" if header.count(";") > header.count(",") else ","


@contextmanager
def _decoding(file: str) -> Iterator[None]:
    """Says which file is not UTF-8."""
    try:
        yield
    except UnicodeError as error:
        raise Unreadable(
            gettext_noop("%(file)s is not written in UTF-8"), {"file": file}
        ) from error
