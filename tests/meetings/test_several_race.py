"""Two batches for one worker's times at once, and one page that is sent twice at once."""

from datetime import timedelta
from uuid import uuid4

import pytest

from courses.models import MeetingForm, Party
from letters.shipped import load_texts
from meetings.actions.several import Line, Several, carry_out, undo
from meetings.batch_words import in_words
from meetings.models import Batch, Meeting, Participant
from tests.factories import CourseFactory, DutyFactory
from tests.meetings.conftest import BEFORE, NOW, TEN, TODAY, new_world
from tests.meetings.test_race import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROWS = 5
HOUR = timedelta(hours=1)


@pytest.fixture
def world():
    load_texts()
    return new_world()


def plan(world, key=None, rows=ROWS):
    """Bookings of citizens of their own, hour by hour for the one worker, without a room."""
    duties = [
        DutyFactory(
            course=CourseFactory(municipality=world.course.municipality, **BEFORE),
            rule="R24-02",
            ordinal=2,
            due_on=TODAY,
            responsible=Party.JOBCENTRE,
        )
        for _ in range(rows)
    ]
    lines = [
        Line(duty.course, duty, starts_at=TEN + number * HOUR) for number, duty in enumerate(duties)
    ]
    return Several(
        key or uuid4(), Batch.Act.BOOK, lines, world.caseworker, form=MeetingForm.PHONE, minutes=45
    )


def test_of_two_batches_for_the_same_times_each_time_goes_to_one(world):
    plans = [plan(world), plan(world)]

    at_once([lambda one=one: carry_out(one, by=world.caseworker, at=NOW) for one in plans])

    assert Meeting.objects.count() == ROWS
    starts = Participant.objects.filter(worker=world.caseworker).values_list("starts_at", flat=True)
    assert sorted(starts) == [TEN + number * HOUR for number in range(ROWS)]
    rows = [row for batch in Batch.objects.all() for row in batch.rows.all()]
    assert sorted(row.outcome for row in rows) == ["done"] * ROWS + ["refused"] * ROWS
    refused = [in_words(row.said, on=TODAY) for row in rows if row.outcome == "refused"]
    assert all(f"{world.caseworker} is in another interview" in words for words in refused)


def test_one_page_sent_five_times_at_once_is_one_batch_and_books_each_row_once(world):
    one = plan(world)

    found = at_once([lambda: carry_out(one, by=world.caseworker, at=NOW) for _ in range(5)])

    assert len({batch.pk for batch in found}) == 1
    assert Meeting.objects.count() == ROWS
    assert {row.outcome for row in found[0].rows.all()} == {"done"}
    assert Meeting.letters.through.objects.count() == ROWS


def test_four_who_undo_at_once_undo_it_once(world):
    batch = carry_out(plan(world), by=world.caseworker, at=NOW)

    at_once([lambda: undo(batch, by=world.caseworker, at=NOW) for _ in range(4)])

    assert {row.outcome for row in batch.rows.all()} == {"undone"}
    assert set(Meeting.objects.values_list("state", flat=True)) == {"cancelled"}


def test_a_request_that_died_in_the_middle_goes_on_where_it_stopped(world):
    one = plan(world)
    batch = carry_out(one, by=world.caseworker, at=NOW)
    last = batch.rows.order_by("pk").last()
    meeting = last.meeting
    batch.rows.filter(pk=last.pk).update(outcome="waiting", meeting=None, said={})
    meeting.letters.clear()
    meeting.delete()

    again = carry_out(one, by=world.caseworker, at=NOW)

    assert again.pk == batch.pk
    assert {row.outcome for row in again.rows.all()} == {"done"}
    assert Meeting.objects.count() == ROWS
