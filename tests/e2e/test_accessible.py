"""Every page of the table, its errors and its empty states: nothing for axe to find, none too wide."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import User
from courses.models import Course
from meetings.models import Meeting
from partnerships.models import Agreement
from tests.e2e.looking import faults
from tests.test_access import GET, WHO, World, address

NO_PAGES = {"livez", "readyz", "courses:remarks", "partnerships:front_door"}
READERS = ("case", "job", "agre", "root")  # whoever of them may open a page looks at it
EMPTY_FOR = {
    "case2": ("desk:today", "meetings:list", "courses:overdue"),
    "job2": ("portal:today", "courses:files"),
}
CLEARED = """() => {
  const form = document.querySelector("#main-content form");
  for (const one of form.querySelectorAll("input:not([type=hidden]), textarea")) {
    if (/radio|checkbox/.test(one.type)) one.checked = false; else one.value = "";
  }
  form.requestSubmit();
}"""
FORMS = (  # one of each layout and each kind of field
    "change-password", "courses:access", "courses:record_choice", "courses:acknowledge",
    "courses:files", "meetings:book", "meetings:outcome", "meetings:answer",
)  # fmt: skip


def reader_of(page: str) -> str | None:
    """The first of the readers who may open a page."""
    answers = dict(zip(WHO.split(), GET[page].split(), strict=True))
    return next((who for who in READERS if answers[who] == "200"), None)


def test_every_page_is_fit_for_everyone(page: Page, everything: World, enter) -> None:
    found = {}
    for name in sorted(set(GET) - NO_PAGES - {"sign-in"}):
        who = reader_of(name)
        enter(everything.clients[who], address(name, everything))
        found[name] = list(faults(page))
    page.context.clear_cookies()
    page.goto(reverse("sign-in"))
    found["sign-in"] = list(faults(page))

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_every_form_is_fit_when_it_is_sent_empty(page: Page, everything: World, enter) -> None:
    found, without_errors = {}, []
    for name in FORMS:
        enter(everything.clients[reader_of(name)], address(name, everything))
        page.evaluate(CLEARED)
        page.wait_for_selector("[data-error-summary], .alert-success", state="visible")
        if not page.locator("[data-error-summary]").count():
            without_errors.append(name)
        found[name] = list(faults(page))

    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert without_errors == []


def test_a_page_with_nothing_on_it_is_fit_for_everyone(
    page: Page, everything: World, enter
) -> None:
    found = {}
    for who, names in EMPTY_FOR.items():
        for name in names:
            enter(everything.clients[who], reverse(name))
            assert page.locator(".kf-empty").count(), name
            found[name] = list(faults(page))

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def pages_of_the_demo() -> Iterator[tuple[str, str]]:
    """Who looks at which page of the demo world, where there is much to see."""
    yield "sagsbehandler", reverse("desk:today")
    yield "sagsbehandler", reverse("meetings:list")
    yield "planlaegger", reverse("desk:today")
    yield "jobkonsulent", f"{reverse('portal:today')}?vis=underretninger"
    made_up = Agreement.objects.get(made_up=True)
    yield "styregruppe", reverse("partnerships:agreement", args=[made_up.slug])
    yield "jobkonsulent", one_with("notifications", of=Meeting, to="jobkonsulent")
    yield "sagsbehandler", one_with("date_moves", of=Course, to="sagsbehandler")
    yield "jobkonsulent", one_with("citizen__absences", of=Course, to="jobkonsulent")


def one_with(rows: str, *, of: type[Course | Meeting], to: str) -> str:
    """The page of a course or an interview that has rows of a kind, and that a person may read."""
    seen = of.objects.visible_to(User.objects.get(username=to))
    return seen.exclude(**{rows: None}).earliest("pk").get_absolute_url()


def test_the_demo_world_is_fit_for_everyone(page: Page, transactional_db, settings, enter) -> None:
    settings.DEMO = True
    call_command("demo", members=60, verbosity=0)
    found = {}
    for username, url in list(pages_of_the_demo()):
        enter(User.objects.get(username=username), url)
        found[f"{username} {url}"] = list(faults(page))

    assert {url: wrong for url, wrong in found.items() if wrong} == {}


@pytest.mark.complains
def test_a_page_that_is_not_there_is_fit_for_everyone(page: Page, everything: World, enter) -> None:
    enter(everything.clients["job2"], everything.course.get_absolute_url())
    assert list(faults(page)) == []


def test_the_look_finds_what_is_wrong(page: Page, live_server) -> None:
    """Or the tests above could not fail."""
    page.goto(reverse("sign-in"))
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p><input size=99></p>')")

    found = list(faults(page))
    assert any("label" in one for one in found)
    assert any(one.startswith("390 px: it is ") for one in found)
