"""Evaluations, mail to members without an account, and forums that meet too seldom."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from forums import actions
from forums.actions.surveys import give_links, make_survey
from forums.models import Evaluation, Forum, SurveyAnswer
from forums.reminding import remind
from forums.results import results_of
from forums.rhythm import rhythm_of
from notices.models import Mail, Notice
from notices.sending import send_waiting
from partnerships.models import Agreement, Role
from tests.factories import (
    AgreementFactory,
    AKasseFactory,
    CourseFactory,
    JobcentreFactory,
    UserFactory,
    moment,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
NOW = moment(TODAY, 8)


@pytest.fixture
def house():
    return JobcentreFactory()


@pytest.fixture
def forum(house):
    agreement = AgreementFactory(parties=[house, AKasseFactory()])
    kind = Forum.Kind.STEERING_GROUP
    return actions.make_forum(agreement, name="Group", kind=kind, meetings_a_year=2, by=None)


def outsider(forum, house, email="outside@example.org"):
    return actions.add_member(forum, name="Vera", organisation=house, email=email, by=None, at=NOW)


def called(forum, days=9):
    return actions.plan_meeting(forum, starts_at=NOW + timedelta(days), by=None, at=NOW)


def test_a_member_without_an_account_gets_the_agenda_by_mail(forum, house, settings) -> None:
    settings.EMAIL_HOST = "localhost"
    outsider(forum, house)
    actions.add_member(forum, name="Kim", organisation=house, by=None, at=NOW)

    called(forum)
    queued = Mail.objects.get()
    send_waiting(at=NOW + timedelta(1))

    (sent,) = mail.outbox
    assert sent.to == ["outside@example.org"]
    assert "1. " in sent.body
    queued.refresh_from_db()
    assert (queued.state, queued.address) == (Mail.State.SENT, "")


def test_a_member_with_an_account_is_told_on_screen_and_by_no_mail(forum, house) -> None:
    user = UserFactory(role=Role.STEERING_GROUP, organisation=house)
    actions.add_member(
        forum, name="Kim", organisation=house, email=user.email, user=user, by=None, at=NOW
    )

    meeting = called(forum)
    actions.cancel_meeting(meeting, by=UserFactory(), at=NOW)

    assert not Mail.objects.exists()
    kinds = Notice.objects.filter(user=user, read_at=None).values_list("kind", flat=True)
    assert list(kinds) == ["forum-cancelled"]


def test_a_cancelled_meeting_is_called_off_by_mail(forum, house) -> None:
    outsider(forum, house)

    actions.cancel_meeting(called(forum), by=UserFactory(), at=NOW)

    assert Mail.objects.filter(kind=Mail.Kind.FORUM).count() == 2


def test_an_owner_without_an_account_is_reminded_by_mail_once_ahead(forum, house) -> None:
    owner = outsider(forum, house)
    meeting = actions.plan_meeting(forum, starts_at=NOW - timedelta(3), by=None, at=NOW)
    actions.hold_meeting(meeting, minutes="All came.", by=None, at=NOW)
    actions.decide(meeting, text="More times", owner=owner, due_on=TODAY, by=None)

    for _run in range(2):
        remind(on=TODAY, at=NOW)

    assert "More times" in Mail.objects.get().text


def test_who_calls_meetings_is_told_once_that_one_is_missing(forum, house) -> None:
    keeper = UserFactory(role=Role.AGREEMENT_ADMINISTRATOR, organisation=house)

    told = [remind(on=TODAY, at=NOW).late for _run in range(2)]

    assert told == [1, 0]
    assert Notice.objects.get(kind="forum-late").user == keeper


@pytest.mark.parametrize(
    ("columns", "agreed"),
    [
        ({}, 2),
        ({"ends_on": date(2026, 12, 1)}, 1),
        ({"ends_on": date(2026, 11, 1)}, 0),
        ({"state": Agreement.State.EXPIRED, "ends_on": date(2025, 8, 1)}, 0),
    ],
)
def test_an_agreement_that_is_over_asks_for_no_meetings(forum, columns, agreed) -> None:
    for name, value in columns.items():
        setattr(forum.agreement, name, value)

    assert rhythm_of(forum, [], on=TODAY).agreed == agreed


def test_the_next_agenda_names_what_was_decided_and_is_not_done(forum, house) -> None:
    meeting = actions.plan_meeting(forum, starts_at=NOW - timedelta(3), by=None, at=NOW)
    actions.hold_meeting(meeting, minutes="All came.", by=None, at=NOW)
    owner = outsider(forum, house)
    actions.decide(meeting, text="More times", owner=owner, due_on=TODAY, by=None)

    texts = called(forum).agenda.values_list("text", flat=True)

    assert any("More times (Vera" in text for text in texts)


def test_while_a_survey_is_open_its_results_move_five_answers_at_a_time(forum) -> None:
    question = {"key": "q1", "text": "Did it help?", "kind": "scale"}
    days = {"opens_on": TODAY, "closes_on": TODAY + timedelta(7)}
    survey = make_survey(forum.agreement, title="W", questions=[question], **days, by=None)
    give_links(survey, 7, by=None)
    for _one in range(7):
        SurveyAnswer.objects.create(survey=survey, answers={"q1": "4"}, answered_on=TODAY)

    assert results_of(survey, on=TODAY).answered == 5
    assert results_of(survey, on=survey.closes_on).answered == 7


def test_an_evaluation_keeps_its_figures_and_says_when_the_next_is(forum, house) -> None:
    by = UserFactory(role=Role.AGREEMENT_ADMINISTRATOR, organisation=house)
    for _one in range(6):
        CourseFactory(agreement=forum.agreement, starts_on=TODAY - timedelta(30))

    next_on = TODAY + timedelta(365)
    row = actions.record_evaluation(
        forum.agreement, text="It works.", next_on=next_on, on=TODAY, by=by, at=NOW
    )

    assert dict(row.figures)["running"] == 6
    assert Agreement.objects.get().evaluated_on == next_on
    assert Agreement.objects.get().versions.get().why == "evaluated"


def test_the_page_of_an_evaluation_costs_the_same_for_many_decisions(
    forum, house, client, django_assert_max_num_queries
) -> None:
    user = UserFactory(role=Role.STEERING_GROUP, organisation=house)
    client.force_login(user)
    url = reverse("forums:evaluation", args=[forum.agreement.slug])
    owner = outsider(forum, house)
    meeting = actions.plan_meeting(forum, starts_at=NOW - timedelta(3), by=None, at=NOW)
    actions.hold_meeting(meeting, minutes="All came.", by=None, at=NOW)
    question = {"key": "q1", "text": "Did it help?", "kind": "scale"}
    for number in range(10):
        actions.decide(meeting, text=f"No. {number}", owner=owner, due_on=TODAY, by=None)
        days = {"opens_on": TODAY, "closes_on": TODAY + timedelta(7)}
        make_survey(forum.agreement, title="W", questions=[question], **days, by=None)
        Evaluation.objects.create(
            agreement=forum.agreement, evaluated_on=TODAY, text="Fine", recorded_by=user
        )

    with time_machine.travel(NOW, tick=False):
        client.get(url)
        with django_assert_max_num_queries(12):
            page = client.get(url)

    assert page.status_code == 200
    assert page.content.decode().count("No. ") == 10
