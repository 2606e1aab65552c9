"""What all tests share: servers for the run, a strict harness, a browser, a worker."""

import gc
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from playwright.sync_api import Browser, Page, sync_playwright

from scripts.chromium import INSTRUCTION, chromium
from scripts.tables import ready_made
from servers.lease import Lease
from servers.places import TEST_DATA, CannotStart, place_at
from tests import settings as test_settings
from tests.emptying import emptied
from tests.worker import Worker, running_worker

LONGEST = (  # files of tests, by the processor seconds of pytest, browser and database together
    "test_accessible_pages.py",  # 100
    "test_accessible.py",
    "test_stack.py",
    "test_access.py",
    "test_journeys.py",
    "test_demo.py",  # 30
    "test_html.py",
    "test_jobs_processes.py",
    "test_weight.py",
    "test_accessibility.py",
    "test_outbox.py",
    "test_properties.py",  # 12
    "test_views.py",
    "test_calendar.py",
    "test_admin.py",
    "test_several.py",
    "test_booking_pages.py",
    "test_queue.py",
)
LOOPBACK = ("127.", "::1", "localhost")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


def pytest_configure(config: pytest.Config) -> None:
    """Hold the test servers for the whole run; the processes of a parallel run share them."""
    gc.set_threshold(20_000, 20, 20)  # with five thousand tests in memory, each look costs
    if hasattr(config, "workerinput") or not test_settings.EMBEDDED:
        return
    try:
        lease = Lease(place_at(TEST_DATA), test_settings.EMBEDDED)
        lease.__enter__()
    except CannotStart as error:
        raise pytest.UsageError(str(error)) from error
    config.add_cleanup(lambda: lease.__exit__(None, None, None))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests are those that ask for a browser; alone, the quick tests go first."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: place_in_line(item.path.name))
    else:
        items.sort(key=lambda item: item.get_closest_marker("slow") is not None)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: nobody looks through it for garbage again."""
    gc.collect()
    gc.freeze()


def place_in_line(name: str) -> int:
    """Several processes share the files: the longest go first, so that all end together."""
    return LONGEST.index(name) if name in LONGEST else len(LONGEST)


@pytest.fixture(scope="session", autouse=True)
def _loopback_only() -> Iterator[None]:
    """No test talks to another machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"a test reaches out to {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(scope="session", autouse=True)
def _emptied_by_deleting() -> Iterator[None]:
    """What a test commits is deleted after it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptied)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_blocker: object
) -> None:
    """On servers of our own the tables are made once, and copied by each process."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = ready_made()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """The test database, dropped at the end also while a browser's last request holds it."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def empty_cache() -> Iterator[None]:
    """A cache that holds nothing from another test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def worker(transactional_db: None) -> Iterator[Worker]:
    """A real Celery worker on the real queue and the test's database."""
    with running_worker() as process:
        yield process


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The installed Chromium, without a window."""
    path = chromium()
    if not path:
        pytest.fail(INSTRUCTION)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop of its own
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, live_server, request: pytest.FixtureRequest) -> Iterator[Page]:
    """An empty tab; what the console complains of, the content policy among it, fails the test."""
    context = browser.new_context(
        base_url=live_server.url, locale="da-DK", timezone_id="Europe/Copenhagen"
    )
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    yield tab
    context.close()
    expected = request.node.get_closest_marker("complains")
    assert not complaints or expected, complaints


@pytest.fixture
def pictures() -> Path:
    """Where a journey may leave screenshots to look at."""
    folder = Path(os.environ.get("PICTURES") or "build/pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
