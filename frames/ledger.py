"""The ledger of a frame as the controller reads it: what, for what, how much, and by whom."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from frames.models import Entry, Frame, Grant
from shared.dates import start_of
from shared.money import kroner

KINDS = {
    Entry.Kind.RESERVED: ("booked", gettext_lazy("reserved")),
    Entry.Kind.COMMITTED: ("next", gettext_lazy("committed")),
    Entry.Kind.USED: ("held", gettext_lazy("used")),
    Entry.Kind.RELEASED: ("none", gettext_lazy("released")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the ledger as it is read."""

    frame: int
    key: str
    at: datetime
    posted_on: date
    tone: str
    word: str
    text: str
    function: str
    amount: Decimal
    who: str

    @property
    def shown(self) -> str:
        return kroner(self.amount)


def ledger_of(
    frames: Collection[Frame], *, first: date | None = None, until: date | None = None
) -> list[Line]:
    """The lines recorded in a run of days (half-open; all when not said), newest first."""
    entries = Entry.objects.filter(frame__in=frames).select_related("made_by")
    grants = Grant.objects.filter(frame__in=frames).select_related("addendum", "granted_by")
    if first:
        entries = entries.filter(made_at__gte=start_of(first))
        grants = grants.filter(granted_at__gte=start_of(first))
    if until:
        entries = entries.filter(made_at__lt=start_of(until))
        grants = grants.filter(granted_at__lt=start_of(until))
    lines = [*map(_of_grant, grants), *map(_of_entry, entries)]
    return sorted(lines, key=lambda one: (one.at, one.key), reverse=True)


def months_of(frame: Frame) -> list[date]:
    """The months in which something was recorded, newest first, each by its first day."""
    moments = Entry.objects.filter(frame=frame).datetimes("made_at", "month", order="DESC")
    granted = Grant.objects.filter(frame=frame).datetimes("granted_at", "month", order="DESC")
    days = {timezone.localdate(one) for one in (*moments, *granted)}
    return sorted(days, reverse=True)


def cells_of(lines: list[Line]) -> Iterator[list[str | Decimal | date]]:
    """The ledger as rows of a file."""
    yield [
        _("Posted"), _("Kind"), _("Text"), _("Account function"), _("Amount, kr."),
        _("Recorded by"),
    ]  # fmt: skip
    for one in lines:
        yield [
            one.posted_on, str(one.word), one.text, one.function, one.amount, one.who,
        ]  # fmt: skip


def _of_grant(grant: Grant) -> Line:
    text = grant.addendum.title if grant.addendum else _("By the agreement")
    return Line(
        grant.frame_id, f"g{grant.pk:012}", grant.granted_at,
        timezone.localdate(grant.granted_at), "", _("granted to the frame"), text, "",
        grant.amount, _who(grant.granted_by),
    )  # fmt: skip


def _of_entry(entry: Entry) -> Line:
    tone, word = KINDS[Entry.Kind(entry.kind)]
    carried = _("carried over") if entry.carried_from_id else ""
    text = f"{entry.text} ({carried})" if carried else entry.text
    return Line(
        entry.frame_id, f"h{entry.pk:012}", entry.made_at, entry.posted_on, tone, str(word), text,
        entry.account_function, entry.amount, _who(entry.made_by),
    )  # fmt: skip


def _who(user: User | None) -> str:
    return user.get_full_name() if user else _("the system")
