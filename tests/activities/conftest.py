"""A job club of an a-kasse with a frame, the people of both parties, and strangers."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from activities import actions
from activities.models import Activity, Referral, Session
from courses.models import Course
from frames.actions import open_frame
from frames.balances import balance_of
from frames.models import Frame
from partnerships.models import Agreement, Organisation, Role
from tests.factories import (
    AgreementFactory,
    AKasseFactory,
    CourseFactory,
    CoverageFactory,
    OrganisationFactory,
    UserFactory,
    moment,
)

TODAY = date(2010, 3, 1)
NOW = moment(TODAY, 9)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


@dataclass
class Clubs:
    """FOA's frame of 2010 under an agreement with a jobcentre, and who works with it."""

    jobcentre: Organisation
    foa: Organisation
    other: Organisation
    provider: Organisation
    agreement: Agreement
    frame: Frame
    people: dict[str, User] = field(default_factory=dict)

    @property
    def consultant(self) -> User:
        return self.people["consultant"]

    @property
    def caseworker(self) -> User:
        return self.people["caseworker"]

    def course(self, a_kasse: Organisation | None = None, **columns) -> Course:
        """A member in the jobcentre's municipality."""
        return CourseFactory(
            municipality=self.jobcentre.coverages.get().municipality,
            a_kasse=a_kasse or self.foa,
            registered_on=TODAY - timedelta(60),
            jobcentre_from=TODAY - timedelta(30),
            **columns,
        )

    def club(self, price: str | None = "15000.00", **columns) -> Activity:
        """An approved job club that FOA holds with another provider."""
        known = {
            "title": "Job club",
            "kind": Activity.Kind.JOB_CLUB,
            "state": Activity.State.APPROVED,
            "host": self.foa,
            "provider": self.provider,
            "starts_on": TODAY + timedelta(7),
            "ends_on": TODAY + timedelta(70),
            "seats": 40,
            "price": Decimal(price) if price else None,
            "made_at": NOW,
        }
        activity = Activity.objects.create(**known | columns)
        activity.agreements.add(self.agreement)
        return activity

    def session(self, activity: Activity, days: int = 7) -> Session:
        """A gathering of an activity, nine to noon."""
        day = TODAY + timedelta(days)
        return Session.objects.create(
            activity=activity, starts_at=moment(day, 9), ends_at=moment(day, 12), place="Hall"
        )

    def referred(self, activity: Activity | None = None, course: Course | None = None) -> Referral:
        """A referral that the consultant has proposed."""
        return actions.refer(
            course or self.course(),
            activity or self.club(),
            reason="Needs a network.",
            by=self.consultant,
            at=NOW,
        )

    def accepted(self, activity: Activity | None = None, course: Course | None = None) -> Referral:
        """A referral that the caseworker has accepted."""
        return actions.accept(self.referred(activity, course), by=self.caseworker, at=NOW)

    def remaining(self) -> Decimal:
        """What the frame has left."""
        return balance_of(self.frame).remaining

    def browser(self, user: User) -> Client:
        client = Client()
        client.force_login(user)
        client.cookies["django_language"] = "en"
        return client


def new_clubs(amount: str = "500000.00") -> Clubs:
    """A frame for 2010, nothing bound in it."""
    area = CoverageFactory()
    jobcentre, foa, other = area.jobcentre, AKasseFactory(name="FOA"), AKasseFactory(name="3F")
    provider = OrganisationFactory(kind=Organisation.Kind.PROVIDER, name="Vejen")
    agreement = AgreementFactory(parties=[jobcentre, foa], starts_on=date(2009, 8, 1))
    frame = open_frame(
        agreement,
        foa,
        jobcentre,
        starts_on=date(2010, 1, 1),
        ends_on=date(2011, 1, 1),
        amount=Decimal(amount),
        by=None,
        at=NOW,
    )
    clubs = Clubs(jobcentre, foa, other, provider, agreement, frame)
    for who, role, house in (
        ("consultant", Role.JOB_CONSULTANT, foa),
        ("leader", Role.COORDINATOR, foa),
        ("caseworker", Role.CASEWORKER, jobcentre),
        ("colleague", Role.CASEWORKER, jobcentre),
        ("finance", Role.FINANCE, jobcentre),
        ("finance2", Role.FINANCE, jobcentre),
        ("provider", Role.PROVIDER, provider),
        ("elsewhere", Role.CASEWORKER, CoverageFactory().jobcentre),
        ("stranger", Role.JOB_CONSULTANT, other),
        ("other_provider", Role.PROVIDER, OrganisationFactory(kind=Organisation.Kind.PROVIDER)),
    ):
        clubs.people[who] = UserFactory(role=role, organisation=house)
    return clubs


@pytest.fixture
def clubs(db) -> Clubs:
    return new_clubs()
