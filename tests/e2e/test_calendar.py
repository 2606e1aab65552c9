"""The calendar by keys and by pointer: walking, picking, restoring, and moving an interview."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from slots.models import Pool, Slot, SlotBooking
from tests.courses.course_world import TODAY
from tests.e2e.steps import Place
from tests.factories import MeetingFactory, moment

DAY = TODAY + timedelta(1)


def opened_times(place: Place) -> list[Slot]:
    """A pool with three times on one day; an interview sits in the first."""
    house = place.world.jobcentre
    days = {
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(30),
        "starts": "09:00",
        "ends": "15:00",
    }
    pool = Pool.objects.create(jobcentre=house, name="Pool", is_published=True, **days)
    slots = [
        Slot.objects.create(
            pool=pool, jobcentre=house, room=place.room, form="in_person",
            starts_at=moment(DAY, hour), ends_at=moment(DAY, hour) + timedelta(minutes=45),
        )
        for hour in (9, 10, 13)
    ]  # fmt: skip
    meeting = MeetingFactory(
        course=place.course, kind="joint", held_by="jobcentre", with_other_party=True,
        starts_at=slots[0].starts_at, ends_at=slots[0].ends_at, room=place.room,
    )  # fmt: skip
    SlotBooking.objects.create(slot=slots[0], meeting=meeting)
    return slots


def test_times_are_walked_by_arrows_and_escape_goes_back(page: Page, place: Place, enter) -> None:
    first, second, last = (f"#t{one.pk}" for one in opened_times(place))
    enter(place.world.caseworker, f"/kalender/?dag={DAY}")
    assert page.locator('.kf-slot[tabindex="0"]').count() == 1

    page.locator('.kf-slot[tabindex="0"]').focus()
    for key, reached in (("End", last), ("ArrowUp", second), ("Home", first)):
        page.keyboard.press(key)
        expect(page.locator(reached)).to_be_focused()

    page.keyboard.press("Enter")
    page.locator("#move").press("Enter")
    page.wait_for_url("**flyt=ja**")
    expect(page.locator(first)).to_have_class("kf-slot kf-slot--moving")
    page.locator('.kf-slot[tabindex="0"]').press("Escape")
    page.wait_for_url(lambda url: "flyt" not in url)


def test_an_interview_is_dragged_to_a_free_time_and_moved_when_that_is_confirmed(
    page: Page, place: Place, enter
) -> None:
    slots = opened_times(place)
    enter(place.world.caseworker, f"/kalender/?dag={DAY}")

    page.locator(f"#t{slots[0].pk}").drag_to(page.locator(f"#t{slots[1].pk}"))

    page.wait_for_url("**/kalender/flyt/**")
    button = page.locator("main .button-primary")
    expect(button).to_contain_text("10")
    button.click()
    page.wait_for_url("**/kalender/?**")
    assert SlotBooking.objects.get(is_live=True).slot == slots[1]
