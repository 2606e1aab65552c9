"""The help explains every rule, and with a citizen's own numbers to those who may see them."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from law.acts import ACTS
from law.uncertain import REGISTER
from tests.courses.course_world import NOW, make_world

pytestmark = pytest.mark.django_db
DEADLINES = "/hjaelp/frister/"


@pytest.fixture
def world(db):
    with time_machine.travel(NOW, tick=False):
        yield make_world()


def test_every_rule_and_every_open_question_stands_on_the_page(client, world):
    client.force_login(world.caseworker)

    page = client.get(reverse("courses:help_deadlines")).content.decode()

    for act in ACTS:
        for rule in (*act.rules, *act.provisions):
            assert f">{rule.id}</th>" in page
    for question in REGISTER:
        assert f">{question.id}</th>" in page


def test_the_act_of_the_day_stands_open(client, world):
    client.force_login(world.caseworker)

    shown = client.get(DEADLINES).context["help"]

    assert [act.regime for act in shown.acts if act.is_shown] == ["2026"]


def test_a_case_brings_its_own_clock_and_the_reason_of_each_date(client, world):
    client.force_login(world.caseworker)
    course = world.course

    answer = client.get(DEADLINES, {"sag": course.case_number})

    own = answer.context["help"].own
    due = {one.rule: one.due_on for one in own.duties}
    assert own.clocks.hours > 0
    assert due[course.duties.get(kind="joint").rule] == course.duties.get(kind="joint").due_on
    assert all(one.because for one in own.duties)
    assert course.citizen.name in answer.content.decode()
    assert [act.regime for act in answer.context["help"].acts if act.is_shown] == [course.regime]


@pytest.mark.parametrize("written", ["K-999999", "010185", "hvad", ""])
def test_a_case_that_is_not_there_is_not_found(client, world, written):
    client.force_login(world.caseworker)

    assert client.get(DEADLINES, {"sag": written}).status_code == 404


def test_a_stranger_reads_the_rules_and_not_the_citizen(client, world):
    client.force_login(world.stranger)

    assert client.get(DEADLINES).status_code == 200
    assert client.get(DEADLINES, {"sag": world.course.case_number}).status_code == 404


def test_the_source_names_no_stored_text_that_readers_do_not_have(client, world):
    client.force_login(world.caseworker)

    assert "(V:" not in client.get(DEADLINES).content.decode()


def test_each_side_reads_about_its_own_day(client, world):
    client.force_login(world.caseworker)
    desk = client.get("/hjaelp/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    client.force_login(world.stranger)
    other = client.get("/hjaelp/", HTTP_ACCEPT_LANGUAGE="en").content.decode()

    assert "A day in the jobcentre" in desk
    assert "A day in the a-kasse" not in desk
    assert "A day in the a-kasse" in other


def test_the_help_names_the_days_of_a_law_that_has_ended(client, world):
    client.force_login(world.caseworker)

    act = client.get(DEADLINES).context["help"].acts[-1]

    assert (act.regime, act.days) == ("2009", "1.8.2009 – 30.6.2015")
    assert ACTS[0].in_force.ends_on == date(2015, 7, 1)
