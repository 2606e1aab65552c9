"""The days of the people who keep these screens open, each from its beginning to its end."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import Page, expect

from courses.flagging import sweep, sweep_changed
from courses.models import Course, Flag, MeetingKind, Party
from courses.wording import source_of
from handovers.preparing import prepare
from letters.models import Letter
from meetings.models import Meeting
from tests.courses.course_world import TODAY, make_course
from tests.e2e.steps import MAIN, Place, follow, send, send_past_cautions, write
from tests.factories import AbsenceFactory, CourseFactory, DutyFactory, moment

pytestmark = [pytest.mark.slow]
MEMBER = """cpr,first_name,last_name,municipality,registered_on
620385-0001,Ea,Østberg,101,2026-08-31
"""
FIRST = TODAY + timedelta(1)


@pytest.fixture(params=[1440, 390], ids=["desk", "phone"])
def tab(request: pytest.FixtureRequest, page: Page) -> Page:
    """The same journey at a desk and on a phone."""
    page.set_viewport_size({"width": request.param, "height": 844})
    return page


@pytest.fixture
def phone(page: Page) -> Page:
    """On a phone alone: `test_several.py` does the same at a desk."""
    page.set_viewport_size({"width": 390, "height": 844})
    return page


def test_a_consultant_imports_books_holds_and_hands_over(
    tab: Page, place: Place, worker, enter
) -> None:
    course = imported(tab, place, enter)
    hold_first(tab, course)
    prepare(on=FIRST, at=moment(FIRST, 5))
    hand_over(tab, course)
    enter(place.world.caseworker, reverse("handovers:handover", args=[course.pk]))
    expect(tab.locator(MAIN)).to_contain_text("Ring til arbejdsgiveren.")
    follow(tab.locator(MAIN), reverse("handovers:accept", args=[course.pk]))
    send(tab)
    expect(tab.locator("#messages .alert-success")).to_be_visible()
    course.refresh_from_db()
    assert course.caseworker == place.world.caseworker
    assert course.handovers.get().state == "accepted"


def imported(page: Page, place: Place, enter) -> Course:
    """One member sent in a file, looked through and taken in by the worker."""
    enter(place.world.consultant, reverse("courses:files"))
    file = {"name": "members.csv", "mimeType": "text/csv", "buffer": MEMBER.encode()}
    page.locator("input[type=file]").set_input_files([file])
    send(page)
    page.locator('form[action$="/tag-ind/"] button').click()
    expect(page.locator("#upload .kf-st--held")).to_be_visible(timeout=30_000)
    return Course.objects.get(citizen__last_name="Østberg")


def hold_first(page: Page, course: Course) -> None:
    """The first interview owed is booked for tomorrow; when it has been, its outcome is said."""
    page.goto(course.get_absolute_url())
    follow(page.locator("#duties"), reverse("meetings:book", args=[course.pk]))
    write(page, form="phone", day=f"{FIRST:%d.%m.%Y}", starts="9.00")
    send_past_cautions(page)
    expect(page.locator("#messages .alert-success")).to_be_visible()
    meeting = Meeting.objects.get(course=course)
    assert meeting.starts_at == moment(FIRST, 9)
    with time_machine.travel(moment(FIRST, 10)):
        page.goto(reverse("meetings:outcome", args=[meeting.pk]))
        write(page, outcome="held", a_kasse="came", next_step="Ny samtale om tre uger.")
        send(page)
        expect(page.locator("#messages .alert-success")).to_be_visible()
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.HELD


def hand_over(page: Page, course: Course) -> None:
    """The sheet is written and sent to the jobcentre."""
    page.goto(reverse("handovers:sheet", args=[course.pk]))
    write(
        page,
        next_actions="Ring til arbejdsgiveren.",
        citizen_told_on=f"{TODAY:%d.%m.%Y}",
        participation="wanted",
    )
    page.locator('button[name="step"][value="send"]').click()
    expect(page.locator("#messages .alert-success")).to_be_visible()


def test_two_a_kasser_see_nothing_of_each_others(page: Page, place: Place, enter) -> None:
    world, stranger = place.world, place.world.stranger
    duty = place.joint
    meeting = place.booked(place.late, moment(FIRST, 9))
    case = place.course.case_number
    named = place.course.citizen.last_name
    addresses = [
        reverse("portal:today") + "?hvis=alle",
        reverse("meetings:list"),
        reverse("courses:overdue"),
        reverse("handovers:list"),
        reverse("letters:list"),
        reverse("notices:list"),
    ]
    for who, sees in ((stranger, False), (world.consultant, True)):
        enter(who, reverse("portal:today"))
        seen = ""
        for address in addresses:
            page.goto(address)
            seen += page.locator("body").inner_text()
        page.goto(reverse("courses:search"))
        page.locator("#search-q").fill(named)
        send(page)
        seen += page.locator(MAIN).inner_text()
        assert (case in seen) == sees
        assert (named in seen.replace(f"”{named}”", "")) == sees
        closed = [
            place.course.get_absolute_url(),
            reverse("meetings:detail", args=[meeting.pk]),
            reverse("meetings:book", args=[place.course.pk]) + f"?duty={duty.pk}",
        ]
        answers = [page.request.get(address).status for address in closed]
        assert (404 not in answers) if sees else answers == [404] * 3


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
    phone: Page, place: Place, enter
) -> None:
    owed = late_interviews(place, 10)
    enter(place.world.caseworker, reverse("desk:today") + "?vis=overskredet")
    for duty in owed:
        phone.locator(f"#v{duty}").check()
    phone.locator('#several button[name="act"][value="book"]').click()
    write(phone, room=str(place.room.pk))
    send(phone)
    assert not Meeting.objects.filter(duty__in=owed).exists()
    send(phone)

    expect(phone.locator(f"{MAIN} tbody tr")).to_have_count(10)
    made = Meeting.objects.filter(duty__in=owed, state=Meeting.State.BOOKED)
    assert made.count() == len(set(made.values_list("starts_at", flat=True))) == 10
    assert Letter.objects.filter(state="waiting").count() == 10

    phone.locator('form[action$="/fortryd/"] button').first.click()
    expect(phone.locator(f"{MAIN} tbody tr")).to_have_count(10)
    assert not Meeting.objects.filter(duty__in=owed, state=Meeting.State.BOOKED).exists()
    assert not Letter.objects.filter(state="waiting").exists()


def test_an_absence_in_january_said_right_moves_dates_and_closes_a_flag(
    tab: Page, place: Place, enter
) -> None:
    world = place.world
    course = make_course(
        world.a_kasse,
        world.course.municipality,
        date(2025, 7, 16),
        cpr="6201850002",
        name=("Bo", "Tangmose"),
    )
    AbsenceFactory(
        citizen=course.citizen, kind="sick", starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 10)
    )
    duty = course.duties.get(rule="R24-07")
    sweep(on=TODAY)
    overdue = Flag.objects.filter(duty=duty, stage="overdue", resolved_at=None)
    assert overdue.exists()

    enter(world.caseworker, course.get_absolute_url())
    follow(tab.locator("#absences"), reverse("courses:record_absence", args=[course.pk]))
    write(tab, kind="sick", starts_on="05.01.2026", ends_on="31.01.2026")
    send(tab)
    moved = tab.locator("table.kf-moves tbody tr", has_text=source_of(duty.rule)).first
    before, after = moved.locator("del").inner_text(), moved.locator("ins").inner_text()
    tab.locator('button[name="step"][value="confirm"]').click()

    expect(tab.locator("#messages .alert-success")).to_be_visible()
    expect(tab.locator("#absences")).to_contain_text("31.1.2026")
    expect(tab.locator(f"#duty-{duty.pk}")).to_contain_text(after)
    # The clock stands still on the ten working days after the fourteenth day.
    assert (before, after) == ("12.11.2026", "26.11.2026")
    sweep_changed(on=TODAY)
    assert not overdue.exists()
