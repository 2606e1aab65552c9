"""Taking a departure back: from the course page too, with its letter, and in no other way."""

from datetime import date

import pytest
from django.urls import reverse

from courses import deadlines
from courses.actions.facts import withdraw_choice
from courses.models import Choice
from handovers.actions import Leaving, leave
from handovers.models import Departure
from letters.models import Letter
from shared.refusals import Refused
from tests.factories import moment
from tests.handovers.test_acts import at, world_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 10)


@pytest.fixture
def gone():
    """A member that was visited to the jobcentre this morning; the letter still waits."""
    world = world_of(date(2026, 2, 2))
    with at(DAY):
        leave(world.course, Leaving(DAY, "phone", "own_wish"), by=world.leader, at=moment(DAY, 10))
        deadlines.refresh(world.course, cause="test", by=None, on=DAY)
        yield world


def test_take_back_beside_a_departure_takes_its_letter_back(gone):
    departure = Departure.objects.get()
    undo = reverse("handovers:undo_leaving", args=[gone.course.case_number, departure.pk])
    browser = gone.browser(gone.leader)
    assert f'href="{undo}"' in browser.get(gone.course.get_absolute_url()).text
    browser.post(undo, {"step": "confirm"})
    assert Letter.objects.get(kind="confirmation").state == "taken_back"
    assert not Choice.objects.standing().exists()


def test_the_page_that_takes_choices_back_leads_to_that_of_the_departure(gone):
    departure = Departure.objects.get()
    args = [gone.course.pk, departure.choice_id]
    answer = gone.browser(gone.leader).post(
        reverse("courses:withdraw_choice", args=args), {"step": "confirm"}
    )
    assert answer.url == reverse(
        "handovers:undo_leaving", args=[gone.course.case_number, departure.pk]
    )


def test_the_choice_of_a_departure_is_never_taken_back_without_its_letter(gone):
    departure = Departure.objects.get()
    with pytest.raises(Refused, match="letter"):
        withdraw_choice(choice=departure.choice, course=gone.course, by=gone.caseworker)
    page = gone.browser(gone.caseworker).get(gone.course.get_absolute_url()).text
    assert (
        reverse("courses:withdraw_choice", args=[gone.course.pk, departure.choice_id]) not in page
    )
    assert "fortryd" not in page
