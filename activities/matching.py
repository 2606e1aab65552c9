"""A bill held against the seats it is for: what was agreed, what it asks, and what differs."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from activities.models import Invoice, InvoiceLine, Referral
from shared.money import kroner, kroner_in_words

ZERO = Decimal("0.00")
NEVER_SAT = (Referral.State.PROPOSED, Referral.State.REJECTED)


@dataclass(frozen=True, slots=True)
class Line:
    """One seat: agreed and asked for; a case number and no name, for who keeps the accounts."""

    key: int
    case_number: str
    state: str
    agreed: Decimal
    asked: Decimal | None
    difference: str
    blocking: bool

    @property
    def agreed_text(self) -> str:
        """What was agreed, as people write it."""
        return kroner(self.agreed)

    @property
    def asked_text(self) -> str:
        """What the bill asks, as people write it; empty where it asks nothing."""
        return kroner(self.asked) if self.asked is not None else ""


@dataclass(frozen=True, slots=True)
class Compared:
    """All seats of the activity, and what the lines come to beside the bill."""

    lines: tuple[Line, ...]
    asked: Decimal
    amount: Decimal

    @property
    def sums_up(self) -> bool:
        """Whether the lines are the whole bill."""
        return self.asked == self.amount

    @property
    def differs(self) -> bool:
        """Whether anything is other than agreed."""
        return any(one.difference and one.asked is not None for one in self.lines)

    @property
    def blocking(self) -> bool:
        """Whether something cannot be paid whatever is written of it."""
        return any(one.blocking for one in self.lines)

    @property
    def missing(self) -> str:
        """What the lines do not come to, in words; empty when they are the whole bill."""
        if self.sums_up:
            return ""
        said = {"lines": kroner(self.asked), "bill": kroner(self.amount)}
        return _("The seats come to %(lines)s, the invoice to %(bill)s") % said


def compared(invoice: Invoice) -> Compared:
    """The bill against the seats of its activity, in two queries."""
    asked: dict[int, InvoiceLine] = {one.referral_id: one for one in invoice.lines.all()}
    elsewhere = set(
        InvoiceLine.objects.filter(referral__activity=invoice.activity_id)
        .exclude(invoice=invoice)
        .values_list("referral", flat=True)
    )
    lines = tuple(_lines(invoice, asked, elsewhere))
    return Compared(lines, sum((one.asked or ZERO for one in lines), ZERO), invoice.amount)


def _lines(invoice: Invoice, asked: dict[int, InvoiceLine], elsewhere: set[int]) -> Iterator[Line]:
    for one in invoice.activity.referrals.select_related("course").order_by("course"):
        line = asked.get(one.pk)
        if line is None and (one.state not in Referral.SEATED or one.pk in elsewhere):
            continue
        amount = line.amount if line else None
        yield Line(
            key=one.pk,
            case_number=one.course.case_number,
            state=one.get_state_display(),
            agreed=one.price,
            asked=amount,
            difference=_difference(one, amount, billed_before=one.pk in elsewhere),
            blocking=amount is not None and _blocks(one, amount, billed_before=one.pk in elsewhere),
        )


def _difference(referral: Referral, asked: Decimal | None, *, billed_before: bool) -> str:
    """What is other than agreed, named; empty when nothing is."""
    if asked is None:
        return _("not on the invoice")
    if no_seat := _no_seat(referral, billed_before=billed_before):
        return no_seat
    off = kroner_in_words(abs(asked - referral.price))
    if asked > referral.price:
        return _("%(amount)s too much") % {"amount": off}
    if asked < referral.price:
        return _("%(amount)s less than agreed") % {"amount": off}
    return _("has not started") if referral.state == Referral.State.ACCEPTED else ""


def _no_seat(referral: Referral, *, billed_before: bool) -> str:
    """Why nothing is owed for a seat at all; empty when something is."""
    if billed_before:
        return _("already on another invoice")
    if referral.state in NEVER_SAT:
        return _("never had a seat")
    if referral.state == Referral.State.REVOKED and referral.started_on is None:
        return _("revoked before the start")
    return ""


def _blocks(referral: Referral, asked: Decimal, *, billed_before: bool) -> bool:
    """What no remark makes right: more than was bound, a seat nobody had, a seat billed before."""
    return asked > referral.price or bool(_no_seat(referral, billed_before=billed_before))
