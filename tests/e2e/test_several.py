"""A caseworker clears ten late rows at once, and takes it all back."""

from datetime import timedelta

from django.urls import reverse
from playwright.sync_api import Page, expect

from courses.models import MeetingKind, Party
from letters.models import Letter
from meetings.models import Meeting
from tests.courses.course_world import TODAY
from tests.e2e.looking import faults, told
from tests.e2e.steps import Place
from tests.factories import CourseFactory, DutyFactory

ROWS = 10


def late_rows(place: Place) -> None:
    for number in range(ROWS):
        course = CourseFactory(
            municipality=place.course.municipality,
            registered_on=TODAY - timedelta(200),
            jobcentre_from=TODAY - timedelta(30),
            regime="2024",
        )
        DutyFactory(
            course=course,
            rule="R24-02",
            ordinal=2,
            kind=MeetingKind.JOB,
            responsible=Party.JOBCENTRE,
            due_on=TODAY - timedelta(9 + number),
        )


def previewed(page: Page, place: Place, found: dict[str, list[str]]) -> None:
    """From the list by way of the form to the preview."""
    boxes = page.locator('input[name="duty"]')
    for number in range(ROWS):
        boxes.nth(number).check()
    page.locator('button[name="act"][value="book"]').click()
    expect(page).to_have_url(reverse("meetings:several"))
    page.locator("select[name=room]").select_option(str(place.room.pk))
    page.locator(".kf-form-foot button").click()
    expect(page.locator("table.kf-several tbody tr")).to_have_count(ROWS)
    found["preview"] = list(faults(page))


def test_ten_late_rows_are_booked_at_once_and_undone_again(page: Page, place: Place, enter) -> None:
    late_rows(place)
    found: dict[str, list[str]] = {}
    booked = Meeting.objects.filter(booked_by=place.world.caseworker)
    enter(place.world.caseworker, reverse("desk:today"))
    previewed(page, place, found)
    assert not booked.exists()

    page.locator(".kf-several-foot button").click()
    expect(page.locator(".kf-several-sum")).to_be_focused()
    found["result"] = list(faults(page))
    assert len({one.starts_at for one in booked}) == booked.count() == ROWS
    assert Letter.objects.filter(state="waiting").count() == ROWS

    page.locator(".kf-several-undo button").press("Enter")
    expect(page.locator(".kf-several-undo")).to_have_count(0)
    expect(page.locator(".kf-several-sum")).to_be_focused()
    assert set(booked.values_list("state", flat=True)) == {"cancelled"}
    assert not Letter.objects.exclude(state="taken_back").exists()
    assert told(found) == ""
