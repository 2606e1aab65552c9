"""A course that is late, and a browser in front of it."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from courses.flagging import sweep
from tests.courses.course_world import NOW, TODAY, make_world
from tests.e2e.steps import PATIENCE, Place
from tests.factories import RoomFactory
from tests.test_access import World, made

Enter = Callable[..., None]


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    """It is a Monday morning in November 2026, and time goes on."""
    with time_machine.travel(NOW):
        yield


@pytest.fixture(autouse=True)
def _patience(request: pytest.FixtureRequest) -> None:
    expect.set_options(timeout=PATIENCE)
    if "page" in request.fixturenames:
        request.getfixturevalue("page").set_default_timeout(PATIENCE)


@pytest.fixture
def place(transactional_db: None) -> Place:
    world = make_world()
    sweep(on=TODAY)
    return Place(world, RoomFactory(organisation=world.jobcentre, name="Lokale 4"))


@pytest.fixture
def everything(transactional_db: None) -> World:
    """A course with something of everything, and a person of each role who has signed in."""
    return made()


@pytest.fixture
def enter(page: Page, live_server) -> Enter:
    """Opens a page as somebody who signed in before."""

    def entered(who: User | Client, address: str, tab: Page = page) -> None:
        client = who if isinstance(who, Client) else Client()
        if isinstance(who, User):
            client.force_login(who)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}
        tab.context.clear_cookies()
        tab.context.add_cookies([cookie])
        tab.goto(address)

    return entered


@pytest.fixture
def plain(browser: Browser, live_server) -> Iterator[Page]:
    """A tab in which no script runs."""
    context = browser.new_context(
        base_url=live_server.url, locale="da-DK", java_script_enabled=False
    )
    tab = context.new_page()
    tab.set_default_timeout(PATIENCE)
    yield tab
    context.close()
