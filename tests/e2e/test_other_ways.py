"""The same work by keyboard alone, and without JavaScript."""

import re
from datetime import date

from django.urls import reverse
from playwright.sync_api import Page, expect

from courses.models import Flag, Party
from meetings.models import Meeting
from tests.courses.course_world import TODAY
from tests.e2e.steps import MAIN, Place, choose, follow, send, tab_to
from tests.factories import moment

MONDAY = date(2026, 11, 30)


def test_the_first_keys_skip_the_bar_and_reach_the_search(page: Page, place: Place, enter) -> None:
    enter(place.world.caseworker, reverse("desk:today"))
    page.keyboard.press("Tab")
    expect(page.locator(".skipnav")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(MAIN)).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#search-text")).to_be_focused()
    page.keyboard.type("1/2")
    expect(page.locator("#search-text")).to_have_value("1/2")


def test_a_late_interview_is_booked_by_keyboard_alone(page: Page, place: Place, enter) -> None:
    duty, course = place.late, place.course.get_absolute_url()
    enter(place.world.caseworker, reverse("desk:today"))
    tab_to(page, f'a[href="{course}"]', then="Enter")
    page.wait_for_url(f"**{course}")
    tab_to(page, f"#duty-{duty.pk} summary", then="Enter")
    expect(page.locator(f"#duty-{duty.pk} details p").first).to_be_visible()
    tab_to(page, f'a[href*="duty={duty.pk}"]', then="Enter")

    page.wait_for_url("**/samtaler/book/**")
    for name, text in (("day", "30.11.2026"), ("starts", "10.00")):
        tab_to(page, f"[name={name}]")
        page.keyboard.type(text)
    tab_to(page, "[name=room]", then="ArrowDown")
    tab_to(page, f"{MAIN} button.button-primary", then="Enter")
    expect(page.locator("#messages .alert-success")).to_be_visible()
    assert Meeting.objects.get(duty=duty).starts_at == moment(MONDAY, 10)


def test_the_worklist_is_filtered_without_javascript(
    page: Page, plain: Page, place: Place, enter
) -> None:
    enter(place.world.caseworker, reverse("desk:today"), plain)
    rows, filtered = plain.locator("tr.kf-row"), ".kf-filters button[type=submit]"
    assert rows.count() > 1
    plain.fill("[name=navn]", "ingen hedder sådan")
    plain.click(filtered)
    expect(rows).to_have_count(0)
    plain.fill("[name=navn]", "strandløkke")
    plain.locator("[name=samtale]").select_option("job")
    plain.click(filtered)
    expect(plain).to_have_url(re.compile("samtale=job"))
    expect(rows).to_have_count(3)


def test_an_interview_is_booked_without_javascript(
    page: Page, plain: Page, place: Place, enter
) -> None:
    duty = place.late
    address = f"{reverse('meetings:book', args=[place.course.pk])}?duty={duty.pk}"
    enter(place.world.caseworker, reverse("desk:today"), plain)
    follow(plain, address)
    plain.fill("[name=day]", "30.11.2026")
    plain.fill("[name=starts]", "10.00")
    plain.locator("[name=room]").select_option(str(place.room.pk))
    send(plain)
    expect(plain.locator("#messages .alert-success")).to_be_visible()
    assert Meeting.objects.get(duty=duty).starts_at == moment(MONDAY, 10)


def test_an_outcome_is_recorded_without_javascript(
    page: Page, plain: Page, place: Place, enter
) -> None:
    meeting = place.booked(place.late, moment(TODAY, 8))
    enter(place.world.caseworker, reverse("desk:today"), plain)
    follow(plain.locator(MAIN), reverse("meetings:outcome", args=[meeting.pk]))
    plain.locator('label[for="id_outcome_0"]').click()
    plain.fill("[name=agreed]", "Søger bredt.")
    send(plain)
    expect(plain.locator("#messages .alert-success")).to_be_visible()
    meeting.refresh_from_db()
    assert (meeting.state, meeting.agreed) == (Meeting.State.HELD, "Søger bredt.")


def test_a_late_interview_is_acknowledged_without_javascript(
    page: Page, plain: Page, place: Place, enter
) -> None:
    flag = Flag.objects.overdue().get(duty=place.late)
    enter(place.world.caseworker, reverse("courses:overdue"), plain)
    follow(plain, reverse("courses:acknowledge", args=[place.course.pk, flag.pk]))
    plain.locator("[name=cause]").select_option(Flag.Cause.NO_TIMES)
    choose(plain, "responsible_side", Party.JOBCENTRE)
    send(plain)
    expect(plain.locator("#messages .alert-success")).to_be_visible()
    flag.refresh_from_db()
    assert (flag.cause, flag.acknowledged_by) == ("no_times", place.world.caseworker)


def test_one_cause_is_said_of_several_late_interviews_without_javascript(
    page: Page, plain: Page, place: Place, enter
) -> None:
    late = list(Flag.objects.open().overdue().filter(duty__course=place.course))
    enter(place.world.caseworker, reverse("courses:overdue"), plain)
    for flag in late:
        plain.check(f"#flag-{flag.pk}")
    send(plain)
    plain.locator("[name=cause]").select_option(Flag.Cause.NO_TIMES)
    choose(plain, "responsible_side", Party.JOBCENTRE)
    send(plain)
    expect(plain.locator(f"{MAIN} .kf-st--held")).to_have_count(len(late))
    assert not Flag.objects.open().overdue().exists()
