"""The course page says criterion by criterion whether the agreement takes the member in."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shared.written import plain_day
from tests.courses.course_world import NOW, make_world
from tests.factories import AgreementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(settings):
    settings.LANGUAGE_CODE = "en"
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world():
    return make_world()


def page_of(client, user, course):
    client.force_login(user)
    return client.get(course.get_absolute_url()).content.decode()


def taken_in(course):
    course.agreement, course.eligible = AgreementFactory(title="Aftalen"), False
    course.criteria = [
        {"name": "age", "ok": False, "value": "27", "source": "S0"},
        {"name": "a_kasse", "ok": True, "value": course.a_kasse.slug, "source": "S1"},
        {"name": "municipality", "ok": True, "value": course.municipality_id, "source": "S1"},
        {"name": "in_force", "ok": True, "value": "2026-09-01", "source": "agreement"},
    ]
    course.save()


def test_each_criterion_has_its_value_its_outcome_and_its_source(client, world):
    taken_in(world.course)
    page = page_of(client, world.consultant, world.course)
    panel = page[page.index('id="criteria"') :]
    panel = panel[: panel.index("</section>")]
    assert "Not under the agreement" in panel
    assert "Age on the day of registration: 27" in panel
    assert "did not hold" in panel
    assert world.course.municipality.name in panel
    assert plain_day(date(2026, 9, 1)) in panel
    assert "Aftalen" in panel


def test_the_panel_asks_nothing_more_of_the_database(client, world):
    page_of(client, world.consultant, world.course)
    with CaptureQueriesContext(
        connection,
    ) as without:
        page_of(client, world.consultant, world.course)
    taken_in(world.course)
    with CaptureQueriesContext(connection) as within:
        page_of(client, world.consultant, world.course)
    assert len(within) <= len(without)


def test_without_an_agreement_nothing_is_said(client, world):
    world.course.agreement, world.course.criteria = None, []
    world.course.save()
    assert 'id="criteria"' not in page_of(client, world.consultant, world.course)
