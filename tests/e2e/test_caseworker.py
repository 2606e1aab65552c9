"""A caseworker finds what is late, understands it, books it, holds it, and says when nobody came."""

import re
from datetime import date, timedelta

from django.urls import reverse
from playwright.sync_api import Page, expect

from courses.flagging import sweep_changed
from courses.models import Flag
from courses.wording import source_of
from meetings.models import Meeting
from tests.courses.course_world import TODAY
from tests.e2e.steps import (
    MAIN,
    Place,
    follow,
    send,
    send_past_cautions,
    sign_in,
    write,
)
from tests.factories import moment

MONDAY = date(2026, 11, 30)
AT_TEN = {"day": "30.11.2026", "starts": "10.00"}


def path_of(meeting: Meeting) -> str:
    return reverse("meetings:detail", args=[meeting.pk])


def test_a_late_interview_is_found_and_its_date_explained(page: Page, place: Place) -> None:
    duty = place.late
    sign_in(page, place.world.caseworker)
    expect(page).to_have_url(reverse("desk:today"))
    row = page.locator("tr.kf-row", has=page.locator(f'a[href*="duty={duty.pk}"]'))
    expect(row.locator(".kf-st--over")).to_be_visible()

    row.get_by_role("link", name=place.course.citizen.name, exact=True).click()
    owed = page.locator(f"#duty-{duty.pk}")
    reason = owed.locator("details p").first
    expect(reason).to_be_hidden()
    owed.locator("summary").click()
    expect(reason).to_be_visible()
    expect(reason).to_contain_text("LAB § 31")


def test_a_booking_stands_on_the_course_and_on_the_worklist(
    page: Page, place: Place, enter
) -> None:
    duty = place.late
    owed = page.locator(f"#duty-{duty.pk}")
    enter(place.world.caseworker, place.course.get_absolute_url())
    owed.locator(f'a[href*="duty={duty.pk}"]').click()
    write(page, **AT_TEN, room=str(place.room.pk))
    send(page)
    expect(page.locator("#messages .alert-success")).to_contain_text("30.11")
    meeting = Meeting.objects.get(duty=duty)
    expect(page).to_have_url(path_of(meeting))
    assert meeting.starts_at == moment(MONDAY, 10)

    follow(page, place.course.get_absolute_url())
    expect(owed.locator(f'a[href="{path_of(meeting)}"]')).to_be_visible()
    expect(owed).to_contain_text("30.11")
    expect(page.locator("#meetings a")).to_have_attribute("href", path_of(meeting))
    page.goto(reverse("desk:today"))
    expect(page.locator(f'{MAIN} a[href="{path_of(meeting)}"]')).to_contain_text("30.11")
    expect(page.locator(f'a[href*="duty={duty.pk}"]')).to_have_count(0)


def test_an_outcome_settles_the_duty_and_the_flag(page: Page, place: Place, enter) -> None:
    duty = place.late
    meeting = place.booked(duty, moment(TODAY, 8))
    enter(place.world.caseworker, reverse("courses:overdue"))
    flag = Flag.objects.get(duty=duty, resolved_at=None)
    acknowledge = reverse("courses:acknowledge", args=[place.course.pk, flag.pk])
    late = page.locator(f'a[href="{acknowledge}"]')
    expect(late).to_have_count(1)

    page.goto(place.course.get_absolute_url())
    follow(page.locator(f"#duty-{duty.pk}"), reverse("meetings:outcome", args=[meeting.pk]))
    write(page, outcome="held", jobcentre="came", agreed="Søger bredt.", next_step="Ny samtale.")
    send(page)
    expect(page.locator(MAIN)).to_contain_text("Søger bredt.")

    follow(page, place.course.get_absolute_url())
    owed = page.locator(f"#duty-{duty.pk}")
    expect(owed.locator('a[href*="resultat"]')).to_have_count(0)
    expect(owed).to_contain_text("23.11.2026")
    sweep_changed(on=TODAY)
    page.goto(reverse("courses:overdue"))
    expect(late).to_have_count(0)
    assert Flag.objects.get(pk=flag.pk).resolution == Flag.Resolution.HELD


def test_an_absence_shows_what_it_would_move_before_it_is_recorded(
    page: Page, place: Place, enter
) -> None:
    address = reverse("courses:record_absence", args=[place.course.pk])
    enter(place.world.caseworker, place.course.get_absolute_url())
    page.locator(".kf-record summary").click()
    follow(page.locator(".kf-record"), address)
    write(page, kind="sick", starts_on="05.10.2026", ends_on="01.11.2026")
    send(page)
    moved = page.locator("table.kf-moves tbody tr", has_text=source_of(place.joint.rule)).first
    before, after = moved.locator("del").inner_text(), moved.locator("ins").inner_text()
    assert before != after
    assert not place.course.citizen.absences.exists()

    page.locator('button[name="step"][value="confirm"]').click()
    expect(page.locator("#messages .alert-success")).to_be_visible()
    expect(page.locator("#absences")).to_contain_text("1.11.2026")
    page.locator("#journal details summary").first.click()
    kept = page.locator(
        "#journal table.kf-moves tbody tr", has_text=source_of(place.joint.rule)
    ).first
    expect(kept.locator("del")).to_have_text(before)
    expect(kept.locator("ins")).to_have_text(after)


def test_a_taken_time_is_refused_in_words_and_nothing_written_is_lost(
    page: Page, place: Place, enter
) -> None:
    place.booked(place.joint, moment(MONDAY, 10))
    duty = place.late
    enter(
        place.world.caseworker, f"{reverse('meetings:book', args=[place.course.pk])}?duty={duty.pk}"
    )
    write(page, **AT_TEN, minutes="60", room=str(place.room.pk), place="2. sal, til venstre")
    send_past_cautions(page)

    refusal = page.locator("[data-error-summary]")
    expect(refusal).to_be_focused()
    expect(refusal).to_contain_text(re.compile(r"\w+ \w+ \w+"))
    for name, value in {
        **AT_TEN,
        "minutes": "60",
        "room": str(place.room.pk),
        "place": "2. sal, til venstre",
    }.items():
        expect(page.locator(f'{MAIN} [name="{name}"]')).to_have_value(value)
    assert not Meeting.objects.filter(duty=duty).exists()

    write(page, starts="11.00")
    send(page)
    expect(page.locator("#messages .alert-success")).to_be_visible()
    assert Meeting.objects.get(duty=duty).starts_at == moment(MONDAY, 11)


def test_a_search_finds_by_name_number_and_cpr_and_the_address_holds_none(
    page: Page, place: Place, enter
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    course, box = place.course, page.locator("#search-text")
    enter(place.world.caseworker, reverse("desk:today"))

    box.fill("amina strand")
    box.press("Enter")
    expect(page.locator(f'{MAIN} a[href="{course.get_absolute_url()}"]')).to_be_visible()
    for words in (course.case_number, "620185-0001", "6201850001"):
        page.goto(reverse("courses:search"))
        box.fill(words)
        box.press("Enter")
        page.wait_for_url(f"**{course.get_absolute_url()}")
    assert not [url for url in asked if "620185" in url or "amina" in url.lower()]
    expect(page.locator("body")).not_to_contain_text("620185")


def test_a_no_show_is_notified_with_its_evidence_and_answered(
    page: Page, place: Place, enter
) -> None:
    meeting = place.booked(place.late, moment(TODAY - timedelta(4), 9))
    own, detail = place.world.caseworker, path_of(meeting)
    enter(own, reverse("meetings:outcome", args=[meeting.pk]))
    write(page, outcome="no_show", contact_attempts="Ringet to gange torsdag.")
    send(page)
    page.wait_for_url(f"**{reverse('meetings:notify', args=[meeting.pk])}**")
    expect(page.locator(".kf-facts")).to_contain_text("Ringet to gange torsdag.")
    send(page)
    expect(page.locator("#messages .alert-success")).to_be_visible()

    notification = meeting.notifications.get()
    enter(place.world.consultant, f"{reverse('portal:today')}?vis=svar")
    follow(page.locator(MAIN), reverse("meetings:answer", args=[notification.pk]))
    expect(page.locator(".kf-facts")).to_contain_text("Ringet to gange torsdag.")
    write(page, code="SK-12", answer="Gyldig grund.")
    send(page)
    expect(page.locator("#messages .alert-success")).to_be_visible()

    enter(own, detail)
    expect(page.locator(MAIN)).to_contain_text("SK-12")
    expect(page.locator(MAIN)).to_contain_text("Gyldig grund.")
