"""An agreement beside another of the region, and the template in the reader's language."""

from datetime import date

import pytest
from django.test import Client
from django.utils.translation import override

from agreements.compare_page import compare_page
from partnerships import actions
from partnerships.checklist import shown, template_points
from partnerships.models import Agreement, Role
from partnerships.phases import phase_two_conditions
from tests.factories import AgreementFactory, CoverageFactory, UserFactory, moment

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 23)


@pytest.fixture
def place():
    return CoverageFactory()


@pytest.fixture
def agreement(place) -> Agreement:
    return AgreementFactory(
        slug="here", parties=[place.jobcentre], municipalities=[place.municipality],
        terms={"due_soon_days": 5},
    )  # fmt: skip


def other_of(place, **columns) -> Agreement:
    return AgreementFactory(
        municipalities=[place.municipality], terms={"due_soon_days": 9}, **columns
    )


def test_the_terms_of_another_agreement_of_the_region_stand_beside(agreement, place) -> None:
    other_of(place, slug="there")

    with override("en"):
        page = compare_page(agreement, asked="there", on=ON)

    different = {one.name: (one.here, one.there) for one in page.terms if one.differs}
    assert different == {"Due soon: working days before": ("5 working days", "9 working days")}


def test_drafts_and_other_regions_are_not_set_beside(agreement, place) -> None:
    other_of(place, state="draft")
    other_of(CoverageFactory(municipality__region="Another"))

    assert compare_page(agreement, asked="", on=ON).other is None


def test_what_is_over_is_shown_with_its_last_terms(agreement, place) -> None:
    other_of(place, slug="over", state="ended", ends_on=date(2026, 1, 1))

    page = compare_page(agreement, asked="over", on=ON)

    assert any(one.there.startswith("9 ") for one in page.terms)


def test_points_of_the_template_stand_beside_each_other(agreement, place) -> None:
    other = other_of(place, slug="there")
    by = UserFactory(role=Role.AGREEMENT_ADMINISTRATOR, organisation=place.jobcentre)
    for one in (agreement, other):
        actions.use_template(one, by=by, at=moment(ON, 9))
    point = other.points.get(template_key="volume")
    actions.settle_point(point, state="agreed", text="200", by=by, at=moment(ON, 9))

    page = compare_page(agreement, asked="there", on=ON)

    assert [one.there for one in page.points if one.differs] == ["200"]
    assert len(page.points) == 12


def test_the_template_is_read_in_english_and_what_the_parties_wrote_as_they_wrote_it(
    agreement,
) -> None:
    first = template_points()[0]
    agreement.points.create(
        order=1, template_key="parties", title=first["title"], guide="Vores egne ord"
    )
    agreement.points.create(order=2, title="Jobklubber")

    with override("en"):
        points = shown(agreement.points.all())

    assert [one.title for one in points] == [first["title_en"], "Jobklubber"]
    assert points[0].guide == "Vores egne ord"
    assert all(one["title_en"] and one["guide_en"] for one in template_points())


def test_the_three_conditions_of_phase_two_stand_with_what_they_rest_on(agreement) -> None:
    by = UserFactory()
    said = {"law_in_force_on": ON, "law_source": "Lov 727", "budget_in_place_on": None}
    actions.record_phase_two(
        agreement, **said, budget_source="", addendum=None, by=by, at=moment(ON, 9)
    )

    with override("en"):
        met = phase_two_conditions(agreement, on=ON)
    before = phase_two_conditions(agreement, on=date(2026, 11, 22))

    assert [one.is_met for one in met] == [True, False, False]
    assert met[0].said == "Lov 727, since 23 Nov 2026"
    assert not before[0].is_met


def test_the_page_is_there_for_those_who_steer(agreement, place) -> None:
    other_of(place, slug="there", title="The other one")
    client = Client()
    client.force_login(UserFactory(role=Role.STEERING_GROUP, organisation=place.jobcentre))

    assert "The other one" in client.get("/aftaler/here/sammenlign/").content.decode()
