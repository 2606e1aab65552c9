"""What people do in the browser, step by step; found by names and addresses, not by final words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from courses.models import Course, Duty, Party
from meetings.models import Meeting, Room
from tests.courses.course_world import World
from tests.factories import MeetingFactory, ParticipantFactory

PASSWORD = "løvfald i november"  # `demo` signs nobody in outside the demo world
PATIENCE = 15_000  # milliseconds, on a machine that does other things as well
MAIN = "#main-content"
SENT = f"{MAIN} form button.button-primary"


@dataclass
class Place:
    """The world of the journeys: a course that is late, its people, and a room."""

    world: World
    room: Room

    @property
    def course(self) -> Course:
        return self.world.course

    @property
    def late(self) -> Duty:
        """The first interview that the jobcentre has not held in time."""
        return self.course.duties.filter(responsible=Party.JOBCENTRE, kind="job").order_by("pk")[0]

    @property
    def joint(self) -> Duty:
        """The joint interview that is to come."""
        return self.course.duties.get(kind="joint")

    def booked(self, duty: Duty, starts_at: datetime) -> Meeting:
        """An interview that the caseworker booked before the journey begins."""
        own = self.world.caseworker
        meeting = MeetingFactory(
            course=self.course,
            duty=duty,
            kind=duty.kind,
            held_by=Party.JOBCENTRE,
            starts_at=starts_at,
            booked_by=own,
            booked_at=starts_at - timedelta(10),
        )
        ParticipantFactory(meeting=meeting, role=Party.JOBCENTRE, worker=own)
        return meeting


def sign_in(page: Page, user: User, password: str = PASSWORD) -> None:
    """Sign in as people do, on the page where the visitor ends up."""
    user.set_password(PASSWORD)
    user.save()
    page.goto(reverse("partnerships:front_door"))
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", password)
    page.click(SENT)


def follow(within: Page | Locator, address: str) -> None:
    """Click the link to an address, or to one that begins with it."""
    within.locator(f'a[href^="{address}"]').first.click()


def send(page: Page) -> None:
    """Press the one primary button of the page's form."""
    page.locator(SENT).first.click()


def write(page: Page, **said: str) -> None:
    """Fill in the form of the page: text fields, and options by value."""
    for name, value in said.items():
        field = page.locator(f'{MAIN} [name="{name}"]').first
        kind = field.evaluate("one => one.type")
        if kind == "radio":
            choose(page, name, value)
        elif kind.startswith("select"):
            field.select_option(value)
        else:
            field.fill(value)


def choose(page: Page, name: str, value: str) -> None:
    """Pick a radio button by its label: the design system draws it there."""
    key = page.locator(f'{MAIN} [name="{name}"][value="{value}"]').get_attribute("id")
    page.locator(f'label[for="{key}"]').click()


def send_past_cautions(page: Page) -> None:
    """Send a form, read what it asks to think of, and send it for good."""
    send(page)
    expect(page.locator("#cautions")).to_be_visible()
    send(page)


def tab_to(page: Page, wanted: str, then: str = "", most: int = 80) -> None:
    """Press Tab until something is reached, as those do who use no mouse; then a key."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("css => document.activeElement.matches(css)", wanted):
            break
    else:
        raise AssertionError(f"{most} presses of Tab do not reach {wanted}")
    if then:
        page.keyboard.press(then)
