"""A course of 2026 that passes to the jobcentre, with the people on both sides."""

from dataclasses import dataclass
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from courses import deadlines
from courses.models import Course, Responsibility
from handovers.models import Handover
from handovers.preparing import Prepared, prepare
from partnerships.models import Role
from tests.factories import (
    AKasseFactory,
    CourseFactory,
    CoverageFactory,
    ReportedHoursFactory,
    UserFactory,
    moment,
)

TODAY = date(2026, 11, 9)
NOW = moment(TODAY, 9)
SAID = {
    "cv": "In order.",
    "min_plan": "In order.",
    "requirements": "Two a week.",
    "interviews": "",
    "agreed": "",
    "barriers": "Cannot drive.",
    "job_club": "",
    "next_actions": "Call the employer.",
    "citizen_told_on": date(2026, 11, 6),
    "participation": "wanted",
}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


@dataclass
class World:
    """One course, its people, and strangers on each side."""

    course: Course
    caseworker: User
    consultant: User
    leader: User
    abroad: User
    stranger: User

    @property
    def handover(self) -> Handover:
        return Handover.objects.get(course=self.course)

    @property
    def passes_on(self) -> date:
        return Responsibility.objects.get(course=self.course, party="jobcentre").starts_on

    def browser(self, user: User) -> Client:
        client = Client()
        client.force_login(user)
        client.cookies["django_language"] = "en"
        return client

    def prepare(self, on: date = TODAY, at: datetime | None = None) -> Prepared:
        return prepare(on=on, at=at or moment(on, 5, 30))


def new_world(registered_on: date = date(2026, 9, 7), **columns) -> World:
    """A course whose last day at the a-kasse is the end of November, by its reported hours."""
    area = CoverageFactory()
    course = CourseFactory(
        municipality=area.municipality,
        a_kasse=AKasseFactory(name="3F"),
        registered_on=registered_on,
        **columns,
    )
    for month in (date(2026, 9, 1), date(2026, 10, 1)):
        ReportedHoursFactory(citizen=course.citizen, month=month, hours=160, a_kasse=course.a_kasse)
    deadlines.refresh(course, cause="test", by=None, on=TODAY)
    return World(
        course=course,
        caseworker=UserFactory(role=Role.CASEWORKER, organisation=course.jobcentre),
        consultant=UserFactory(role=Role.JOB_CONSULTANT, organisation=course.a_kasse),
        leader=UserFactory(role=Role.COORDINATOR, organisation=course.a_kasse),
        abroad=UserFactory(role=Role.CASEWORKER, organisation=CoverageFactory().jobcentre),
        stranger=UserFactory(role=Role.JOB_CONSULTANT, organisation=AKasseFactory()),
    )


@pytest.fixture
def world(db) -> World:
    return new_world()
