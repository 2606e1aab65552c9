"""One course with both its parties, seen on a Monday morning in September 2026."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
import time_machine

from accounts.models import User
from courses.models import Course, Duty, MeetingForm, MeetingKind, Party
from meetings.models import Meeting, Room
from meetings.plans import Purpose, Sitting
from partnerships.models import Organisation, Role
from tests.factories import (
    AKasseFactory,
    CourseFactory,
    CoverageFactory,
    DutyFactory,
    MeetingFactory,
    ParticipantFactory,
    RoomFactory,
    UserFactory,
    moment,
)

TODAY = date(2026, 9, 21)
NOW = moment(TODAY, 9)
DAY = date(2026, 9, 30)
TEN = moment(DAY, 10)
DUE = date(2026, 10, 5)
BEFORE = {
    "registered_on": date(2026, 5, 4),
    "regime": "2024",
    "jobcentre_from": date(2026, 8, 1),
}


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
class World:
    """A course, the people on both its sides, and a duty of each."""

    course: Course
    caseworker: User
    consultant: User
    room: Room
    job: Duty = field(init=False)
    joint: Duty = field(init=False)

    def __post_init__(self) -> None:
        self.job = DutyFactory(course=self.course, rule="R24-02", ordinal=2, due_on=DUE)
        self.joint = DutyFactory(
            course=self.course,
            rule="R24-07",
            ordinal=1,
            kind=MeetingKind.JOINT,
            responsible=Party.JOBCENTRE,
            with_party=Party.A_KASSE,
            due_on=DUE,
        )

    @property
    def jobcentre(self) -> Organisation:
        return self.course.jobcentre

    def sitting(self, starts_at: datetime = TEN, **changed) -> Sitting:
        """In the jobcentre's room at ten on a Wednesday, for 45 minutes."""
        usual = {"room": self.room, "worker": self.caseworker, "form": MeetingForm.IN_PERSON}
        said = {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=45)}
        return Sitting(**said | usual | changed)

    def joint_purpose(self, **changed) -> Purpose:
        said = {"duty": self.joint, "with_other_party": True} | changed
        return Purpose(MeetingKind.JOINT, Party.JOBCENTRE, **said)

    def booked_joint(self, starts_at: datetime = TEN, **columns) -> Meeting:
        """A joint interview as the booking leaves it, made without it."""
        meeting = MeetingFactory(
            course=self.course,
            kind=MeetingKind.JOINT,
            held_by=Party.JOBCENTRE,
            with_other_party=True,
            ordinal=1,
            starts_at=starts_at,
            room=self.room,
            **columns,
        )
        ParticipantFactory(meeting=meeting, role="jobcentre", worker=self.caseworker)
        ParticipantFactory(meeting=meeting, role="a_kasse")
        return meeting


def new_world(**course_columns) -> World:
    """A course that both parties read, with a caseworker, a consultant and a room."""
    area = CoverageFactory()
    course = CourseFactory(
        municipality=area.municipality,
        a_kasse=AKasseFactory(),
        **BEFORE | course_columns,
    )
    return World(
        course,
        caseworker=UserFactory(role=Role.CASEWORKER, organisation=course.jobcentre),
        consultant=UserFactory(role=Role.JOB_CONSULTANT, organisation=course.a_kasse),
        room=RoomFactory(organisation=course.jobcentre),
    )


@pytest.fixture
def world(db) -> World:
    return new_world()
