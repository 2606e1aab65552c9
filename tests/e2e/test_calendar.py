"""The calendar by keys and by pointer: walking, picking, restoring, and moving an interview."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from letters.shipped import load_texts
from meetings.models import Participant
from slots.models import Pool, Slot, SlotBooking
from tests.courses.course_world import TODAY
from tests.e2e.steps import Place, tab_to
from tests.factories import CourseFactory, MeetingFactory, moment

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


def late_joint(place: Place) -> list[Slot]:
    """A joint interview that is late, and four times in which both parties stand ready."""
    house, a_kasse = place.world.jobcentre, place.world.a_kasse
    load_texts()
    place.course.duties.filter(kind="joint").update(
        opens_on=TODAY - timedelta(40), due_on=TODAY - timedelta(4), latest_on=None,
        late_from=TODAY - timedelta(3), soon_from=TODAY - timedelta(10),
    )  # fmt: skip
    days = {"starts_on": TODAY, "ends_on": TODAY + timedelta(30), "starts": "9:00", "ends": "15:00"}
    pool = Pool.objects.create(jobcentre=house, name="Pool", is_published=True, **days)
    both = {"worker": place.world.caseworker, "guest": place.world.consultant, "a_kasse": a_kasse}
    return [
        Slot.objects.create(
            pool=pool, jobcentre=house, room=place.room, form="in_person", **both,
            starts_at=moment(DAY, hour), ends_at=moment(DAY, hour) + timedelta(minutes=45),
        )
        for hour in (9, 10, 11, 13)
    ]  # fmt: skip


def picked_and_booked_by_keys(page: Page, slot: Slot) -> None:
    """The time below the first, by arrows; held, and booked without a mouse."""
    tab_to(page, ".kf-cal .kf-slot")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"#t{slot.pk}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#held")).to_be_visible()
    expect(page.locator(f"#t{slot.pk}")).to_be_focused()
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('.kf-case-foot .button-primary')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/samtaler/**")


def drag(page: Page, one: Slot, other: Slot) -> None:
    """Drag an interview to another time, which opens the page that asks first."""
    page.locator(f"#t{one.pk}").drag_to(page.locator(f"#t{other.pk}"))
    page.wait_for_url("**/kalender/flyt/**")


def test_a_late_joint_interview_is_booked_by_keys_seen_by_both_and_moved_by_hand(
    page: Page, place: Place, enter
) -> None:
    _first, second, third, last = late_joint(place)
    enter(place.world.caseworker, place.course.get_absolute_url())
    tab_to(page, '#duties a[href^="/kalender/?sag="]', "Enter")
    expect(page.locator(".kf-slot--proposed").first).to_be_visible()

    picked_and_booked_by_keys(page, second)
    booking = SlotBooking.objects.get(is_live=True)
    assert booking.slot == second
    assert Participant.objects.filter(meeting=booking.meeting, worker=second.guest).exists()
    for user in (place.world.consultant, place.world.caseworker):
        enter(user, f"/kalender/?dag={DAY}")
        expect(page.locator(f"#t{second.pk}")).to_contain_text("A.S.")

    drag(page, second, third)
    page.locator("main .button-primary").click()
    page.wait_for_url("**/kalender/?**")
    expect(page.locator(".kf-take-back button")).to_be_visible()
    drag(page, third, last)
    taken_meanwhile(place, last)
    page.locator("main .button-primary").click()
    expect(page.locator("#gone")).to_be_visible()
    assert SlotBooking.objects.get(meeting=booking.meeting, is_live=True).slot == third


def taken_meanwhile(place: Place, slot: Slot) -> None:
    """Somebody else books a time."""
    municipality, a_kasse = place.course.municipality, place.world.a_kasse
    meeting = MeetingFactory(
        course=CourseFactory(municipality=municipality, a_kasse=a_kasse), kind="joint",
        held_by="jobcentre", starts_at=slot.starts_at, ends_at=slot.ends_at, room=slot.room,
    )  # fmt: skip
    SlotBooking.objects.create(slot=slot, meeting=meeting)
