"""Bills of providers: matched seat by seat, and paid by a third person from the frame."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from activities import actions
from activities.matching import compared
from activities.models import Invoice
from frames.balances import balance_of
from notices.models import Notice
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


def test_finance_is_told_of_a_matched_bill_until_somebody_pays_it(clubs, seats):
    invoice = matched(clubs, seats, "15000.00", "15000.00")
    waiting = Notice.objects.unread().filter(kind="invoice-matched")
    assert {one.user for one in waiting} == {clubs.people["finance"], clubs.people["finance2"]}

    actions.pay(invoice, by=clubs.people["finance"], at=NOW)

    assert not waiting.all().exists()


# --- In parts -----------------------------------------------------------------------------------
def part_of(clubs, seat, amount, number, *, more, remark=""):
    """A bill for one seat alone, and whether more are to come."""
    invoice = bill(clubs, [seat], amount, number)
    asked = {seat.pk: KR(amount)}
    in_part = {seat.pk} if more else set()
    by = clubs.people["leader"]
    return actions.match(invoice, asked, in_part=in_part, remark=remark, by=by, at=NOW)


def paid(clubs, invoice):
    return actions.pay(invoice, by=clubs.people["finance"], at=NOW)


def test_a_bill_for_some_of_the_seats_leaves_the_others_bound(clubs, seats):
    paid(clubs, part_of(clubs, seats[0], "15000.00", "A-1", more=False))

    balance = balance_of(clubs.frame)
    assert (balance.used, balance.committed) == (KR("15000.00"), KR("15000.00"))


def test_a_seat_is_billed_in_parts_and_the_rest_stays_bound_until_the_last(clubs, seats):
    first = part_of(clubs, seats[0], "5000.00", "A-1", more=True)
    line = compared(first).lines[0]
    assert (first.state, line.difference, line.rest_text) == ("matched", "", "10,000.00 kr.")
    paid(clubs, first)
    assert balance_of(clubs.frame).committed == KR("25000.00")

    last = part_of(clubs, seats[0], "9000.00", "A-2", more=False, remark="Two days fell away.")
    assert compared(last).lines[0].agreed == KR("10000.00")
    paid(clubs, last)

    balance = balance_of(clubs.frame)
    assert (balance.used, balance.committed) == (KR("14000.00"), KR("15000.00"))
    assert balance.released == KR("1000.00")


def test_parts_never_come_to_more_than_was_agreed(clubs, seats):
    paid(clubs, part_of(clubs, seats[0], "9000.00", "A-1", more=True))

    too_much = part_of(clubs, seats[0], "7000.00", "A-2", more=True, remark="It cost more.")

    assert too_much.state == "disputed"
    assert compared(too_much).lines[0].difference == "1,000 kr. too much"


def test_the_last_part_paid_first_gives_nothing_back_that_another_bill_still_asks(clubs, seats):
    first = part_of(clubs, seats[0], "5000.00", "A-1", more=True)
    last = part_of(clubs, seats[0], "8000.00", "A-2", more=False, remark="Two days fell away.")

    paid(clubs, last)
    assert balance_of(clubs.frame).released == KR("0.00")
    paid(clubs, first)

    assert balance_of(clubs.frame).released == KR("2000.00")


def test_a_part_is_marked_on_the_page_and_says_what_stays_bound(clubs, seats):
    invoice = bill(clubs, seats, "5000.00")
    page = clubs.browser(clubs.people["leader"])
    address = reverse("activities:invoice", args=[invoice.pk])
    one = seats[0].pk

    page.post(address, {f"seat-{one}": "5000,00", f"part-{one}": "on"})

    shown = page.get(address).content.decode()
    assert Invoice.objects.get(pk=invoice.pk).state == "matched"
    assert "10,000.00 kr. stay bound" in shown


# --- Past the acts ------------------------------------------------------------------------------
def refused_by_the_database(constraint, act):
    """The database itself refuses, and names the rule."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        act()
    assert error.value.__cause__.diag.constraint_name == constraint


def said_paid(invoice, user):
    rows = Invoice.objects.filter(pk=invoice.pk)
    return lambda: rows.update(state="paid", paid_at=NOW, paid_by=user)


def test_the_database_lets_neither_referrer_nor_approver_nor_recorder_pay(clubs, seats):
    invoice = matched(clubs, seats, "15000.00", "15000.00")

    for who in ("consultant", "caseworker"):
        act = said_paid(invoice, clubs.people[who])
        refused_by_the_database("the_payer_is_a_third_person", act)
    act = said_paid(invoice, clubs.people["leader"])
    refused_by_the_database("who_records_an_invoice_does_not_pay_it", act)


def test_the_database_lets_no_bill_be_paid_by_nobody(clubs, seats):
    invoice = matched(clubs, seats, "15000.00", "15000.00")
    rows = Invoice.objects.filter(pk=invoice.pk)

    refused_by_the_database("exactly_paid_invoices_say_who_paid", lambda: rows.update(state="paid"))


def test_the_database_pays_a_bill_for_its_seats_and_none_above_its_price(clubs, seats):
    finance = clubs.people["finance"]
    bare = bill(clubs, seats, "30000.00")
    refused_by_the_database("an_invoice_is_paid_for_its_seats", said_paid(bare, finance))

    over = matched(clubs, seats, "16000.00", "14000.00", invoice=bare, remark="So it is.")
    refused_by_the_database("a_seat_costs_what_was_agreed", said_paid(over, finance))


def test_the_database_keeps_a_paid_bill_as_it_was_paid(clubs, seats):
    invoice = paid(clubs, matched(clubs, seats, "15000.00", "15000.00"))
    line = invoice.lines.first()

    for act in (
        lambda: Invoice.objects.filter(pk=invoice.pk).update(amount=KR("1.00")),
        lambda: invoice.lines.filter(pk=line.pk).update(amount=KR("1.00")),
        lambda: invoice.lines.filter(pk=line.pk).delete(),
        lambda: invoice.lines.create(referral=clubs.accepted(), amount=KR("1.00")),
    ):
        refused_by_the_database("a_paid_invoice_stays", act)
