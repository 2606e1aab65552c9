"""What came of the rows: counts, remarks on single rows, and the object that `--json` prints."""

import dataclasses
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext

from courses.members.columns import KINDS, file_of
from courses.members.fields import Values

TAKEN, SOME_REFUSED = 0, 3
MOST_WARNINGS = 1000
PLACES = {file_of(kind): place for place, kind in enumerate(KINDS)}


@dataclass(slots=True)
class Tally:
    """How many rows of a file said something new, something else, the same, or nothing usable."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about one row, kept so that it can be said in the reader's language."""

    file: str
    row: int | None
    field: str
    text: str
    values: Values = dataclasses.field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentence in the language in use."""
        return said(self.text, self.values)

    @property
    def line(self) -> str:
        """`members.csv:17: registered_on: 2026-13-01 is no date`."""
        place = self.file if self.row is None else f"{self.file}:{self.row}"
        return ": ".join(part for part in (place, self.field, self.message) if part)

    @property
    def order(self) -> tuple[int, int]:
        """Where the row stands in the files."""
        return PLACES.get(self.file, len(PLACES)), self.row or 0

    def as_json(self) -> dict[str, Any]:
        """As the contract has it."""
        return {"file": self.file, "row": self.row, "field": self.field, "message": self.message}

    def as_stored(self) -> dict[str, Any]:
        """As the contract has it, and what it takes to say it in another language."""
        return self.as_json() | {"text": self.text, "values": self.values}


def said(text: str, values: Values) -> str:
    """A sentence with its values in the language in use."""
    return gettext(text) % values if values else gettext(text)


def retold(stored: Mapping[str, Any]) -> str:
    """A stored remark in the language in use."""
    return said(stored["text"], stored["values"])


@dataclass(slots=True)
class Report:
    """What came of one run, or of one part of it."""

    tallies: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    courses_opened: int = 0
    not_in_file: int = 0
    errors: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    rows: int = 0
    rows_done: int = 0
    stopped: bool = False
    seconds: float = 0.0

    def add(self, part: "Report") -> None:
        """Count a part of the run in."""
        for kind, tally in part.tallies.items():
            mine = self.tallies[kind]
            mine.new += tally.new
            mine.changed += tally.changed
            mine.same += tally.same
            mine.refused += tally.refused
        self.courses_opened += part.courses_opened
        self.not_in_file += part.not_in_file
        self.rows_done += part.rows_done
        self.errors += part.errors
        self.warnings += part.warnings[: max(0, MOST_WARNINGS - len(self.warnings))]

    def in_order(self) -> None:
        """Put the remarks in the order of the rows."""
        self.errors.sort(key=lambda one: one.order)
        self.warnings.sort(key=lambda one: one.order)

    @property
    def exit_status(self) -> int:
        """0 when every row was taken, 3 when some were refused."""
        return SOME_REFUSED if self.errors else TAKEN

    def as_json(self) -> dict[str, Any]:
        """The object of the contract; warnings have no place in it."""
        return self._counts() | {
            "errors": [one.as_json() for one in self.errors],
            "seconds": round(self.seconds, 1),
        }

    def as_stored(self) -> dict[str, Any]:
        """The same with the warnings, in a form that can be said in another language later."""
        return self._counts() | {
            "errors": [one.as_stored() for one in self.errors],
            "warnings": [one.as_stored() for one in self.warnings],
            "seconds": round(self.seconds, 1),
        }

    def _counts(self) -> dict[str, Any]:
        return {kind: asdict(tally) for kind, tally in self.tallies.items()} | {
            "courses_opened": self.courses_opened,
            "not_in_file": self.not_in_file,
        }
