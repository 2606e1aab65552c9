"""A jobcentre that opens times, an a-kasse that may use them, and citizens to book."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
import time_machine

from courses.models import Course, MeetingForm, MeetingKind, Party
from letters.shipped import load_texts
from meetings.models import Meeting
from meetings.plans import Purpose
from slots.actions.booking import book_in_slot
from slots.models import Pool, Slot
from tests.factories import CourseFactory, DutyFactory, RoomFactory
from tests.meetings.conftest import BEFORE, DUE, NOW, TEN, World, new_world

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _now():
    """It is 9 o'clock on Monday 21 September 2026, and time stands still."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def _in_english(settings):
    """Refusals are read in the language of the source, in every thread."""
    settings.LANGUAGE_CODE = "en"


@dataclass
class Place:
    """A world with a published pool; `slot()` opens times in it."""

    world: World
    pool: Pool

    @property
    def caseworker(self):
        return self.world.caseworker

    def slot(self, starts_at: datetime = TEN, **columns) -> Slot:
        """Forty-five minutes with the caseworker in the jobcentre's room, unless others are said."""
        said = {"room": self.world.room, "worker": self.caseworker} | columns
        said.setdefault("ends_at", starts_at + timedelta(minutes=45))
        return Slot.objects.create(
            pool=self.pool,
            jobcentre=self.world.jobcentre,
            starts_at=starts_at,
            form=MeetingForm.IN_PERSON,
            **said,
        )

    def wide_slot(self, seats: int, starts_at: datetime = TEN, **columns) -> Slot:
        """Several interviews at a time, in as many corners of one place."""
        said = {"room": None, "worker": None, "place": "Hall", "seats": seats} | columns
        return self.slot(starts_at, **said)

    def course(self, **columns) -> Course:
        """Another citizen of the same jobcentre and a-kasse."""
        said = {
            "municipality": self.world.course.municipality,
            "a_kasse": self.world.course.a_kasse,
        }
        return CourseFactory(**BEFORE | said | columns)

    def joint(self, course: Course | None = None, **columns) -> Purpose:
        """The joint interview that a course owes."""
        course = course or self.world.course
        said = {"rule": "R24-07", "ordinal": 1, "kind": MeetingKind.JOINT, "due_on": DUE}
        said |= {"responsible": Party.JOBCENTRE, "with_party": Party.A_KASSE}
        duty = course.duties.filter(kind=MeetingKind.JOINT).first()
        duty = duty or DutyFactory(course=course, **said | columns)
        return Purpose(MeetingKind.JOINT, Party.JOBCENTRE, duty, with_other_party=True)

    def book(self, slot: Slot, course: Course | None = None, **extra) -> Meeting:
        """The act, as the caseworker does it now."""
        course = course or self.world.course
        said = {"by": self.caseworker, "at": NOW} | extra
        return book_in_slot(course, self.joint(course), slot, **said)


def new_place() -> Place:
    """A world with texts for letters and an open pool without times."""
    load_texts()
    world = new_world()
    pool = Pool.objects.create(
        jobcentre=world.jobcentre,
        name="Wednesdays",
        starts="08:00",
        ends="16:00",
        starts_on=BEFORE["jobcentre_from"],
        ends_on=DUE.replace(year=DUE.year + 1),
        is_published=True,
    )
    return Place(world, pool)


@pytest.fixture
def place(db) -> Place:
    return new_place()


def free_room(place: Place):
    """Another room of the jobcentre."""
    return RoomFactory(organisation=place.world.jobcentre)
