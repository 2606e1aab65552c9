"""Signing in and the front page in a real browser: what has the focus, and what the address says."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from courses.models import Party
from partnerships.models import Role
from tests.e2e.looking import seen_by_axe
from tests.factories import (
    PASSWORD,
    AKasseFactory,
    CourseFactory,
    CoverageFactory,
    DutyFactory,
    MeetingFactory,
    ParticipantFactory,
    RoomFactory,
    UserFactory,
    moment,
)


@pytest.fixture
def jobcentre(transactional_db, settings):
    """A jobcentre with something in each group, and a caseworker."""
    settings.DEMO = True  # so that the factories' password opens the sign-in
    jobcentre, a_kasse = CoverageFactory().jobcentre, AKasseFactory()
    today = timezone.localdate()
    caseworker = UserFactory(username="case", role=Role.CASEWORKER, organisation=jobcentre)
    room = RoomFactory(organisation=jobcentre)
    for place, days in enumerate((-9, -1, 1, 2, 9, 15)):
        course = CourseFactory(
            a_kasse=a_kasse,
            municipality=jobcentre.coverages.get().municipality,
            jobcentre=jobcentre,
            jobcentre_from=today - timedelta(30),
            caseworker=caseworker,
            regime="2026",
        )
        duty = DutyFactory(
            course=course,
            kind="joint",
            responsible=Party.JOBCENTRE,
            with_party=Party.A_KASSE,
            due_on=today + timedelta(days),
        )
        if place % 2:
            meeting = MeetingFactory(
                course=course,
                duty=duty,
                held_by=Party.JOBCENTRE,
                room=room,
                starts_at=moment(today, 8 + 3 * place),
            )
            ParticipantFactory(meeting=meeting, role="jobcentre", worker=caseworker)
    return jobcentre


def sign_in(page: Page, username: str) -> None:
    page.goto("/log-ind/")
    page.fill("#id_username", username)
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "log-ind" not in url)


def test_the_sign_in_page_reads_its_faults_first(jobcentre, page: Page) -> None:
    page.goto("/log-ind/")
    assert list(seen_by_axe(page)) == []
    page.fill("#id_username", "case")
    page.fill("#id_password", "wrong")
    page.click("main button[type=submit]")

    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert list(seen_by_axe(page)) == []


def test_the_slash_key_goes_to_the_search_and_the_menu_closes_by_escape(
    jobcentre, page: Page
) -> None:
    sign_in(page, "case")
    page.goto("/jobcenter/")

    page.keyboard.press("/")
    expect(page.locator("#search-text")).to_be_focused()
    page.keyboard.press("Tab")
    menu = page.locator(".kf-bar > details.kf-menu:last-of-type")
    menu.locator("summary").click()
    expect(menu.get_by_role("button")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")


def test_filtering_swaps_the_list_keeps_the_focus_and_says_it_in_the_address(
    jobcentre, page: Page
) -> None:
    sign_in(page, "case")
    page.goto("/jobcenter/")
    rows = page.locator("#worklist tr.kf-row")
    expect(rows).to_have_count(6)

    page.locator("#filter-name").press_sequentially("Zzz")

    expect(rows).to_have_count(0)
    expect(page.locator("#filter-name")).to_be_focused()
    expect(page.locator("#filter-name")).to_have_value("Zzz")
    assert "navn=Zzz" in page.url


@pytest.mark.complains
def test_a_cpr_number_written_in_the_filter_reaches_no_address(jobcentre, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    sign_in(page, "case")
    page.goto("/jobcenter/")

    page.locator("#filter-name").press_sequentially("010185-1234", delay=150)

    expect(page.locator("#messages .alert-error")).to_be_visible()
    page.wait_for_timeout(600)  # longer than the filter waits for the next letter
    assert not [url for url in [*asked, page.url] if "0101" in url]


def test_the_list_is_filtered_by_a_plain_form_too(browser, live_server, jobcentre) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "case")
    page.goto("/jobcenter/")
    page.select_option("#filter-booking", "ja")
    page.get_by_role("button", name="Filter", exact=True).or_(
        page.get_by_role("button", name="Filtrér", exact=True)
    ).click()

    expect(page.locator("#worklist tr.kf-row")).to_have_count(3)
    assert "booking=ja" in page.url
    context.close()
