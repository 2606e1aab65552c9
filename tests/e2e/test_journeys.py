"""The days of the people who keep these screens open, each from its beginning to its end."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from courses.flagging import sweep, sweep_changed
from courses.models import Flag, MeetingKind, Party
from letters.models import Letter
from meetings.models import Meeting
from tests.courses.course_world import TODAY, make_course
from tests.e2e.steps import MAIN, Place, follow, send, write
from tests.factories import AbsenceFactory, CourseFactory, DutyFactory

pytestmark = [pytest.mark.slow]


def late_interviews(place: Place, count: int) -> list[int]:
    """Job interviews of other citizens that the jobcentre has not held in time."""
    world = place.world
    theirs = {
        "a_kasse": world.a_kasse,
        "municipality": world.course.municipality,
        "registered_on": date(2026, 3, 9),
        "jobcentre_from": date(2026, 6, 1),
    }
    return [
        DutyFactory(
            course=CourseFactory(**theirs),
            rule="R24-03",
            ordinal=3,
            kind=MeetingKind.JOB,
            responsible=Party.JOBCENTRE,
            due_on=TODAY - timedelta(days),
        ).pk
        for days in range(3, 3 + count)
    ]


def test_a_caseworker_clears_ten_late_rows_and_changes_their_mind(
    page: Page, place: Place, enter
) -> None:
    owed = late_interviews(place, 10)
    enter(place.world.caseworker, reverse("desk:today") + "?vis=overskredet")
    for duty in owed:
        page.locator(f"#v{duty}").check()
    page.locator('#several button[name="act"][value="book"]').click()
    write(page, room=str(place.room.pk))
    send(page)
    assert not Meeting.objects.filter(duty__in=owed).exists()
    send(page)

    expect(page.locator(f"{MAIN} tbody tr")).to_have_count(10)
    made = Meeting.objects.filter(duty__in=owed, state=Meeting.State.BOOKED)
    assert made.count() == len(set(made.values_list("starts_at", flat=True))) == 10
    assert Letter.objects.filter(state="waiting").count() == 10

    page.locator('form[action$="/fortryd/"] button').first.click()
    expect(page.locator(f"{MAIN} tbody tr")).to_have_count(10)
    assert not Meeting.objects.filter(duty__in=owed, state=Meeting.State.BOOKED).exists()
    assert not Letter.objects.filter(state="waiting").exists()


def test_an_absence_in_january_said_right_moves_dates_and_closes_a_flag(
    page: Page, place: Place, enter
) -> None:
    world = place.world
    course = make_course(
        world.a_kasse,
        world.course.municipality,
        date(2025, 7, 16),
        cpr="6201850002",
        name=("Bo", "Tangmose"),
    )
    wrong = AbsenceFactory(
        citizen=course.citizen, kind="sick", starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 10)
    )
    duty = course.duties.get(rule="R24-07")
    sweep(on=TODAY)
    assert Flag.objects.filter(duty=duty, resolved_at=None).exists(), (duty.due_on, duty.late_from)

    enter(world.caseworker, course.get_absolute_url())
    said_before = page.locator(f"#duty-{duty.pk}").inner_text()
    follow(page.locator("#absences"), reverse("courses:record_absence", args=[course.pk]))
    write(page, kind="sick", starts_on="05.01.2026", ends_on="31.01.2026")
    send(page)
    moved = page.locator("table.kf-moves tbody tr", has_text=duty.rule).first
    before, after = moved.locator("del").inner_text(), moved.locator("ins").inner_text()
    page.locator('button[name="step"][value="confirm"]').click()

    expect(page.locator("#messages .alert-success")).to_be_visible()
    expect(page.locator("#absences")).to_contain_text("31.1.2026")
    assert page.locator(f"#duty-{duty.pk}").inner_text() != said_before
    assert (before, after) == (
        "12.11.2026",
        "26.11.2026",
    )  # ten working days after the fourteenth day
    sweep_changed(on=TODAY)
    assert not Flag.objects.filter(duty=duty, resolved_at=None).exists()
    page.goto(reverse("courses:overdue"))
    expect(page.locator(MAIN)).not_to_contain_text("Tangmose")
