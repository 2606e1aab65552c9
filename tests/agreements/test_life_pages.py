"""The pages on which agreements live: what comes next, notice, check-list, versions, conflicts."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from partnerships import actions
from partnerships.models import Agreement, AgreementVersion, Role
from partnerships.versions import keep_version
from tests.factories import (
    AgreementFactory,
    AKasseFactory,
    CourseFactory,
    CoverageFactory,
    MunicipalityFactory,
    UserFactory,
    moment,
)

pytestmark = pytest.mark.django_db
TODAY = date(2024, 1, 31)
MOST = 12


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr("celery.current_app.send_task", lambda name: None)
    with time_machine.travel(moment(TODAY, 9), tick=False):
        yield


@pytest.fixture
def place():
    return CoverageFactory()


@pytest.fixture
def foa():
    return AKasseFactory(name="FOA", short_name="FOA")


@pytest.fixture
def agreement(place, foa) -> Agreement:
    return AgreementFactory(
        slug="dfh",
        parties=[place.jobcentre, foa],
        municipalities=[place.municipality],
        starts_on=date(2023, 8, 1),
        ends_on=date(2025, 8, 1),
        notice_months=1,
        text="Vi samarbejder.",
        terms={},
    )


@pytest.fixture
def editor(place):
    return UserFactory(role=Role.AGREEMENT_ADMINISTRATOR, organisation=place.jobcentre)


@pytest.fixture
def client(editor) -> Client:
    client = Client()
    client.force_login(editor)
    client.cookies["django_language"] = "en"
    return client


def test_the_end_is_on_the_page_before_the_notice_is_given(client, agreement, foa):
    url = "/aftaler/dfh/opsigelse/"
    first = client.get(url).text
    assert "29 Feb 2024 is the first day without it" in first.replace("\n", " ")

    sent = {"party": foa.pk, "on": "15.01.2024", "for_running": "stay", "seen": "end-2024-02-29"}
    other = client.post(url, sent)
    assert "15 Feb 2024" in other.text
    agreement.refresh_from_db()
    assert agreement.state == "active"

    client.post(url, sent | {"seen": "end-2024-02-15"})
    agreement.refresh_from_db()
    assert (agreement.state, agreement.ends_on) == ("under_notice", date(2024, 2, 15))


def test_a_notice_without_a_choice_for_running_courses_is_asked_for_it(client, agreement, foa):
    sent = {"party": foa.pk, "on": "31.01.2024", "seen": "end-2024-02-29"}

    page = client.post("/aftaler/dfh/opsigelse/", sent).text

    assert "kf-computed" in page
    agreement.refresh_from_db()
    assert agreement.state == "active"


def test_the_page_leads_through_all_steps_from_draft_to_in_force(client, agreement):
    Agreement.objects.filter(pk=agreement.pk).update(state="draft", source="Notat")
    day = {"on": "31.01.2024"}
    first = client.get("/aftaler/dfh/").text
    assert "/aftaler/dfh/skridt/koordinering/" in first
    assert "Fill in the day of signature" in first

    client.post("/aftaler/dfh/skridt/koordinering/", {"remark": "x"})
    client.post("/aftaler/dfh/skridt/godkendelse/", {"body": "Udvalget", **day})
    for party in agreement.parties.all():
        said = {"party": party.organisation_id, "signed_by": "Direktøren", **day}
        client.post("/aftaler/dfh/skridt/underskrift/", said)
    client.post("/aftaler/dfh/skridt/i-kraft/", {"on": "x"})

    agreement.refresh_from_db()
    assert agreement.state == "active"
    page = client.get("/aftaler/dfh/").text
    assert page.count("signed by a party") == 2
    assert "Give notice" in page


def test_a_step_that_is_not_next_leads_back_to_the_page(client, agreement):
    answer = client.post("/aftaler/dfh/skridt/godkendelse/", {"body": "B", "on": "31.01.2024"})

    assert answer["Location"] == "/aftaler/dfh/"
    agreement.refresh_from_db()
    assert agreement.state == "active"


def test_the_template_gives_twelve_points_and_each_is_settled_by_itself(client, agreement):
    client.post("/aftaler/dfh/punkter/skabelon/")
    client.post("/aftaler/dfh/punkter/skabelon/")
    assert agreement.points.count() == 12

    point = agreement.points.get(template_key="phase-in")
    url = f"/aftaler/dfh/punkter/{point.pk}/"
    assert "Write what was agreed" in client.post(url, {"state": "agreed", "text": ""}).text
    client.post(url, {"state": "agreed", "text": "Fra 1. juli 2016."})
    client.post("/aftaler/dfh/punkter/", {"title": "Vores eget", "guide": ""})

    page = client.get("/aftaler/dfh/punkter/").text
    assert "1 of 13 settled" in page
    assert "Fra 1. juli 2016." in page


def test_a_point_stands_beside_the_same_point_of_the_region_and_of_no_draft(
    client, agreement, place, editor
):
    neighbour = MunicipalityFactory(region=place.municipality.region)
    elsewhere = MunicipalityFactory(region="Elsewhere")
    for title, where, state in (
        ("Neighbours", neighbour, "active"),
        ("Unfinished", neighbour, "draft"),
        ("Far away", elsewhere, "active"),
    ):
        row = AgreementFactory(title=title, municipalities=[where], state=state)
        row.points.create(order=1, template_key="volume", title="V", state="agreed", text="200")
    actions.use_template(agreement, by=editor, at=moment(TODAY, 9))
    point = agreement.points.get(template_key="volume")

    page = client.get(f"/aftaler/dfh/punkter/{point.pk}/").text

    assert "Neighbours" in page
    assert "Unfinished" not in page
    assert "Far away" not in page


def test_two_versions_stand_side_by_side(client, agreement, editor):
    keep_version(agreement, why="activate", by=editor, at=moment(TODAY, 8))
    agreement.text = "Vi samarbejder tættere."
    agreement.save()
    keep_version(agreement, why="amend", by=editor, at=moment(TODAY, 9))

    page = client.get("/aftaler/dfh/versioner/").context["page"]

    assert [(one.before, one.after) for one in page.differences] == [
        ("Vi samarbejder.", "Vi samarbejder tættere.")
    ]
    assert client.get("/aftaler/dfh/versioner/?fra=2&til=0").context["page"].differences == ()


def test_the_text_of_a_day_is_the_text_that_stood_then(client, agreement, editor):
    keep_version(agreement, why="activate", by=editor, at=moment(date(2023, 8, 1), 8))
    agreement.text = "Noget andet."
    agreement.save()
    keep_version(agreement, why="amend", by=editor, at=moment(date(2024, 1, 10), 8))

    assert "Vi samarbejder." in client.get("/aftaler/dfh/?dag=2024-01-09").text
    assert "Noget andet." in client.get("/aftaler/dfh/?dag=2024-01-10").text


def test_a_workflow_says_who_does_what_and_a_step_can_be_taken_out(client, agreement):
    said = {"workflow": "Henvisning", "who": "A-kassen", "what": "Foreslår", "registered_in": "KF"}
    client.post("/aftaler/dfh/arbejdsgange/", said)
    step = agreement.workflow_steps.get()
    assert "Foreslår" in client.get("/aftaler/dfh/arbejdsgange/").text

    client.post(f"/aftaler/dfh/arbejdsgange/{step.pk}/fjern/")

    assert not agreement.workflow_steps.exists()
    first = AgreementVersion.objects.get(agreement=agreement, number=2)
    assert first.content["workflows"][0]["what"] == "Foreslår"


def test_the_list_shows_conflicts_missing_signatures_and_near_ends(client, agreement, place, foa):
    AgreementFactory(
        title="The other", parties=[place.jobcentre, foa], municipalities=[place.municipality],
        starts_on=date(2024, 1, 1), state="signed",
    )  # fmt: skip
    Agreement.objects.filter(pk=agreement.pk).update(ends_on=date(2024, 3, 1))

    rows = {row.agreement.slug: row for row in client.get("/aftaler/").context["rows"]}

    assert rows["dfh"].ending == "ends in 30 days"
    (conflict,) = rows["dfh"].conflicts
    assert "The other" in conflict
    assert "FOA" in conflict
    assert client.get("/aftaler/?tilstand=signed").text.count("/aftaler/dfh/") == 0


def test_what_stands_below_an_agreement_is_no_conflict(client, agreement, place, foa):
    AgreementFactory(
        kind="addendum", parent=agreement, parties=[place.jobcentre, foa],
        municipalities=[place.municipality], starts_on=date(2024, 1, 1),
    )  # fmt: skip

    rows = client.get("/aftaler/").context["rows"]

    assert [row.conflicts for row in rows] == [(), ()]


def test_phase_two_waits_for_law_budget_and_a_signed_addendum(client, agreement, editor):
    addendum = AgreementFactory(
        kind="addendum", parent=agreement, state="draft", starts_on=date(2024, 1, 1), title="Fase 2"
    )
    client.post("/aftaler/dfh/skridt/fase-2/", {"law_in_force_on": "01.01.2024"})
    page = client.get("/aftaler/dfh/").text
    assert "The budget is not in place." in page
    assert "There is no addendum about phase 2." in page

    said = {
        "law_in_force_on": "01.01.2024",
        "budget_in_place_on": "01.01.2024",
        "addendum": addendum.pk,
    }
    client.post("/aftaler/dfh/skridt/fase-2/", said)
    assert "The addendum is not signed." in client.get("/aftaler/dfh/").text
    Agreement.objects.filter(pk=addendum.pk).update(state="signed")
    assert "Phase 2 may start." in client.get("/aftaler/dfh/").text


def test_a_renewal_is_a_draft_with_the_same_parties(client, agreement):
    said = {"title": "Ny aftale", "starts_on": "01.08.2025", "ends_on": "31.07.2027"}

    client.post("/aftaler/dfh/skridt/fornyelse/", said)

    new = Agreement.objects.get(renews=agreement)
    assert (new.state, new.ends_on, new.parties.count()) == ("draft", date(2027, 8, 1), 2)


def test_only_agreement_administrators_take_steps(agreement, place):
    client = Client()
    client.force_login(UserFactory(role=Role.STEERING_GROUP, organisation=place.jobcentre))

    assert client.get("/aftaler/dfh/").status_code == 200
    assert "/opsigelse/" not in client.get("/aftaler/dfh/").text
    assert client.get("/aftaler/dfh/punkter/").status_code == 200
    assert client.get("/aftaler/dfh/opsigelse/").status_code == 404
    assert client.get("/aftaler/dfh/skridt/koordinering/").status_code == 404
    client.post("/aftaler/dfh/punkter/", {"title": "Eget"})
    assert not agreement.points.exists()


@pytest.mark.parametrize(
    "url", ["", "dfh/", "dfh/punkter/", "dfh/versioner/", "dfh/opsigelse/", "dfh/sammenlign/"]
)
def test_pages_ask_the_same_of_the_database_for_few_rows_and_many(  # noqa: PLR0917 (fixtures)
    url, client, agreement, foa, place, editor, django_assert_max_num_queries
):
    def fill(count: int) -> None:
        for number in range(count):
            agreement.points.create(order=number, title="P")
            keep_version(agreement, why="amend", by=editor, at=moment(TODAY, 8))
            CourseFactory(agreement=agreement, eligible=True)
            AgreementFactory(parties=[place.jobcentre, foa], municipalities=[place.municipality])

    fill(2)
    client.get("/aftaler/" + url)
    with django_assert_max_num_queries(MOST) as few:
        client.get("/aftaler/" + url)
    fill(3)
    with django_assert_max_num_queries(MOST) as many:
        client.get("/aftaler/" + url)
    assert len(few) == len(many)


def test_a_renewal_is_no_conflict_with_what_it_renews(client, agreement, place, foa):
    AgreementFactory(
        renews=agreement, state="signed", parties=[place.jobcentre, foa],
        municipalities=[place.municipality], starts_on=date(2025, 1, 1), title="On its way",
    )  # fmt: skip
    AgreementFactory(
        state="ended", parties=[place.jobcentre], ends_on=date(2024, 1, 2), title="Over"
    )

    rows = client.get("/aftaler/").context["rows"]

    assert [row.conflicts for row in rows] == [(), (), ()]
    assert [row.agreement.title for row in rows][1:] == ["On its way", "Over"]
