"""The worklist by single keys: rows, choosing, the bar, the help, and turning the keys off."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from courses.models import Party
from tests.courses.course_world import TODAY
from tests.e2e.steps import Place
from tests.factories import DutyFactory

LIST = "/jobcenter/?hvis=alle"


def test_rows_are_walked_chosen_and_let_go_by_single_keys(page: Page, place: Place, enter) -> None:
    for days in (2, 3):
        DutyFactory(
            course=place.course,
            kind="joint",
            responsible=Party.JOBCENTRE,
            due_on=TODAY + timedelta(days),
        )
    enter(place.world.caseworker, LIST)
    bar, chosen = page.locator(".kf-bulk"), page.locator('input[name="duty"]:checked')
    expect(bar).to_be_hidden()

    for key in "jxjx":
        page.keyboard.press(key)

    expect(chosen).to_have_count(2)
    expect(bar).to_be_visible()
    expect(page.locator("#announcements")).to_contain_text("2")
    page.keyboard.press("Escape")
    expect(chosen).to_have_count(0)
    expect(bar).to_be_hidden()

    page.locator("#choose-all").check()
    assert chosen.count() == page.locator('input[name="duty"]').count() > 2
    page.keyboard.press("Escape")


def test_help_sorting_and_opening_by_single_keys(page: Page, place: Place, enter) -> None:
    enter(place.world.caseworker, LIST)

    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()

    page.locator("#sort-navn").click()
    page.wait_for_url("**orden=navn**")
    expect(page.locator("th[aria-sort=ascending] #sort-navn")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/forloeb/**")


def test_no_single_key_acts_for_who_turned_them_off(page: Page, place: Place, enter) -> None:
    user = place.world.caseworker
    user.keys = False
    user.save()
    enter(user, LIST)

    for key in ("j", "x", "/"):
        page.keyboard.press(key)

    expect(page.locator('input[name="duty"]:checked')).to_have_count(0)
    assert page.evaluate("document.activeElement.id") != "search-text"
