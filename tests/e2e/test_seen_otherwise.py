"""The pages in forced colours, without motion, on paper, and by keys alone."""

import pikepdf
import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from courses.models import Flag
from meetings.models import Meeting
from tests.courses.course_world import TODAY
from tests.e2e.steps import MAIN, PASSWORD, Place, tab_to
from tests.factories import moment

A4_LANDSCAPE = (842, 595)  # points


def test_in_forced_colours_shapes_and_focus_can_be_seen(page: Page, place: Place, enter) -> None:
    page.emulate_media(forced_colors="active", color_scheme="dark")
    enter(place.world.caseworker, reverse("desk:today"))

    shape = page.locator(".kf-st--over svg").first
    expect(shape).to_be_visible()
    expect(shape).to_have_css("background-color", "rgb(255, 255, 255)")
    tab_to(page, f"{MAIN} a")
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ring == "solid"


def test_who_wants_no_motion_gets_none(page: Page, place: Place, enter) -> None:
    page.emulate_media(reduced_motion="reduce")
    enter(place.world.caseworker, place.course.get_absolute_url())

    moving = page.evaluate(
        """[...document.querySelectorAll("*")].filter((one) => {
          const style = getComputedStyle(one);
          return parseFloat(style.transitionDuration) > 0 || style.animationName !== "none";
        }).length"""
    )
    assert moving == 0


@pytest.mark.parametrize("what", ["list", "course"])
def test_what_is_printed_fits_on_a4_and_warns_of_personal_data(
    page: Page, place: Place, enter, pictures, what: str
) -> None:
    address = reverse("desk:today") if what == "list" else place.course.get_absolute_url()
    enter(place.world.caseworker, address)
    page.emulate_media(media="print")

    expect(page.locator(".kf-print-note")).to_be_visible()
    expect(page.locator(".kf-header")).to_be_hidden()
    expect(page.locator(f"{MAIN} .button:visible")).to_have_count(0)
    paper = pictures / f"print-{what}.pdf"
    page.pdf(path=paper, prefer_css_page_size=True, print_background=True)
    with pikepdf.open(paper) as printed:
        sizes = {tuple(round(float(side)) for side in one.mediabox[2:]) for one in printed.pages}
    assert sizes == {A4_LANDSCAPE}


def test_a_person_signs_in_by_keyboard_alone(page: Page, place: Place) -> None:
    who = place.world.caseworker
    who.set_password(PASSWORD)
    who.save()
    page.goto(reverse("partnerships:front_door"))

    expect(page.locator("[name=username]")).to_be_focused()
    page.keyboard.type(who.username)
    tab_to(page, "[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    expect(page).to_have_url(reverse("desk:today"))


def test_an_outcome_is_recorded_by_keyboard_alone(page: Page, place: Place, enter) -> None:
    meeting = place.booked(place.late, moment(TODAY, 8))
    enter(place.world.caseworker, reverse("meetings:outcome", args=[meeting.pk]))

    tab_to(page, f"{MAIN} [name=outcome]", then="Space")
    tab_to(page, f"{MAIN} button.button-primary", then="Enter")

    expect(page.locator("#messages .alert-success")).to_be_visible()
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.HELD


def test_a_late_interview_is_acknowledged_by_keyboard_alone(
    page: Page, place: Place, enter
) -> None:
    flag = Flag.objects.overdue().filter(duty=place.late).get()
    enter(place.world.caseworker, reverse("courses:acknowledge", args=[place.course.pk, flag.pk]))

    tab_to(page, f"{MAIN} [name=cause]", then="ArrowDown")
    tab_to(page, f"{MAIN} [name=responsible_side]", then="Space")
    tab_to(page, f"{MAIN} button.button-primary", then="Enter")

    expect(page.locator("#messages .alert-success")).to_be_visible()
    flag.refresh_from_db()
    assert flag.cause
    assert flag.acknowledged_by == place.world.caseworker
