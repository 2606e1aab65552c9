"""Coming in, speaking another language, leaving, and being shut out."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.e2e.steps import MAIN, Place, send, sign_in
from tests.factories import AgreementFactory, UserFactory


def own_menu(page: Page) -> None:
    page.locator(".kf-bar > .kf-menu:not(.kf-burger) > summary").click()


def speak(page: Page, language: str) -> None:
    own_menu(page)
    page.locator(f'button[name="language"][value="{language}"]').click()
    expect(page.locator("html")).to_have_attribute("lang", language)


def test_a_person_chooses_the_language_and_leaves(page: Page, place: Place) -> None:
    sign_in(page, place.world.caseworker)
    expect(page).to_have_url(reverse("desk:today"))
    expect(page.locator("html")).to_have_attribute("lang", "da")

    speak(page, "en")
    expect(page.locator("h1")).to_have_text("Today")
    expect(page).to_have_url(reverse("desk:today"))
    page.goto(place.course.get_absolute_url())
    expect(page.locator("#journal h2")).to_have_text("Journal")
    expect(page.locator("#duties h2")).to_have_text("Interviews and deadlines")

    speak(page, "da")
    expect(page).to_have_url(place.course.get_absolute_url())
    own_menu(page)
    page.locator(f'form[action="{reverse("sign-out")}"] button').click()
    expect(page).to_have_url(reverse("sign-in"))
    page.goto(place.course.get_absolute_url())
    expect(page.locator("[name=password]")).to_be_visible()


@pytest.mark.complains
def test_five_wrong_passwords_lock_the_sign_in(page: Page, place: Place, settings) -> None:
    settings.AXES_ENABLED = True
    who = place.world.caseworker
    for _ in range(4):
        sign_in(page, who, "forkert")
        expect(page.locator("[data-error-summary]")).to_be_focused()

    sign_in(page, who, "forkert")
    expect(page.locator("[name=password]")).to_have_count(0)
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        sign_in(page, who)
    assert answered.value.status == 429
    page.goto(reverse("desk:today"))
    expect(page).to_have_url(f"{reverse('sign-in')}?next={reverse('desk:today')}")


@pytest.mark.complains
def test_another_a_kasse_finds_no_such_course(page: Page, place: Place, enter) -> None:
    address = place.course.get_absolute_url()
    with page.expect_response(f"**{address}") as answered:
        enter(place.world.stranger, address)
    assert answered.value.status == 404
    expect(page.locator(MAIN)).not_to_contain_text(place.course.citizen.last_name)
    page.goto(reverse("courses:search"))
    page.locator("#search-q").fill("Strandløkke")
    send(page)
    expect(page.locator(".kf-empty")).to_be_visible()
    expect(page.locator(f'a[href="{address}"]')).to_have_count(0)


def test_the_steering_group_reads_agreements_and_meets_no_citizen(
    page: Page, place: Place, enter
) -> None:
    agreement = AgreementFactory(parties=[place.world.jobcentre, place.world.a_kasse], terms={})
    steering = UserFactory(role="steering_group", organisation=place.world.jobcentre)
    enter(steering, reverse("partnerships:front_door"))
    expect(page).to_have_url(reverse("partnerships:agreements"))
    expect(page.locator("[name=q]")).to_have_count(0)

    page.locator(MAIN).get_by_role("link", name=agreement.title).click()
    expect(page.locator("h1")).to_contain_text(agreement.title)
    expect(page.locator("body")).not_to_contain_text(place.course.citizen.last_name)
