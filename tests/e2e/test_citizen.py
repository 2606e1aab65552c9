"""A citizen with a phone and the letter, from the link in it to everything that can be said."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from axe_playwright_python.base import AXE_SCRIPT
from django.core.cache import cache
from playwright.sync_api import Page, expect

from meetings.models import CitizenLink
from selfservice.models import Statement
from tests.e2e.looking import PHONE, axe_at
from tests.meetings.conftest import NOW
from tests.selfservice.conftest import Linked, new_linked

pytestmark = [pytest.mark.slow]
MAIN = "#main-content"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    """It is a Monday morning in September 2026, and time goes on."""
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def linked(transactional_db: None) -> Linked:
    cache.clear()
    return new_linked()


SAID = {
    "anden-tid": "You have asked for another time: Thu 1 Oct at 10:00.",
    "deltagelse": "You want the interview without the a-kasse.",
    "syg": "You have told us that you cannot come.",
}


def test_from_the_link_in_the_summons_everything_is_said_on_a_phone(
    page: Page, linked: Linked
) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address_in(linked)}?sprog=en")
    shows(page, "Wednesday 30 September", "10:00–10:45", linked.world.course.case_number)
    assert linked.world.course.citizen.last_name not in page.content()
    found = seen(page)
    for what, said in SAID.items():
        page.locator(f"{MAIN} a[href*='/{what}/']").click()
        page.wait_for_url(f"**/{what}/**")
        found += seen(page)
        if what == "anden-tid":
            page.get_by_label("10:00–10:45").check()
        page.locator(f"{MAIN} button.button-primary").first.click()
        page.wait_for_url("**#said")
        shows(page, f"{said} We have not confirmed it yet.")
    found += seen(page)

    assert found == []
    assert page.context.cookies() == []
    stated = Statement.objects.filter(meeting=linked.meeting, answer="")
    assert set(stated.values_list("kind", flat=True)) == {"other_time", "without", "sick"}
    assert page.locator(f"{MAIN} a[href*='/syg/']").count() == 0


@pytest.mark.complains
def test_the_calendar_file_is_taken_home_and_a_link_that_fails_says_what_to_do(
    page: Page, linked: Linked
) -> None:
    page.set_viewport_size(PHONE)
    right = address_in(linked)
    page.goto(f"{right}?sprog=en")
    with page.expect_download() as file:
        page.locator(f"{MAIN} a[href$='samtale.ics']").click()
    assert "DTSTART;TZID=Europe/Copenhagen:20260930T100000" in file.value.path().read_text()

    wrong = f"{right[:-2]}{'a' if right[-2] != 'a' else 'b'}/"
    for address in (wrong, right):
        page.goto(f"{address}?sprog=en")
        shows(page, "The link does not work", "Contact us as your letter says")
        assert seen(page) == []
        CitizenLink.objects.filter(meeting=linked.meeting).update(expires_at=NOW)


def seen(page: Page) -> list[str]:
    """What axe finds on a phone, and whether the page is too wide for it."""
    page.evaluate(AXE_SCRIPT)
    width = page.evaluate("document.documentElement.scrollWidth")
    return [*axe_at(page, PHONE), *([f"{width} px wide"] if width > PHONE["width"] else [])]


def address_in(linked: Linked) -> str:
    """The address that stands in the summons, on the machine of the test."""
    letter = linked.meeting.letters.get(kind="summons")
    said = "\n".join(one["text"] for one in letter.content["parts"] if one["kind"] == "text")
    found = re.search(r"https?://[^/\s]+(/s/\S+/)", said)
    assert found, said
    return found[1]


def shows(page: Page, *texts: str) -> None:
    for text in texts:
        expect(page.locator(MAIN)).to_contain_text(text)
