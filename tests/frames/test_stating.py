"""Each month, who pays and who refers is told once that the statement is ready."""

from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from frames.jobs import state_frames
from notices.models import Notice
from tests.frames.world import at, frame_world

pytestmark = pytest.mark.django_db
APRIL = date(2010, 4, 1)


@pytest.fixture(autouse=True)
def _that_day():
    with time_machine.travel(at(APRIL, 6), tick=False):
        yield


@pytest.fixture
def world():
    return frame_world()


def told() -> set[int]:
    return set(Notice.objects.filter(kind="frame-statement").values_list("user", flat=True))


def test_finance_and_the_coordinator_are_told_where_it_lies(world) -> None:
    assert state_frames()["told"] == 2
    assert told() == {world.finance.pk, world.coordinator.pk}
    notice = Notice.objects.filter(kind="frame-statement").first()
    assert notice.url == f"/rammer/opgoerelse/{world.foa.slug}/2010-3.pdf"


def test_nobody_is_told_twice_of_a_month_also_when_it_was_read(world) -> None:
    state_frames()
    Notice.objects.update(read_at=at(APRIL, 7))
    assert state_frames(on=date(2010, 4, 2))["told"] == 0
    assert state_frames(on=date(2010, 5, 3))["told"] == 2


def test_a_frame_that_was_closed_before_the_month_is_not_stated(world) -> None:
    world.frame.closed_at = at(date(2010, 2, 20))
    world.frame.save()
    assert state_frames()["a_kasser"] == 0


def test_it_is_a_command_too(world) -> None:
    said = StringIO()
    call_command("state_frames", "--on", "2010-04-01", stdout=said)
    assert said.getvalue().startswith("2010-03: 1 a-kasser with a frame, 2 people told")
