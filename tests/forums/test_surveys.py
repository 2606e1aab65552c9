"""Surveys by link: answered once by nobody in particular, and read as sums."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from forums.actions.surveys import give_links, make_survey
from forums.models import SurveyAnswer, SurveyLink
from forums.results import results_of
from tests.factories import AgreementFactory, moment

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
QUESTIONS = [
    {"key": "q1", "text": "Did it help?", "kind": "scale"},
    {"key": "q2", "text": "Would you come again?", "kind": "yes_no"},
]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(moment(TODAY, 10), tick=False):
        yield


@pytest.fixture
def survey():
    days = {"opens_on": TODAY, "closes_on": TODAY + timedelta(7)}
    return make_survey(AgreementFactory(), title="Workshop", questions=QUESTIONS, **days, by=None)


def send(token: str, **answers: str):
    return Client().post(reverse("forums:answer", args=[token]), answers)


def test_a_link_is_used_once_and_its_address_is_not_kept(survey) -> None:
    (token,) = give_links(survey, 1, by=None)

    assert send(token, q1="4").status_code == 200
    assert send(token, q1="1").status_code == 404
    assert [one.answers for one in SurveyAnswer.objects.all()] == [{"q1": "4"}]
    assert not SurveyLink.objects.filter(key=token).exists()


def test_the_page_sets_no_cookie_and_is_neither_kept_nor_passed_on(survey) -> None:
    (token,) = give_links(survey, 1, by=None)

    page = Client().get(reverse("forums:answer", args=[token]) + "?sprog=en")

    assert page.status_code == 200
    assert not page.cookies
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in page["Content-Security-Policy"]


def test_an_empty_or_foreign_answer_is_not_kept(survey) -> None:
    (token,) = give_links(survey, 1, by=None)

    send(token)
    send(token, q1="9")

    assert not SurveyAnswer.objects.exists()


def test_a_survey_that_is_over_takes_no_answer(survey) -> None:
    (token,) = give_links(survey, 1, by=None)

    with time_machine.travel(moment(TODAY + timedelta(7), 1), tick=False):
        assert send(token, q1="4").status_code == 404


def test_results_are_sums_and_shown_from_five_answers(survey) -> None:
    tokens = give_links(survey, 6, by=None)
    for token in tokens[:4]:
        send(token, q1="4", q2="yes")
    assert not results_of(survey, on=TODAY).are_shown

    send(tokens[4], q1="5")

    shown = results_of(survey, on=TODAY)
    assert shown.answered == 5
    assert [one.count for one in shown.rows[0].counts] == [0, 0, 0, 4, 1]
    assert shown.rows[1].counts == []  # four answered it
