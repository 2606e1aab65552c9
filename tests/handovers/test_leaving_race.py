"""Several clicks at once on the buttons that let a member go, and that take it back."""

import pytest

from handovers.actions import Leaving, leave, undo_leaving
from handovers.models import Departure
from letters.models import Letter
from letters.shipped import load_texts
from tests.handovers.conftest import NOW, TODAY, new_world
from tests.meetings.test_race import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CLICKS = 3
LEFT = "This is recorded already. Take it back first to change it."
BACK = "This has been taken back already. Reload the page."


def test_a_member_leaves_and_comes_back_once_however_often_one_clicks():
    load_texts()
    world = new_world()
    said = Leaving(TODAY, "phone", "needs_more")

    left = at_once([lambda: leave(world.course, said, by=world.consultant, at=NOW)] * CLICKS)

    departure = Departure.objects.get()
    assert sorted(map(str, left)) == sorted([str(departure), *[LEFT] * (CLICKS - 1)])
    assert Letter.objects.count() == 1

    def undo():
        again = Departure.objects.get(pk=departure.pk)
        return undo_leaving(again, by=world.consultant, at=NOW)

    assert sorted(map(str, at_once([undo] * CLICKS))) == [*[BACK] * (CLICKS - 1), "True"]
