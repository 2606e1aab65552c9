"""The agreement as a printed document."""

from datetime import date

import pikepdf
import pytest
from django.test import Client
from django.utils import translation

from agreements.document import document_of
from partnerships.models import Agreement, Point, Role, WorkflowStep
from partnerships.versions import content_of
from scripts.tagged_pdf import faults, tags
from tests.factories import AgreementFactory, AKasseFactory, JobcentreFactory, UserFactory, moment

pytestmark = pytest.mark.django_db
NOW = moment(date(2026, 11, 23), 10, 12)


@pytest.fixture
def agreement() -> Agreement:
    made = AgreementFactory(
        slug="vores",
        title="Vores aftale",
        text="Vi mødes.\n\nTo gange om året.",
        minute_notes="En bemærkning.",
        parties=[JobcentreFactory(), AKasseFactory()],
        terms={
            "min_age": 30,
            "young_groups": [{"a_kasse": "metal", "from_age": 25, "to_age": 29}],
            "frame_amount": "500000.00",
        },
    )
    Point.objects.create(
        agreement=made, order=1, title="Ansvar", state="agreed", text="A-kassen i 26 uger."
    )
    WorkflowStep.objects.create(
        agreement=made, workflow="Fælles samtale", order=1, who="A-kassen", what="indkalder"
    )
    made.parties.update(signed_on=date(2026, 5, 1), signed_by="A. Formand")
    return made


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_document_has_tags_and_its_language(agreement, tmp_path, language) -> None:
    path = tmp_path / "agreement.pdf"
    with translation.override(language):
        path.write_bytes(document_of(agreement, content_of(agreement), at=NOW))

    assert not faults(path)
    with pikepdf.open(path) as pdf:
        assert pdf.Root.Lang == language
        names = [name for name, _node in tags(pdf)]
    assert names.count("/Table") == 5  # facts, terms, check-list, workflow, signatures


def test_the_document_opens_for_a_party_and_not_for_a_stranger(agreement) -> None:
    party, stranger = Client(), Client()
    house = agreement.parties.first().organisation
    party.force_login(UserFactory(role=Role.STEERING_GROUP, organisation=house))
    stranger.force_login(UserFactory(role=Role.STEERING_GROUP, organisation=JobcentreFactory()))

    answer = party.get("/aftaler/vores/dokument.pdf?sprog=en")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert stranger.get("/aftaler/vores/dokument.pdf").status_code == 404
