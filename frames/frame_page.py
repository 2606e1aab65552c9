"""One frame as it is read: its sums, its ledger by month, its open items when it is closed."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from frames.balances import Balance, balance_of
from frames.by_function import OfFunction, by_function
from frames.frame_list import FrameRow, row_of
from frames.ledger import KINDS, Line, ledger_of, months_of
from frames.models import ZERO, Entry, Frame
from frames.reading import next_frame, open_items
from frames.statement import month_after
from frames.warning import PERCENTS
from shared.form_fields import YEARS
from shared.money import kroner
from shared.written import month_text, plain_day

MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Month:
    """A month that one may choose."""

    key: str
    name: str
    current: bool


@dataclass(frozen=True, slots=True)
class FramePage:
    """A frame, its balance, and the lines of its ledger."""

    row: FrameRow
    facts: list[tuple[str, str]]
    lines: list[Line]
    months: list[Month]
    functions: list[OfFunction]
    warnings: list[tuple[str, str]]
    alert: str
    statements: list[tuple[str, str, str]]
    month: date | None

    @property
    def sum_of_lines(self) -> int:
        return len(self.lines)


@dataclass(frozen=True, slots=True)
class Item:
    """Something still bound when a frame is closed."""

    key: int
    text: str
    tone: str
    word: str
    amount: str
    posted_on: date


@dataclass(frozen=True, slots=True)
class ClosingPage:
    """What is open in a frame, and where it may go."""

    items: list[Item]
    total: Decimal
    later: Frame | None
    later_balance: Balance | None
    is_over: bool


def month_asked(text: str) -> date | None:
    """The first day of the month in an address, if it names one."""
    found = MONTH.fullmatch(text)
    if not found:
        return None
    year, month = map(int, found.groups())
    return date(year, month, 1) if year in YEARS and month in range(1, 13) else None


def frame_page(frame: Frame, *, month: date | None, on: date) -> FramePage:
    """A frame with the lines of a month, or all of them."""
    row = row_of(frame, balance_of(frame))
    until = month_after(month) if month else None
    months = months_of(frame)
    return FramePage(
        row,
        _facts(row.balance),
        ledger_of([frame], first=month, until=until),
        [Month(f"{one:%Y-%m}", month_text(one), one == month) for one in months],
        by_function([frame]),
        _warnings(frame),
        "" if frame.closed_at else _alert(row.balance),
        [_statement(frame, one) for one in months if one <= on],
        month,
    )


def closing_page(frame: Frame, *, on: date) -> ClosingPage:
    """The open items of a frame, and the frame that they may be carried to."""
    found = open_items(frame)
    later = next_frame(frame)
    return ClosingPage(
        [_item(entry, left) for entry, left in found],
        sum((left for _entry, left in found), ZERO),
        later,
        balance_of(later) if later else None,
        on >= frame.ends_on,
    )


def _item(entry: Entry, left: Decimal) -> Item:
    tone, word = KINDS[Entry.Kind(entry.kind)]
    return Item(entry.pk, entry.text, tone, str(word), kroner(left), entry.posted_on)


def _facts(balance: Balance) -> list[tuple[str, str]]:
    return [
        (_("Granted"), kroner(balance.granted)),
        (_("Reserved"), kroner(balance.reserved)),
        (_("Committed"), kroner(balance.committed)),
        (_("Used so far"), kroner(balance.used)),
        (_("Remaining"), kroner(balance.remaining)),
        (_("Released so far"), kroner(balance.released)),
    ]


def _warnings(frame: Frame) -> list[tuple[str, str]]:
    return [
        (f"{one.percent} %", plain_day(timezone.localdate(one.warned_at)))
        for one in frame.warnings.order_by("warned_at", "percent")
    ]


def _alert(balance: Balance) -> str:
    """The mark of 80, 95 or 100 per cent that the frame has reached, in a sentence."""
    if balance.share >= 100:  # noqa: PLR2004 (per cent)
        return _("The frame is used up: nothing more can be bound.")
    reached = [one for one in PERCENTS if balance.share >= one]
    if not reached:
        return ""
    said = {"mark": max(reached), "left": kroner(balance.remaining)}
    return _("The frame has reached %(mark)d %%: %(left)s are left.") % said


def _statement(frame: Frame, month: date) -> tuple[str, str, str]:
    """A month's statement: its name, the document and the file."""
    where = [frame.a_kasse.slug, month.year, month.month]
    pdf = reverse("frames:statement", args=where)
    return month_text(month), pdf, reverse("frames:statement_file", args=where)
