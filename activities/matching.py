"""A bill held against the seats it is for: what was agreed, what it asks, and what differs."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from activities.models import Invoice, InvoiceLine, Referral
from shared.money import kroner, kroner_in_words

ZERO = Decimal("0.00")
OWED = (Referral.State.STARTED, Referral.State.DONE)
NEVER_SAT = (Referral.State.PROPOSED, Referral.State.REJECTED)


@dataclass(frozen=True, slots=True)
class Billed:
    """What other invoices ask for a seat; `closed` when one before was to be the last."""

    amount: Decimal = ZERO
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One seat: agreed and asked for; a case number and no name, for who keeps the accounts.

    `agreed` is what is left of the price when other invoices have asked for a part of it.
    """

    key: int
    case_number: str
    state: str
    agreed: Decimal
    billed: Decimal
    asked: Decimal | None
    is_owed: bool
    more_to_come: bool
    difference: str
    blocking: bool

    @property
    def agreed_text(self) -> str:
        """What was agreed, as people write it."""
        return kroner(self.agreed)

    @property
    def billed_text(self) -> str:
        """What other invoices asked for, as people write it; empty where they asked nothing."""
        return kroner(self.billed) if self.billed else ""

    @property
    def rest_text(self) -> str:
        """What stays bound for the bills to come; empty where this one is the last."""
        rest = self.agreed - (self.asked or ZERO)
        return kroner(rest) if self.more_to_come and rest > 0 else ""

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
    """The bill against the seats of its activity, in three queries."""
    asked: dict[int, InvoiceLine] = {one.referral_id: one for one in invoice.lines.all()}
    others: dict[int, Billed] = defaultdict(Billed)
    elsewhere = InvoiceLine.objects.filter(referral__activity=invoice.activity_id)
    for one in elsewhere.exclude(invoice=invoice):
        known, own = others[one.referral_id], asked.get(one.referral_id)
        ends = not one.more_to_come and (own is None or one.pk < own.pk)
        others[one.referral_id] = Billed(known.amount + one.amount, known.closed or ends)
    lines = tuple(_lines(invoice, asked, others))
    return Compared(lines, sum((one.asked or ZERO for one in lines), ZERO), invoice.amount)


def _lines(
    invoice: Invoice, asked: dict[int, InvoiceLine], others: Mapping[int, Billed]
) -> Iterator[Line]:
    for one in invoice.activity.referrals.select_related("course").order_by("course"):
        line, billed = asked.get(one.pk), others[one.pk]
        if line is None and (one.state not in Referral.SEATED or billed.closed):
            continue
        amount = line.amount if line else None
        more = bool(line and line.more_to_come)
        yield Line(
            key=one.pk,
            case_number=one.course.case_number,
            state=one.get_state_display(),
            agreed=one.price - billed.amount,
            billed=billed.amount,
            asked=amount,
            is_owed=one.state in OWED,
            more_to_come=more,
            difference=_difference(one, amount, billed, more_to_come=more),
            blocking=amount is not None and _blocks(one, amount, billed),
        )


def _difference(
    referral: Referral, asked: Decimal | None, billed: Billed, *, more_to_come: bool
) -> str:
    """What is other than agreed, named; empty when nothing is, or nothing is asked."""
    if asked is None:
        return ""
    if no_seat := _no_seat(referral, billed):
        return no_seat
    left = referral.price - billed.amount
    off = kroner_in_words(abs(asked - left))
    if asked > left:
        return _("%(amount)s too much") % {"amount": off}
    if asked < left and not more_to_come:
        return _("%(amount)s less than agreed") % {"amount": off}
    return _("has not started") if referral.state == Referral.State.ACCEPTED else ""


def _no_seat(referral: Referral, billed: Billed) -> str:
    """Why nothing is owed for a seat at all; empty when something is."""
    if billed.closed:
        return _("already on another invoice")
    if referral.state in NEVER_SAT:
        return _("never had a seat")
    if referral.state == Referral.State.REVOKED and referral.started_on is None:
        return _("revoked before the start")
    return ""


def _blocks(referral: Referral, asked: Decimal, billed: Billed) -> bool:
    """What no remark makes right: more than was bound, a seat nobody had, a seat billed before."""
    return asked > referral.price - billed.amount or bool(_no_seat(referral, billed))
