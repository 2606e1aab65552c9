"""The six steps of an agreement, as an agreement administrator takes them."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from agreements.preview import weeks_of
from law.agreements import LO_COPENHAGEN_2009
from partnerships.models import Agreement, Organisation, Role
from tests.factories import (
    AgreementFactory,
    AKasseFactory,
    CourseFactory,
    CoverageFactory,
    JobcentreFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def jobcentre() -> Organisation:
    return CoverageFactory().jobcentre


@pytest.fixture
def a_kasse() -> Organisation:
    return AKasseFactory()


@pytest.fixture
def client(jobcentre) -> Client:
    client = Client()
    client.force_login(UserFactory(role=Role.AGREEMENT_ADMINISTRATOR, organisation=jobcentre))
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def draft(jobcentre, a_kasse) -> Agreement:
    return AgreementFactory(
        slug="draft",
        state="draft",
        starts_on=date(2009, 9, 1),
        parties=[jobcentre, a_kasse],
        municipalities=[one.municipality for one in jobcentre.coverages.all()],
        terms={},
    )


PARTIES = {"title": "Ny aftale", "kind": "agreement", "starts_on": "01.12.2026", "ends_on": ""}
INTERVIEWS = {
    "first_meetings_at_a_kasse": "2", "window_weeks": "26", "first_joint_from": "",
    "host": "a_kasse", "due_soon_days": "8", "rebook_days": "10", "postpone_days": "14",
    "handover_ahead_days": "30", "handover_answer_days": "5",
}  # fmt: skip


def test_the_first_step_makes_a_draft_in_the_municipalities_of_the_jobcentre(
    client, jobcentre, a_kasse
) -> None:
    said = {**PARTIES, "a_kasser": [a_kasse.pk], "others": [jobcentre.pk]}

    answer = client.post("/aftaler/ny/", said)

    made = Agreement.objects.get()
    assert answer["Location"] == f"/aftaler/{made.slug}/trin/2/"
    assert (made.state, made.starts_on) == ("draft", date(2026, 12, 1))
    assert {one.organisation for one in made.parties.all()} == {jobcentre, a_kasse}
    assert [one.code for one in made.municipalities.all()] == [
        one.municipality_id for one in jobcentre.coverages.all()
    ]
    assert made.terms.get().starts_on == date(2026, 12, 1)


def test_looking_at_the_preview_saves_nothing(client, jobcentre, a_kasse) -> None:
    said = {**PARTIES, "a_kasser": [a_kasse.pk], "others": [jobcentre.pk]}

    client.post("/aftaler/ny/", {**said, "do": "see"})
    client.post("/aftaler/ny/", said, headers={"HX-Request": "true"})

    assert not Agreement.objects.exists()


def test_a_step_is_saved_and_the_page_says_when(client, draft) -> None:
    with time_machine.travel("2026-11-23T09:08:00Z", tick=False):
        answer = client.post("/aftaler/draft/trin/3/", {**INTERVIEWS, "do": "stay"}, follow=True)

    assert "Draft saved at 10:08" in answer.content.decode()
    terms = draft.terms.get()
    assert (terms.first_meetings_at_a_kasse, terms.window_weeks, terms.host) == (2, 26, "a_kasse")
    assert terms.due_soon_days == 8


@pytest.mark.parametrize(
    ("step", "said", "field", "suggestion"),
    [
        (3, {**INTERVIEWS, "window_weeks": "20"}, "window_weeks", "Did you mean week 26?"),
        (3, {**INTERVIEWS, "window_weeks": ""}, "window_weeks", "Did you mean 26 weeks?"),
        (3, {**INTERVIEWS, "postpone_days": "20"}, "postpone_days", "Did you mean 14?"),
        (3, {**INTERVIEWS, "first_joint_from": "01.08.2016"}, "first_joint_from", "earlier day"),
        (
            4,
            {"participation": "video", "notice_days": "0", "release_days": "5"},
            "notice_days",
            "Did you mean 7?",
        ),
        (5, {"frame_amount": "", "frame_months": "0"}, "frame_months", "Did you mean 12?"),
    ],
)
def test_an_error_leads_to_its_field_and_says_what_to_write(  # noqa: PLR0917 (a table)
    client, draft, step, said, field, suggestion
) -> None:
    page = client.post(f"/aftaler/draft/trin/{step}/", said)

    assert f'href="#id_{field}"' in page.content.decode()
    assert suggestion in str(page.context["form"].errors[field])
    assert draft.terms.get().due_soon_days == 5


def test_the_ages_of_a_group_of_young_people_are_checked_against_each_other(
    client, draft, a_kasse
) -> None:
    said = {"rows": "1", "min_age": "30", "a_kasse_0": a_kasse.slug, "opt_out": "on"}

    wrong = client.post("/aftaler/draft/trin/2/", {**said, "from_age_0": "29", "to_age_0": "25"})
    right = client.post("/aftaler/draft/trin/2/", {**said, "from_age_0": "25", "to_age_0": "29"})

    assert "Did you mean 25?" in str(wrong.context["form"].errors["from_age_0"])
    assert right["Location"] == "/aftaler/draft/trin/3/"
    assert draft.terms.get().young_groups == [
        {"a_kasse": a_kasse.slug, "from_age": 25, "to_age": 29}
    ]


def test_a_last_day_before_the_first_is_answered_with_a_year(client, draft, a_kasse) -> None:
    said = {**PARTIES, "a_kasser": [a_kasse.pk], "ends_on": "01.11.2026"}

    page = client.post("/aftaler/draft/trin/1/", said)

    assert "Did you mean 30 Nov 2027?" in str(page.context["form"].errors["ends_on"])


def test_the_preview_follows_what_is_written_before_it_is_saved(client, draft) -> None:
    said = {**INTERVIEWS, "first_meetings_at_a_kasse": "1", "window_weeks": "13"}

    bars = (
        client.post("/aftaler/draft/trin/3/", said, headers={"HX-Request": "true"})
        .context["preview"]
        .drawing.bars
    )

    jobs = [one.letter for one in bars if "ob interview" in one.name]
    assert jobs[:2] == ["A", "J"]
    assert draft.terms.get().window_weeks is None


def test_a_term_that_the_rules_of_the_day_leave_idle_says_so(client, draft) -> None:
    Agreement.objects.filter(pk=draft.pk).update(starts_on=date(2026, 12, 1))
    draft.terms.update(starts_on=date(2026, 12, 1))

    page = client.get("/aftaler/draft/trin/3/")

    assert "rules of 2026" in page.context["form"].fields["window_weeks"].help_text
    assert "rules of 2026" not in str(page.context["form"].fields["host"].help_text)


def test_under_the_rules_of_2026_terms_move_no_interview() -> None:
    weeks = weeks_of(LO_COPENHAGEN_2009, starts_on=date(2026, 11, 2))

    assert weeks.windows
    assert not any(one.agreed for one in weeks.windows)


def test_in_2009_the_first_two_interviews_and_the_window_are_the_agreements() -> None:
    weeks = weeks_of(LO_COPENHAGEN_2009, starts_on=date(2009, 9, 1))

    jobs = [one for one in weeks.windows if one.rule == "R09-02"]
    assert [(one.party, one.agreed) for one in jobs[:3]] == [
        ("a_kasse", True), ("a_kasse", True), ("jobcentre", False)
    ]  # fmt: skip
    assert round(weeks.handover_week or 0) == 26


def test_an_addendum_begins_with_the_terms_it_changes(client, jobcentre, a_kasse) -> None:
    above = AgreementFactory(
        slug="above", parties=[jobcentre, a_kasse], terms={"due_soon_days": 9, "min_age": 30}
    )
    said = {
        "title": "Tillæg", "kind": "addendum", "parent": above.pk, "a_kasser": [a_kasse.pk],
        "starts_on": "01.12.2026",
    }  # fmt: skip

    shown = client.get("/aftaler/ny/?tillaeg=above")
    client.post("/aftaler/ny/?tillaeg=above", said)

    made = Agreement.objects.get(kind="addendum")
    assert shown.context["form"].instance.parent == above
    assert (made.terms.get().due_soon_days, made.terms.get().min_age) == (9, 30)


def test_the_last_step_sends_the_draft_to_coordination_once_it_says_something(
    client, draft
) -> None:
    empty = client.post("/aftaler/draft/trin/6/", {"text": "", "source": "", "do": "send"})
    sent = client.post("/aftaler/draft/trin/6/", {"text": "Vi mødes.", "do": "send"})

    assert empty.context["form"].errors
    assert sent["Location"] == "/aftaler/draft/"
    draft.refresh_from_db()
    assert draft.state == "coordinating"
    assert client.get("/aftaler/draft/trin/3/").status_code == 302


def test_the_preview_counts_whom_it_is_about_and_hides_few(client, draft, a_kasse) -> None:
    place = draft.municipalities.get()
    CourseFactory(a_kasse=a_kasse, municipality=place)

    few = client.get("/aftaler/draft/trin/3/").context["preview"].sayings
    CourseFactory.create_batch(4, a_kasse=a_kasse, municipality=place)
    five = client.get("/aftaler/draft/trin/3/").context["preview"].sayings

    assert any("fewer than 5 members" in one for one in few)
    assert any("5 members" in one and "fewer" not in one for one in five)


def test_the_draft_of_strangers_opens_for_nobody_else(draft) -> None:
    client = Client()
    other = UserFactory(role=Role.AGREEMENT_ADMINISTRATOR, organisation=JobcentreFactory())
    client.force_login(other)

    assert client.get("/aftaler/draft/trin/3/").status_code == 404


@pytest.mark.parametrize("step", [1, 2, 3, 4, 5, 6])
def test_a_step_asks_at_most_twelve_queries(
    client, draft, step, django_assert_max_num_queries
) -> None:
    client.get(f"/aftaler/draft/trin/{step}/")

    with django_assert_max_num_queries(12):
        client.get(f"/aftaler/draft/trin/{step}/")
