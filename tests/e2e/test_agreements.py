"""What is agreed and what follows from it, by keyboard alone and without JavaScript."""

from playwright.sync_api import Page, expect

from activities.models import Referral
from tests.e2e.steps import MAIN, send, tab_to, write
from tests.test_access import World, address

DONE = "#messages .alert-success"


def test_a_term_is_changed_by_keyboard_alone(page: Page, everything: World, enter) -> None:
    enter(everything.clients["agre"], address("agreements:step", everything))
    tab_to(page, "[name=due_soon_days]", then="Control+A")
    page.keyboard.type("8")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press("Tab")  # the course that would come of it is drawn anew
    assert page.evaluate("document.activeElement !== document.body")
    tab_to(page, f"{MAIN} button.button-primary", then="Enter")

    page.wait_for_url("**/trin/4/")
    assert everything.draft.terms.get().due_soon_days == 8


def test_a_term_is_changed_without_javascript(plain: Page, everything: World, enter) -> None:
    enter(everything.clients["agre"], address("agreements:step", everything), plain)
    write(plain, due_soon_days="9")
    plain.click("[name=do][value=see]")
    expect(plain.locator("[name=due_soon_days]")).to_have_value("9")
    expect(plain.locator("#preview")).to_be_visible()
    send(plain)

    plain.wait_for_url("**/trin/4/")
    assert everything.draft.terms.get().due_soon_days == 9


def test_a_referral_is_answered_by_keyboard_alone(page: Page, everything: World, enter) -> None:
    referral = everything.referral
    enter(everything.clients["case"], address("activities:referrals", everything))
    tab_to(page, f'{MAIN} a[href^="{referral.get_absolute_url()}"]', then="Enter")
    page.wait_for_url(f"**{referral.get_absolute_url()}")
    accept = address("activities:referral_accept", everything)
    tab_to(page, f'a[href="{accept}"]', then="Enter")
    page.wait_for_url(f"**{accept}")
    tab_to(page, f"{MAIN} button.button-primary", then="Enter")

    expect(page.locator(DONE)).to_be_visible()
    referral.refresh_from_db()
    assert referral.state == Referral.State.ACCEPTED


def test_a_referral_is_rejected_without_javascript(plain: Page, everything: World, enter) -> None:
    referral = everything.referral
    enter(everything.clients["case"], address("activities:referral_reject", everything), plain)
    write(plain, reason="Der er ingen plads tilbage.")
    send(plain)

    expect(plain.locator(DONE)).to_be_visible()
    referral.refresh_from_db()
    assert referral.state == Referral.State.REJECTED
