from datetime import date

import pytest
from django.test import Client

from partnerships.models import Role
from tests.factories import (
    AgreementFactory,
    AKasseFactory,
    CourseFactory,
    JobcentreFactory,
    OrganisationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
FRONT_PAGES = [
    (Role.CASEWORKER, "jobcentre", "/jobcenter/"),
    (Role.BOOKING_COORDINATOR, "jobcentre", "/jobcenter/"),
    (Role.JOB_CONSULTANT, "a_kasse", "/a-kasse/"),
    (Role.COORDINATOR, "a_kasse", "/a-kasse/"),
    (Role.AGREEMENT_ADMINISTRATOR, "jobcentre", "/aftaler/"),
    (Role.STEERING_GROUP, "jobcentre", "/aftaler/"),
    (Role.FINANCE, "jobcentre", "/aftaler/"),
    (Role.PROVIDER, "provider", "/henvisninger/deltagere/"),
]


def signed_in(role: Role, organisation) -> Client:
    client = Client()
    client.force_login(UserFactory(role=role, organisation=organisation))
    client.cookies["django_language"] = "en"
    return client


@pytest.mark.parametrize(("role", "kind", "front_page"), FRONT_PAGES)
def test_everybody_starts_on_the_own_front_page(role, kind, front_page) -> None:
    client = signed_in(role, OrganisationFactory(kind=kind))

    assert client.get("/")["Location"] == front_page
    assert client.get(front_page).status_code == 200


def test_the_system_administrator_starts_in_the_admin_site() -> None:
    assert signed_in(Role.SYSTEM_ADMINISTRATOR, None).get("/")["Location"] == "/admin/"


def test_a_party_reads_its_agreements_and_those_above_them_and_no_others() -> None:
    a_kasse = AKasseFactory()
    above = AgreementFactory(kind="declaration", title="Declaration of all")
    AgreementFactory(parties=[a_kasse], parent=above, title="Our agreement")
    AgreementFactory(parties=[AKasseFactory()], title="Another's agreement")

    page = signed_in(Role.COORDINATOR, a_kasse).get("/aftaler/").content.decode()

    assert "Declaration of all" in page
    assert "Our agreement" in page
    assert "Another" not in page


def test_the_terms_are_those_of_the_day_that_is_asked_about() -> None:
    jobcentre = JobcentreFactory()
    agreement = AgreementFactory(
        parties=[jobcentre], terms={"ends_on": date(2024, 1, 1), "due_soon_days": 3}
    )
    agreement.terms.create(starts_on=date(2024, 1, 1), due_soon_days=8)
    client = signed_in(Role.STEERING_GROUP, jobcentre)

    before = client.get(f"/aftaler/{agreement.slug}/?dag=2023-12-31").content.decode()
    after = client.get(f"/aftaler/{agreement.slug}/?dag=2024-01-01").content.decode()

    assert "3 working days" in before
    assert "8 working days" in after


def test_an_agreement_without_terms_of_its_own_shows_those_above_it() -> None:
    jobcentre = JobcentreFactory()
    above = AgreementFactory(kind="declaration", terms={"min_age": 30})
    agreement = AgreementFactory(parties=[jobcentre], parent=above)

    page = signed_in(Role.FINANCE, jobcentre).get(f"/aftaler/{agreement.slug}/").content.decode()

    assert "The terms stand in the agreement above this one." in page


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0"), (1, "fewer than 5"), (4, "fewer than 5"), (5, "5")]
)
def test_a_small_number_of_people_is_not_told(count, told) -> None:
    jobcentre = JobcentreFactory()
    agreement = AgreementFactory(parties=[jobcentre])
    CourseFactory.create_batch(count, agreement=agreement, eligible=True)

    (row,) = signed_in(Role.STEERING_GROUP, jobcentre).get("/aftaler/").context["rows"]

    assert row.courses == told


def test_the_last_day_of_an_agreement_is_shown_as_included() -> None:
    jobcentre = JobcentreFactory()
    AgreementFactory(parties=[jobcentre], ends_on=date(2025, 8, 1))

    page = signed_in(Role.STEERING_GROUP, jobcentre).get("/aftaler/").content.decode()

    assert "31 Jul 2025" in page
    assert "1 Aug 2025" not in page
