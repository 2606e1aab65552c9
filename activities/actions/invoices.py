"""A provider's bill: recorded, matched seat by seat, paid by a third person from the frame."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from activities.access import may_match, may_pay, may_record_invoice
from activities.matching import compared
from activities.models import Activity, Invoice, InvoiceLine, Referral
from activities.telling import payers
from frames import actions as ledger
from journal.actions import Detail, note
from notices.actions import settle, tell
from shared.money import exact, kroner_in_words
from shared.refusals import Refused

State = Invoice.State
CLEAR = gettext_noop("Clear the differences first, or write why they are right.")


@transaction.atomic
def record_invoice(  # noqa: PLR0913 (what a bill says)
    activity: Activity, *, number: str, amount: Decimal, received_on: date, by: User, at: datetime
) -> Invoice:
    """Write down a bill that has come."""
    if not may_record_invoice(by, activity, on=timezone.localdate(at)):
        raise Refused(gettext_noop("Only the parties of the activity record its invoices."))
    if activity.invoices.filter(number=number).exists():
        raise Refused(gettext_noop("An invoice with this number is already recorded."))
    if amount <= 0:
        raise Refused(gettext_noop("Write an amount above 0 kr."))
    invoice = Invoice.objects.create(
        activity=activity,
        number=number,
        amount=exact(amount),
        received_on=received_on,
        recorded_at=at,
        recorded_by=by,
    )
    note(invoice, "invoice-received", by=by, case=None, number=number, amount=str(amount))
    return invoice


@transaction.atomic
def match(  # noqa: PLR0913 (what a bill asks)
    invoice: Invoice,
    amounts: Mapping[int, Decimal],
    *,
    in_part: Collection[int] = (),
    remark: str = "",
    by: User,
    at: datetime,
) -> Invoice:
    """Say what the bill asks for each seat, by the key of its referral.

    For a seat `in_part` more bills are to come: the rest of its price stays bound. What differs
    from what was agreed makes the bill disputed, unless a remark says why it is right; a sum that
    is not the bill's never passes.
    """
    invoice = _locked(invoice)
    if invoice.state == State.PAID or not may_match(by, invoice, on=timezone.localdate(at)):
        raise Refused(gettext_noop("The invoice is paid, or not yours to match."))
    seats = {one.pk: one for one in invoice.activity.referrals.filter(pk__in=amounts)}
    invoice.lines.all().delete()
    InvoiceLine.objects.bulk_create(
        InvoiceLine(
            invoice=invoice, referral=seats[key], amount=exact(amount), more_to_come=key in in_part
        )
        for key, amount in sorted(amounts.items())
        if key in seats and amount > 0
    )
    found = compared(invoice)
    wrong = not found.sums_up or found.blocking or (found.differs and not remark.strip())
    invoice.state, invoice.remark = (State.DISPUTED if wrong else State.MATCHED), remark.strip()
    invoice.save(update_fields=["state", "remark"])
    said: dict[str, Detail] = {"state": invoice.state, "remark": invoice.remark}
    note(invoice, "invoice-matched", by=by, case=None, number=invoice.number, **said)
    _ask_to_pay(invoice, by=by, at=at)
    return invoice


@transaction.atomic
def pay(invoice: Invoice, *, by: User, at: datetime) -> Invoice:
    """Pay a matched bill: what was bound for each seat is used, and the rest goes back.

    The rest stays bound while more bills are to come, or another one waits to be paid.
    """
    invoice, today = _locked(invoice), timezone.localdate(at)
    if invoice.state == State.PAID:
        raise Refused(gettext_noop("The invoice is paid already."))
    if invoice.state != State.MATCHED:
        raise Refused(CLEAR)
    lines = list(invoice.lines.select_related("referral__bound_by").order_by("referral"))
    _check_third(invoice, [one.referral for one in lines], by, on=today)
    for line in lines:
        if line.referral.bound_by:
            ledger.use(
                line.referral.bound_by, line.amount, on=today, by=by, at=at,
                rest_is_released=_is_last(line),
            )  # fmt: skip
    invoice.state, invoice.paid_at, invoice.paid_by = State.PAID, at, by
    try:
        with transaction.atomic():
            invoice.save(update_fields=["state", "paid_at", "paid_by"])
    except IntegrityError as error:
        raise Refused(gettext_noop("Somebody else must pay this invoice.")) from error
    said = {"amount": str(invoice.amount)}
    note(invoice, "invoice-paid", by=by, case=None, number=invoice.number, **said)
    settle("invoice-matched", url=_address(invoice), by=by, at=at)
    return invoice


def _ask_to_pay(invoice: Invoice, *, by: User, at: datetime) -> None:
    """Finance is told of a matched bill; of a disputed one the alert goes away."""
    url, kind = _address(invoice), "invoice-matched"
    if invoice.state == State.DISPUTED:
        settle(kind, url=url, by=by, at=at)
        return
    people = payers(invoice.activity, on=timezone.localdate(at))
    others = [one for one in people if one.pk != invoice.recorded_by_id]
    tell(others, kind, case_number="", url=url, at=at, about=invoice.number, by=by)


def _address(invoice: Invoice) -> str:
    return reverse("activities:invoice", args=[invoice.pk])


def _is_last(line: InvoiceLine) -> bool:
    """Whether nothing more is to be paid for a seat once this line is."""
    others = line.referral.invoice_lines.exclude(pk=line.pk)
    if others.exclude(invoice__state=State.PAID).exists():
        return False
    return not line.more_to_come or others.filter(more_to_come=False).exists()


def _check_third(invoice: Invoice, seats: list[Referral], by: User, *, on: date) -> None:
    """Who referred does not approve, who approved does not pay (P24)."""
    if by.pk in {one.referred_by_id for one in seats} | {one.answered_by_id for one in seats}:
        raise Refused(gettext_noop("You referred or accepted a seat on it: a third person pays."))
    if invoice.recorded_by_id == by.pk:
        raise Refused(gettext_noop("You recorded the invoice: somebody else pays it."))
    if not may_pay(by, invoice, on=on):
        raise Refused(gettext_noop("Only a finance controller pays invoices."))
    too_much = next((one for one in compared(invoice).lines if one.blocking), None)
    if too_much:
        raise Refused(
            gettext_noop("%(case)s: %(amount)s were agreed, and the invoice asks for more."),
            case=too_much.case_number,
            amount=kroner_in_words(too_much.agreed),
        )


def _locked(invoice: Invoice) -> Invoice:
    rows = Invoice.objects.select_for_update(of=("self",)).select_related("activity__host")
    return rows.get(pk=invoice.pk)
