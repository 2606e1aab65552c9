"""Every page of the table: nothing for axe to find, nothing too wide or cut off."""

from playwright.sync_api import Page

from tests import page_states
from tests.e2e.looking import faults, told
from tests.test_access import World, address


def test_every_page_is_fit_for_everyone(page: Page, everything: World, enter) -> None:
    found = {}
    for name in page_states.html_pages():
        who = page_states.readers_of(name)[0]
        if who == "anon":
            page.context.clear_cookies()
            page.goto(address(name, everything))
        else:
            enter(everything.clients[who], address(name, everything))
        found[name] = list(faults(page))

    assert told(found) == ""
