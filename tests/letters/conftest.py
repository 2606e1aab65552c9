"""A course whose jobcentre and a-kasse both write letters, on a Monday morning."""

import pytest
import time_machine

from letters.models import Route
from tests.meetings.conftest import NOW, World, new_world


@pytest.fixture(autouse=True)
def _now():
    """It is 9 o'clock on Monday 21 September 2026, and time stands still."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def _in_english(settings, tmp_path):
    """Refusals are read in the language of the source; messages lie in the test's own folder."""
    settings.LANGUAGE_CODE = "en"
    settings.DIGITAL_POST_OUTBOX = str(tmp_path / "digital-post")


@pytest.fixture
def world(db) -> World:
    """Both sides can send by Digital Post."""
    return with_routes(new_world())


def with_routes(world: World) -> World:
    Route.objects.create(organisation=world.course.jobcentre, cvr="11111111")
    Route.objects.create(organisation=world.course.a_kasse, cvr="22222222")
    return world
