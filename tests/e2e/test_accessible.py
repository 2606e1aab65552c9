"""Pages with errors, with nothing, with menus open: nothing for axe to find, none too wide."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import User
from courses.models import Course
from meetings.models import Meeting
from partnerships.models import Agreement
from tests import page_states
from tests.e2e.looking import faults, seen_by_axe, told
from tests.test_access import World, address

EMPTY_FOR = {
    "case2": ("desk:today", "meetings:list", "courses:overdue"),
    "job2": ("portal:today", "courses:files"),
}
CLEARED = """() => {
  const form = document.querySelector("#main-content form");
  const fields = form.querySelectorAll("input:not([type=hidden]), textarea, select");
  if (!fields.length) return false;
  for (const one of fields) {
    if (one.tagName === "SELECT") continue;
    if (/radio|checkbox/.test(one.type)) one.checked = false; else one.value = "";
  }
  form.requestSubmit();
  return true;
}"""


def test_every_form_is_fit_when_it_is_sent_empty(page: Page, everything: World, enter) -> None:
    found, said = {}, 0
    for name in page_states.refused_when_empty(everything):
        if name == "sign-in":
            continue  # a visitor's form: tests/test_accessibility.py
        who = page_states.readers_of(name)[0]
        enter(everything.clients[who], address(name, everything))
        if not page.evaluate(CLEARED):
            continue  # it asks nothing, only whether to go on
        page.wait_for_selector("[data-error-summary], .alert-success", state="visible")
        said += page.locator("[data-error-summary]").count()
        found[name] = list(faults(page))

    assert said > 5
    assert told(found) == ""


def test_a_page_with_nothing_on_it_is_fit_for_everyone(
    page: Page, everything: World, enter
) -> None:
    found = {}
    for who, names in EMPTY_FOR.items():
        for name in names:
            enter(everything.clients[who], reverse(name))
            assert page.locator(".kf-empty").count(), name
            found[name] = list(faults(page))

    assert told(found) == ""


def test_a_list_is_fit_after_it_was_swapped_and_while_menus_are_open(
    page: Page, everything: World, enter
) -> None:
    found = {}
    enter(everything.clients["case"], reverse("desk:today"))
    page.locator("#filter-name").press_sequentially("Zzz")
    page.wait_for_url("**navn=Zzz**")
    found["swapped"] = list(faults(page))
    page.goto(reverse("desk:today"))
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    found["menus"] = list(seen_by_axe(page))
    page.goto(reverse("desk:today"))
    page.evaluate("document.querySelector('dialog')?.showModal()")
    found["dialog"] = list(seen_by_axe(page))
    page.goto(everything.course.get_absolute_url())
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
    found["reasons"] = list(faults(page))

    assert told(found) == ""


def pages_of_the_demo() -> Iterator[tuple[str, str]]:
    """Who looks at which page of the demo world, where there is much to see."""
    yield "sagsbehandler", reverse("desk:today")
    yield "sagsbehandler", f"{reverse('desk:today')}?vis=registrering"
    yield "sagsbehandler", reverse("meetings:list")
    yield "planlaegger", reverse("desk:today")
    yield "jobkonsulent", f"{reverse('portal:today')}?vis=svar"
    made_up = Agreement.objects.filter(made_up=True).earliest("pk")
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

    assert told(found) == ""


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
