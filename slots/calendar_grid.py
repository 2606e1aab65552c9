"""The table of a calendar from columns and blocks of time: pure layout.

Rows begin where something begins, so that times of any length stand in one real table; what lasts
longer than its row spans the next ones. Clocks are minutes after midnight in Denmark.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from staffing.openings import COPENHAGEN

Lunch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Column:
    """One lane of one day: a room, a place, or a person."""

    day: date
    label: str
    place: int  # of the day or group among its like, for style sheets
    is_first: bool = False
    room: int | None = None
    worker: int | None = None

    @property
    def classes(self) -> str:
        """How a style sheet finds the column's cells."""
        return f"kf-d{self.place}{' kf-first' if self.is_first else ''}"


@dataclass(frozen=True, slots=True)
class Group:
    """Columns under one heading: a day, the rooms, the people of a party."""

    label: str
    sub: str
    columns: Sequence[Column]
    classes: str = ""
    notes: Sequence[SafeString] = ()

    @property
    def span(self) -> int:
        """How many columns there are."""
        return len(self.columns)


@dataclass(frozen=True, slots=True)
class Block:
    """What stands in a column from a clock to a clock, as written for its cell."""

    column: Column
    first: int
    last: int
    html: SafeString


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its clock and its cells, or the break that all have."""

    clock: str
    cells: SafeString
    is_break: bool = False


Blank = Callable[[Column, int, int], SafeString]


def minutes_of(moment: datetime) -> int:
    """The clock in Denmark of a moment, as minutes after midnight."""
    local = moment.astimezone(COPENHAGEN)
    return local.hour * 60 + local.minute


def clock_of(minutes: int, *, dot: str) -> str:
    """Minutes after midnight as people write them."""
    return f"{minutes // 60}{dot}{minutes % 60:02d}"


def rows_of(
    columns: Sequence[Column],
    blocks: Sequence[Block],
    blank: Blank,
    *,
    lunch: Lunch | None = None,
    dot: str = ".",
) -> list[Row]:
    """The rows of the table, in order; `blank` writes what stands where there is no block."""
    if not blocks:
        return []
    starts = sorted({one.first for one in blocks})
    ends = [*starts[1:], max(one.last for one in blocks)]
    lunch = lunch if lunch and _is_free(lunch, blocks) else None
    placed = _placed(blocks, starts)
    found, covered = [], dict.fromkeys(columns, 0)
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if lunch and lunch[0] <= start and (not place or starts[place - 1] < lunch[0]):
            found.append(Row(clock_of(lunch[0], dot=dot), mark_safe(""), is_break=True))
        stop = lunch[0] if lunch and start < lunch[0] < end else end
        cells = []
        for column in columns:
            if covered[column] > place:
                continue
            block, span = placed.get((column, place), (None, 1))
            covered[column] = place + span
            inner = block.html if block else blank(column, start, stop)
            cells.append(_cell(column, span, inner))
        found.append(Row(clock_of(start, dot=dot), mark_safe("".join(cells))))  # noqa: S308 (cells are escaped)
    return found


def lanes(spans: Iterable[tuple[int, int]]) -> list[int]:
    """Which of as few lanes as can be each span stands in, so that none overlap in a lane."""
    ends: list[int] = []
    found = []
    for first, last in spans:
        free = next((lane for lane, end in enumerate(ends) if end <= first), len(ends))
        if free == len(ends):
            ends.append(last)
        ends[free] = last
        found.append(free)
    return found


def _placed(
    blocks: Iterable[Block], starts: Sequence[int]
) -> dict[tuple[Column, int], tuple[Block, int]]:
    """The row in which each block begins, and how many rows it spans."""
    at = {start: place for place, start in enumerate(starts)}
    return {
        (one.column, at[one.first]): (one, sum(one.first <= start < one.last for start in starts))
        for one in blocks
    }


def _is_free(span: Lunch, blocks: Iterable[Block]) -> bool:
    return all(one.last <= span[0] or span[1] <= one.first for one in blocks)


def _cell(column: Column, span: int, inner: SafeString) -> SafeString:
    rows = format_html(' rowspan="{}"', span) if span > 1 else ""
    return format_html('<td class="{}"{}>{}</td>', column.classes, rows, inner)
