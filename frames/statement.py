"""The monthly statement of an a-kasse: each frame at both ends of the month, and its lines.

It knows no citizens. What it says of a month that is over never changes: the ledger is only
added to, and the statement goes by when a line was recorded.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.models import User
from frames.balances import Balance, balances_of
from frames.frame_list import days_of
from frames.ledger import Line, ledger_of
from frames.models import Frame, Grant
from partnerships.models import Organisation
from shared.dates import start_of
from shared.money import kroner
from shared.written import long_date, month_text


@dataclass(frozen=True, slots=True)
class Part:
    """A frame in a month."""

    frame: Frame
    before: Balance
    after: Balance
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Statement:
    """All frames of an a-kasse in a month that the reader may see."""

    a_kasse: Organisation
    month: date
    parts: list[Part]


def month_after(month: date) -> date:
    """The first day of the next month."""
    return (month.replace(day=1) + timedelta(32)).replace(day=1)


def statement_of(user: User, a_kasse: Organisation, month: date) -> Statement:
    """The statement of a month, given by its first day; without parts where one may see none."""
    until = month_after(month)
    granted = Grant.objects.filter(frame=OuterRef("pk"), granted_at__lt=start_of(until))
    frames = Frame.objects.visible_to(user).filter(Exists(granted), a_kasse=a_kasse)
    still = frames.exclude(closed_at__lt=start_of(month)).order_by("starts_on", "pk")
    rows = list(still.select_related("agreement", "jobcentre", "a_kasse"))
    before = balances_of(rows, before=start_of(month))
    after = balances_of(rows, before=start_of(until))
    lines: dict[int, list[Line]] = {one.pk: [] for one in rows}
    for line in reversed(ledger_of(rows, first=month, until=until)):
        lines[line.frame].append(line)
    parts = [Part(one, before[one.pk], after[one.pk], lines[one.pk]) for one in rows]
    return Statement(a_kasse, month, parts)


def sums_of(part: Part) -> list[tuple[str, str, str, str]]:
    """What each sum was at the beginning, what happened, and what it is at the end."""
    names = {
        "granted": _("Granted"), "reserved": _("Reserved"), "committed": _("Committed"),
        "used": _("Used so far"), "released": _("Released"), "remaining": _("Remaining"),
    }  # fmt: skip
    found = []
    for key, name in names.items():
        was, now = getattr(part.before, key), getattr(part.after, key)
        found.append((name, kroner(was), kroner(now - was), kroner(now)))
    return found


def cells_of_statement(statement: Statement) -> Iterator[list[str | Decimal | date]]:
    """The statement as rows of a file."""
    yield [
        _("Agreement"), _("Frame"), _("Posted"), _("Kind"), _("Text"), _("Account function"),
        _("Amount, kr."),
    ]  # fmt: skip
    for part in statement.parts:
        own = [part.frame.agreement.title, days_of(part.frame)]
        for one in part.lines:
            yield [*own, one.posted_on, one.word, one.text, one.function, one.amount]
        last = month_after(statement.month) - timedelta(1)
        for name in ("granted", "reserved", "committed", "used", "released", "remaining"):
            said = _balance_words()[name]
            yield [*own, last, said, "", "", getattr(part.after, name)]


def title_of(statement: Statement) -> str:
    """What the statement is called."""
    words = {"month": month_text(statement.month), "a_kasse": statement.a_kasse.name}
    return _("Economic frame of %(a_kasse)s, %(month)s") % words


def printed(statement: Statement, *, on: date) -> dict[str, object]:
    """The statement as the document's template reads it: words only."""
    made = _("Made on %(day)s") % {"day": long_date(on)}
    if on < month_after(statement.month):
        made = _("Made on %(day)s, before the month was over") % {"day": long_date(on)}
    return {
        "title": title_of(statement),
        "made": made,
        "page": _("page"),
        "none": _("Nothing was recorded in the month."),
        "sums": [_("Sum"), _("Beginning"), _("In the month"), _("End")],
        "head": [_("Posted"), _("Kind"), _("Text"), _("Function"), _("Amount")],
        "parts": [_printed(one) for one in statement.parts],
    }


def _printed(part: Part) -> dict[str, object]:
    return {
        "heading": part.frame.agreement.title,
        "about": f"{part.frame.jobcentre.name}, {days_of(part.frame)}",
        "sums": sums_of(part),
        "lines": [
            [f"{one.posted_on:%d.%m.%Y}", one.word, one.text, one.function, one.shown]
            for one in part.lines
        ],
    }


def _balance_words() -> dict[str, str]:
    return {
        "granted": _("Granted at the end of the month"),
        "reserved": _("Reserved at the end of the month"),
        "committed": _("Committed at the end of the month"),
        "used": _("Used at the end of the month"),
        "released": _("Released at the end of the month"),
        "remaining": _("Remaining at the end of the month"),
    }
