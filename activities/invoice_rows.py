"""Bills as rows of a list."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.urls import reverse

from activities.models import Invoice
from shared.money import kroner
from shared.written import plain_day

MOST = 200
TONES = {
    Invoice.State.RECEIVED: "soon",
    Invoice.State.MATCHED: "next",
    Invoice.State.PAID: "held",
    Invoice.State.DISPUTED: "missed",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One bill."""

    number: str
    url: str
    activity: str
    provider: str
    amount: str
    received: str
    tone: str
    state: str


def rows_of(found: QuerySet[Invoice]) -> tuple[Row, ...]:
    """The bills, those that wait first."""
    rows = list(found.select_related("activity__provider", "activity__host")[:MOST])
    rows.sort(key=lambda one: one.state == Invoice.State.PAID)
    return tuple(_row(one) for one in rows)


def _row(invoice: Invoice) -> Row:
    activity = invoice.activity
    return Row(
        number=invoice.number,
        url=reverse("activities:invoice", args=[invoice.pk]),
        activity=activity.title,
        provider=(activity.provider or activity.host).short,
        amount=kroner(Decimal(invoice.amount)),
        received=plain_day(invoice.received_on),
        tone=TONES[Invoice.State(invoice.state)],
        state=invoice.get_state_display(),
    )
