"""Texts of letters: the most specific one, version by version, with nothing left open."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from letters import actions
from letters.drafts import Draft, content_of, text_for
from letters.forms import SayingForm
from letters.models import LetterKind, LetterText
from letters.placeholders import IMPERSONAL, unknown_in
from letters.shipped import load_texts
from partnerships.models import Role
from shared.refusals import Refused
from tests.factories import AgreementFactory, UserFactory
from tests.meetings.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db


def written(by=None, **columns):
    said = {
        "kind": LetterKind.SUMMONS,
        "sender": "jobcentre",
        "language": "en",
        "subject": "Letter, case {case_number}",
        "heading": "Come",
        "body": "Dear {name}",
    }
    text = LetterText(**said | columns)
    return actions.write_text(text, by=by or UserFactory(role=Role.SYSTEM_ADMINISTRATOR), at=NOW)


def fitting(course, **changed):
    draft = {"sender": course.jobcentre, "meeting_kind": "joint", "language": "en"} | changed
    return text_for(course, Draft(kind=LetterKind.SUMMONS, **draft))


def test_the_most_specific_text_is_used(world):
    course, jobcentre = world.course, world.course.jobcentre
    course.agreement = AgreementFactory(parties=[jobcentre])
    admin = UserFactory(role=Role.AGREEMENT_ADMINISTRATOR, organisation=jobcentre)
    shipped = fitting(course)

    of_the_kind = written(meeting_kind="joint")
    assert fitting(course) == of_the_kind
    of_the_agreement = written(admin, agreement=course.agreement)
    assert fitting(course) == of_the_agreement
    of_both = written(admin, agreement=course.agreement, meeting_kind="joint")
    assert fitting(course) == of_both

    assert fitting(course, meeting_kind="job") == of_the_agreement
    assert fitting(course, sender=course.a_kasse).sender == "a_kasse"
    course.agreement = None
    assert fitting(course, meeting_kind="job") == shipped


def test_a_new_version_is_used_and_one_out_of_use_gives_way_to_the_general_text(world):
    first, second = written(meeting_kind="joint"), written(meeting_kind="joint", body="Hi {name}")

    assert (first.version, second.version) == (1, 2)
    assert fitting(world.course) == second
    written(meeting_kind="joint", in_use=False)
    assert fitting(world.course).meeting_kind == ""


def test_no_version_is_ever_changed_or_deleted():
    text = written()

    with pytest.raises(IntegrityError), transaction.atomic():
        LetterText.objects.filter(pk=text.pk).update(body="something else")
    with pytest.raises(IntegrityError), transaction.atomic():
        text.delete()


@pytest.fixture
def shipped(db):
    """The texts that the tables are made with; a test that empties them takes those along."""
    load_texts()


@pytest.mark.usefixtures("shipped")
def test_the_shipped_texts_leave_nothing_open_and_name_nobody_in_the_subject():
    texts = list(LetterText.objects.all())

    assert {(one.kind, one.language) for one in texts} == {
        (kind, language) for kind in LetterKind.values for language in ("da", "en")
    }
    assert [one for one in texts if unknown_in(one.heading + one.body)] == []
    assert [one for one in texts if unknown_in(one.subject, IMPERSONAL)] == []


@pytest.mark.usefixtures("shipped")
def test_loading_again_writes_nothing_and_leaves_what_people_wrote():
    assert load_texts() == 0
    mine = written()

    assert load_texts() == 0
    assert LetterText.objects.beside(mine).order_by("-version").first() == mine


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("body", "Dear {nmae}", "Nothing fills in {nmae}"),
        ("body", "Dear {name", "Nothing fills in {"),
        ("subject", "To {name}", "{organisation}, {case_number}"),
        ("heading", "{cpr}", "{with_whom}"),
    ],
)
def test_what_nothing_fills_in_is_refused_at_its_field_with_what_there_is(name, text, said):
    right = {"subject": "Case {case_number}", "heading": "Come", "body": "Dear {name}"}
    form = SayingForm(right | {name: text})

    assert list(form.errors) == [name]
    assert said in form.errors[name][0]
    assert SayingForm(right).is_valid()


def test_an_agreement_administrator_writes_for_the_own_side_of_own_agreements(world):
    jobcentre = world.course.jobcentre
    own, foreign = AgreementFactory(parties=[jobcentre]), AgreementFactory()
    admin = UserFactory(role=Role.AGREEMENT_ADMINISTRATOR, organisation=jobcentre)

    written(admin, agreement=own)
    for changed in ({"agreement": foreign}, {"agreement": own, "sender": "a_kasse"}, {}):
        with pytest.raises(Refused, match="your own agreements"):
            written(admin, **changed)


def test_a_letter_says_what_the_text_and_the_interview_say(world):
    draft = Draft(
        kind=LetterKind.SUMMONS,
        sender=world.course.jobcentre,
        values={"day": "Wednesday", "duty": "joint interview", "why": ""},
        facts=[("Day", "Wednesday")],
        language="en",
    )
    text = text_for(world.course, draft)
    content = content_of(world.course, draft, text, by=world.caseworker, on=TODAY)

    said = str(content["parts"])
    assert content["heading"] == "Summons to an interview: joint interview"
    assert "Your a-kasse alone decides" in said
    assert "Why we hold the interview" not in said  # nothing stands below it
    assert world.course.citizen.name not in content["title"]
    assert world.course.case_number in content["title"]


def test_the_a_kasse_and_the_jobcentre_write_of_consequences_as_their_rules_are(world):
    said = {}
    for sender in (world.course.jobcentre, world.course.a_kasse):
        draft = Draft(kind=LetterKind.SUMMONS, sender=sender, language="en")
        content = content_of(world.course, draft, text_for(world.course, draft), by=None, on=TODAY)
        said[sender.kind] = str(content["parts"])

    assert "we tell your a-kasse" in said["jobcentre"]
    assert "we assess" not in said["jobcentre"]
    assert "we assess whether this matters" in said["a_kasse"]
    assert "heard before we decide" in said["a_kasse"]


@pytest.mark.usefixtures("shipped")
def test_a_text_is_shown_on_made_up_data_saved_as_a_version_and_compared(world, client):  # noqa: PLR0915 (a journey)
    jobcentre = world.course.jobcentre
    own = AgreementFactory(parties=[jobcentre], title="Our agreement")
    client.force_login(UserFactory(role=Role.AGREEMENT_ADMINISTRATOR, organisation=jobcentre))
    like = LetterText.objects.get(kind="summons", sender="jobcentre", language="en")
    new = reverse("letters:new_text")
    said = {
        "agreement": own.pk, "sender": "jobcentre", "kind": "summons", "language": "en",
        "subject": like.subject, "heading": like.heading, "in_use": "on",
    }  # fmt: skip

    page = client.get(f"{new}?som={like.pk}").content.decode()
    assert "Anna Eksempel" in page
    shown = client.post(new, said | {"body": "Welcome {name}"}, headers={"HX-Request": "true"})
    assert "Welcome Anna Eksempel" in shown.content.decode()
    assert "<html" not in shown.content.decode()
    assert not LetterText.objects.filter(agreement=own).exists()
    refused = client.post(new, said | {"body": "Welcome {nobody}", "save": "1"})
    assert "Nothing fills in {nobody}" in refused.content.decode()
    pdf = client.post(new, said | {"body": "Welcome {name}", "pdf": "1"})
    assert pdf.content.startswith(b"%PDF")

    client.post(new, said | {"body": "Welcome {name}", "save": "1"})
    first = LetterText.objects.get(agreement=own)
    client.post(first.get_absolute_url(), said | {"body": "Hello {name}", "save": "1"})
    page = client.get(first.get_absolute_url()).content.decode()
    assert ">Welcome {name}</del>" in page
    assert "<ins>Hello {name}</ins>" in page


@pytest.mark.usefixtures("shipped")
def test_a_general_text_is_read_by_agreement_administrators_and_not_written(world, client):
    jobcentre = world.course.jobcentre
    client.force_login(UserFactory(role=Role.AGREEMENT_ADMINISTRATOR, organisation=jobcentre))
    text = LetterText.objects.get(kind="summons", sender="jobcentre", language="en")

    page = client.get(text.get_absolute_url())
    answer = client.post(text.get_absolute_url(), {"body": "mine", "save": "1"})

    assert "Save a new version" not in page.content.decode()
    assert answer.status_code == 404
