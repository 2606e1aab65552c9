"""A member of 3F in Copenhagen whom the law was asked about, and people who may or may not read."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from accounts.models import User
from courses import deadlines
from courses.models import Course
from partnerships.models import Organisation, Role
from tests.factories import (
    AKasseFactory,
    CitizenFactory,
    CourseFactory,
    CoverageFactory,
    MunicipalityFactory,
    UserFactory,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Copenhagen"))
TODAY = NOW.date()
CPR, WRITTEN, MASKED = "6201850001", "620185-0001", "020185-••••"


@dataclass
class World:
    """The parties, their people, and one course."""

    jobcentre: Organisation
    a_kasse: Organisation
    course: Course
    caseworker: User
    consultant: User
    stranger: User
    abroad: User
    admin: User

    def people(self) -> dict[str, User]:
        """The people by what they are called here."""
        return {
            name: getattr(self, name)
            for name in ("caseworker", "consultant", "stranger", "abroad", "admin")
        }


def make_world(registered_on: date = date(2026, 3, 9), **columns: object) -> World:
    """A course under the rules of 2024 that was handed over at the end of May 2026."""
    kbh = MunicipalityFactory(code="101", name="København")
    jobcentre = CoverageFactory(municipality=kbh).jobcentre
    a_kasse = AKasseFactory(slug="3f", name="3F")
    aarhus = CoverageFactory(municipality=MunicipalityFactory(code="751", name="Aarhus"))
    course = make_course(a_kasse, kbh, registered_on, **columns)
    return World(
        jobcentre=jobcentre,
        a_kasse=a_kasse,
        course=course,
        caseworker=UserFactory(role=Role.CASEWORKER, organisation=jobcentre),
        consultant=UserFactory(role=Role.JOB_CONSULTANT, organisation=a_kasse),
        stranger=UserFactory(role=Role.JOB_CONSULTANT, organisation=AKasseFactory(slug="foa")),
        abroad=UserFactory(role=Role.CASEWORKER, organisation=aarhus.jobcentre),
        admin=UserFactory(role=Role.SYSTEM_ADMINISTRATOR),
    )


def make_course(a_kasse, municipality, registered_on, *, cpr=CPR, name=None, **columns):
    """A course that the law was asked about."""
    first, last = name or ("Amina", "Strandløkke")
    course = CourseFactory(
        citizen=CitizenFactory(first_name=first, last_name=last, cpr=cpr, phone="20 30 40 50"),
        a_kasse=a_kasse,
        municipality=municipality,
        registered_on=registered_on,
        **columns,
    )
    deadlines.refresh(course, cause="registration", by=None)
    return course
