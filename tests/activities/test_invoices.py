"""Bills of providers: matched seat by seat, and paid by a third person from the frame."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from activities import actions
from activities.matching import compared
from activities.models import Invoice
from frames.balances import balance_of
from shared.refusals import Refused
from tests.activities.conftest import NOW, TODAY

KR = Decimal


@pytest.fixture
def seats(clubs):
    """Two seats of 15,000 kr. that have started."""
    club = clubs.club()
    rows = [clubs.accepted(club), clubs.accepted(club)]
    for one in rows:
        actions.start(one, on=TODAY, by=clubs.consultant, at=NOW)
    return rows


def bill(clubs, seats, amount="30000.00", number="A-1", by="leader"):
    """A bill for the club of the seats."""
    return actions.record_invoice(
        seats[0].activity,
        number=number,
        amount=KR(amount),
        received_on=TODAY,
        by=clubs.people[by],
        at=NOW,
    )


def matched(clubs, seats, *amounts, remark="", invoice=None):
    """The bill with an amount for each seat."""
    invoice = invoice or bill(clubs, seats, str(sum(map(KR, amounts))))
    asked = {one.pk: KR(amount) for one, amount in zip(seats, amounts, strict=True)}
    return actions.match(invoice, asked, remark=remark, by=clubs.people["leader"], at=NOW)


def differences(invoice):
    return [one.difference for one in compared(invoice).lines]


def test_a_bill_that_asks_what_was_agreed_is_matched_and_paid_from_the_frame(clubs, seats):
    invoice = matched(clubs, seats, "15000.00", "15000.00")
    assert (invoice.state, differences(invoice)) == ("matched", ["", ""])

    actions.pay(invoice, by=clubs.people["finance"], at=NOW)

    balance = balance_of(clubs.frame)
    assert (balance.used, balance.committed) == (KR("30000.00"), KR("0.00"))
    with pytest.raises(Refused, match="paid already"):
        actions.pay(invoice, by=clubs.people["finance2"], at=NOW)


def test_a_difference_is_named_and_passes_only_with_a_reason(clubs, seats):
    invoice = matched(clubs, seats, "15000.00", "12500.00")
    assert invoice.state == "disputed"
    assert differences(invoice) == ["", "2,500 kr. less than agreed"]
    with pytest.raises(Refused, match="Clear the differences"):
        actions.pay(invoice, by=clubs.people["finance"], at=NOW)

    invoice = matched(
        clubs, seats, "15000.00", "12500.00", remark="Left in week six.", invoice=invoice
    )
    actions.pay(invoice, by=clubs.people["finance"], at=NOW)

    balance = balance_of(clubs.frame)
    assert (balance.used, balance.released) == (KR("27500.00"), KR("2500.00"))
    assert balance.remaining == KR("472500.00")


def test_more_than_was_agreed_is_never_matched_whatever_is_written_of_it(clubs, seats):
    invoice = matched(clubs, seats, "15000.00", "16000.00", remark="They say so.")

    assert invoice.state == "disputed"
    assert differences(invoice) == ["", "1,000 kr. too much"]


def test_lines_that_are_not_the_whole_bill_dispute_it(clubs, seats):
    invoice = matched(
        clubs, seats, "15000.00", "15000.00", remark="Fine.", invoice=bill(clubs, seats, "31000.00")
    )

    assert invoice.state == "disputed"
    assert (
        compared(invoice).missing == "The seats come to 30,000.00 kr., the invoice to 31,000.00 kr."
    )


def test_a_seat_is_not_billed_twice_nor_one_that_was_revoked_before_the_start(clubs, seats):
    matched(clubs, seats, "15000.00", "15000.00")
    gone = clubs.accepted(seats[0].activity)
    actions.revoke(gone, reason="Ill.", by=clubs.consultant, at=NOW)
    again = bill(clubs, seats, "30000.00", number="A-2")

    again = matched(clubs, [seats[0], gone], "15000.00", "15000.00", remark="x", invoice=again)

    assert again.state == "disputed"
    assert differences(again) == ["already on another invoice", "revoked before the start"]


def test_a_seat_left_in_mid_course_is_still_paid(clubs, seats):
    actions.revoke(seats[1], reason="Stays away.", by=clubs.caseworker, at=NOW)

    invoice = matched(clubs, seats, "15000.00", "15000.00")
    actions.pay(invoice, by=clubs.people["finance"], at=NOW)

    assert balance_of(clubs.frame).used == KR("30000.00")


def test_referrer_approver_and_payer_are_three_people(clubs, seats):
    invoice = matched(clubs, seats, "15000.00", "15000.00")
    for who in (clubs.consultant, clubs.caseworker):
        with pytest.raises(Refused, match="third person"):
            actions.pay(invoice, by=who, at=NOW)
        with pytest.raises(IntegrityError, match="payer referred"), transaction.atomic():
            Invoice.objects.update(paid_by=who, state="paid")
    with pytest.raises(Refused, match="You recorded"):
        actions.pay(invoice, by=clubs.people["leader"], at=NOW)


def test_only_finance_pays(clubs, seats):
    invoice = matched(clubs, seats, "15000.00", "15000.00")

    for who in ("colleague", "provider", "elsewhere"):
        with pytest.raises(Refused, match="finance controller"):
            actions.pay(invoice, by=clubs.people[who], at=NOW)


def test_a_number_is_recorded_once_and_strangers_record_none(clubs, seats):
    bill(clubs, seats)
    with pytest.raises(Refused, match="already recorded"):
        bill(clubs, seats)
    for who in ("provider", "elsewhere", "stranger"):
        with pytest.raises(Refused, match="Only the parties"):
            bill(clubs, seats, number="A-9", by=who)


def test_finance_matches_and_pays_on_the_pages_without_a_name_in_sight(clubs, seats):
    browser = clubs.browser(clubs.people["finance"])
    club = seats[0].activity
    url = reverse("activities:invoices_of", args=[club.pk])
    said = {"number": "A-7", "amount": "30000,00", "received_on": "01.03.2010"}
    clubs.browser(clubs.caseworker).post(url, said)
    invoice = Invoice.objects.get(number="A-7")
    page = reverse("activities:invoice", args=[invoice.pk])

    shown = browser.get(page).text
    asked = {f"seat-{one.pk}": "15000" for one in seats}
    browser.post(page, asked | {"remark": ""})
    browser.post(reverse("activities:pay", args=[invoice.pk]))

    assert seats[0].course.case_number in shown
    assert not any(one.course.citizen.last_name in shown for one in seats)
    invoice.refresh_from_db()
    assert (invoice.state, invoice.paid_by) == ("paid", clubs.people["finance"])


@pytest.mark.parametrize("who", ["provider", "elsewhere", "stranger"])
def test_an_invoice_is_not_there_for_others(clubs, seats, who):
    invoice = bill(clubs, seats)

    page = clubs.browser(clubs.people[who]).get(reverse("activities:invoice", args=[invoice.pk]))

    assert page.status_code == 404
