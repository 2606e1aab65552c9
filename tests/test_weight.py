"""What a front page weighs: served as at work, fetched by a browser, counted on the wire."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page

from accounts.models import User
from courses.models import Party
from partnerships.models import Role
from servers.locks import until
from servers.places import ROOT
from servers.probe import well
from tests.factories import (
    AKasseFactory,
    CourseFactory,
    CoverageFactory,
    DutyFactory,
    UserFactory,
)
from tests.worker import database_url

pytestmark = pytest.mark.slow
ROWS = 50  # as many as a page has
MOST_BYTES_FIRST, MOST_REQUESTS_FIRST, MOST_BYTES_AGAIN = 250_000, 8, 40_000


@dataclass
class Weighed:
    """The requests of a view by number, and the bytes of those that were answered over the wire."""

    asked: dict[str, str] = field(default_factory=dict)
    sent: dict[str, float] = field(default_factory=dict)

    @property
    def requests(self) -> list[str]:
        """What was asked of the server; pictures that stand inside a style sheet are not."""
        return [url for url in self.asked.values() if not url.startswith("data:")]


@pytest.fixture
def served(transactional_db, tmp_path: Path) -> Iterator[str]:
    """The address of the product's own web server, with its files bundled, packed and hashed."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.served_settings",
        "COLLECTED": str(tmp_path),
        "DATABASE_URL": database_url(),
        "REDIS_URL": settings.REDIS_URL,
        "LOG_LEVEL": "WARNING",
    }
    collect = ["manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run([sys.executable, *collect], cwd=ROOT, env=environment, check=True, timeout=120)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    web = ["gunicorn", "kontaktforloeb.wsgi", "--bind", address, "--threads", "4"]
    server = subprocess.Popen(
        [sys.executable, "-m", *web, "--no-control-socket", "--log-level", "warning"],
        cwd=ROOT,
        env=environment,
    )
    for _ in until(90, pause=0.2):
        if well(f"http://{address}/readyz"):
            break
    else:
        pytest.fail("the web server does not answer")
    yield f"http://{address}"
    server.terminate()
    server.wait(30)


@pytest.fixture
def people(transactional_db) -> dict[str, User]:
    """A caseworker and a consultant, each with a page full of deadlines."""
    jobcentre, a_kasse = CoverageFactory().jobcentre, AKasseFactory()
    today, municipality = timezone.localdate(), jobcentre.coverages.get().municipality
    for number in range(2 * ROWS + 2):
        ours = number % 2
        course = CourseFactory(
            a_kasse=a_kasse,
            municipality=municipality,
            jobcentre=jobcentre,
            jobcentre_from=today - timedelta(30) if ours else None,
            regime="2026",
        )
        party = Party.JOBCENTRE if ours else Party.A_KASSE
        DutyFactory(course=course, responsible=party, due_on=today + timedelta(number % 9 - 3))
    return {
        "desk:today": UserFactory(role=Role.CASEWORKER, organisation=jobcentre),
        "portal:today": UserFactory(role=Role.JOB_CONSULTANT, organisation=a_kasse),
    }


def weighed(page: Page, address: str) -> Weighed:
    """Open a page and count until nothing more is asked."""
    found = Weighed()
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on(
        "Network.requestWillBeSent",
        lambda said: found.asked.update({said["requestId"]: said["request"]["url"]}),
    )
    wire.on(
        "Network.loadingFinished",
        lambda said: found.sent.update({said["requestId"]: said["encodedDataLength"]}),
    )
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(300)  # the icon of the tab comes last
    wire.detach()
    return found


def test_a_front_page_is_light_and_asks_little_and_the_second_view_is_lighter(
    browser: Browser, served: str, people: dict[str, User]
) -> None:
    for name, user in people.items():
        client = Client()
        client.force_login(user)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        context = browser.new_context(base_url=served, locale="da-DK")
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": served}])
        page = context.new_page()

        first = weighed(page, f"{reverse(name)}?hvis=alle")
        again = weighed(page, f"{reverse(name)}?hvis=alle")

        assert page.locator("tr.kf-row").count() == ROWS, name
        assert any(url.endswith(".woff2") for url in first.requests)
        assert 50_000 < sum(first.sent.values()) <= MOST_BYTES_FIRST, first
        assert len(first.requests) <= MOST_REQUESTS_FIRST, first.requests
        assert 5_000 < sum(again.sent.values()) < MOST_BYTES_AGAIN, again
        context.close()
