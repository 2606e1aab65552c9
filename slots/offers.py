"""What is asked of a search for times, its window, and a time that is offered in it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import User
from courses.models import Course, Duty, MeetingKind
from meetings.obstacles import Obstacle
from partnerships.models import Organisation
from shared.dates import SATURDAY, start_of
from slots.found import Spot
from slots.models import Slot
from slots.wishes import Wishes

HORIZON_DAYS = 60
DAY = timedelta(1)

Scope = tuple[tuple[int, ...], tuple[int, ...], int | None, str]


@dataclass(frozen=True, slots=True)
class Window:
    """The days in which an interview may lie, both included; none when `last` lies before."""

    first: date
    last: date
    is_late: bool = False

    @property
    def days(self) -> list[date]:
        """The weekdays of the window."""
        found = (self.first + DAY * n for n in range((self.last - self.first).days + 1))
        return [day for day in found if day.weekday() < SATURDAY]

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The window from its first moment to the one after its last."""
        return start_of(self.first), start_of(self.last + DAY)


def window_of(course: Course, duty: Duty | None, wishes: Wishes, *, on: date) -> Window:
    """Where a duty may be met: never in the past, and in 60 days when it is late or has no day."""
    earliest = on if wishes.same_day else on + DAY
    first = max(earliest, course.starts_on, (duty and duty.opens_on) or earliest)
    last = (duty.latest_on or duty.due_on) if duty else None
    is_late = last is not None and last < first
    if last is None or is_late:
        last = first + timedelta(HORIZON_DAYS)
    if course.ends_on:
        last = min(last, course.ends_on - DAY)
    return Window(first, last, is_late)


@dataclass(frozen=True, slots=True)
class Offer:
    """A time that is offered, the day it lies on, and what is in the way whoever comes.

    The slot itself is read only where nothing is.
    """

    spot: Spot
    day: date
    obstacles: tuple[Obstacle, ...] = ()
    is_used: bool = False  # the a-kasse has somebody there already
    row: Slot | None = None

    @property
    def slot(self) -> Slot:
        """The slot of a time that nothing is in the way of so far."""
        if self.row is None:
            raise ValueError(f"slot {self.spot.pk} cannot be had")
        return self.row


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom, when and how a time is searched."""

    course: Course
    duty: Duty | None
    user: User | None
    wishes: Wishes
    window: Window
    on: date
    at: datetime

    @property
    def kind(self) -> str:
        """The kind of interview."""
        return self.duty.kind if self.duty else MeetingKind.JOINT

    @property
    def jobcentres(self) -> list[int]:
        """The course's jobcentre, and the one it merged into."""
        return houses(self.course.jobcentre)

    @property
    def a_kasser(self) -> list[int]:
        """The course's a-kasse, and the one it merged into."""
        return houses(self.course.a_kasse)

    @property
    def hosts(self) -> list[User]:
        """Who holds it where nobody stands ready: the course's caseworker, else who asks."""
        near = (self.course.caseworker, self.user)
        return list({one.pk: one for one in near if one}.values())

    @property
    def near(self) -> list[User]:
        """The people of the course, and who asks: known whatever slot it is."""
        course = self.course
        return [one for one in (course.caseworker, course.consultant, self.user) if one]

    @property
    def scope(self) -> Scope:
        """What decides which times are offered; searches of one scope are read as one."""
        reader = self.user.pk if self.user else None
        return tuple(self.jobcentres), tuple(self.a_kasser), reader, self.kind

    @property
    def is_joint(self) -> bool:
        """Whether somebody of the a-kasse comes too."""
        return bool(self.duty.with_party) if self.duty else True


def houses(organisation: Organisation) -> list[int]:
    """An organisation, and the one it merged into."""
    return [key for key in (organisation.pk, organisation.successor_id) if key]
