"""Hours, leave and closing days where interviews are booked: by free time, by hand, in bulk."""

from datetime import timedelta

import pytest
from django.urls import reverse

from meetings.models import Batch, Meeting
from staffing.models import ClosingDay, Leave, WorkingHours
from tests.factories import RoomFactory, moment
from tests.meetings import test_several as bulk
from tests.meetings.conftest import DAY, TODAY

MONDAY = TODAY + timedelta(7)  # the first day that is proposed
TUESDAY = MONDAY + timedelta(1)


@pytest.fixture
def desk(client, world):
    """The browser of the caseworker, in English."""
    client.force_login(world.caseworker)
    client.cookies["django_language"] = "en"
    return client


def leave(world, starts_at, ends_at):
    Leave.objects.create(
        user=world.caseworker, organisation=world.jobcentre, starts_at=starts_at, ends_at=ends_at
    )


def page_of(desk, world, **sent):
    address = reverse("meetings:book", args=[world.course.case_number])
    return desk.post(address, sent) if sent else desk.get(address, {"duty": world.joint.pk})


def test_free_times_respect_hours_leave_and_closing_days(desk, world):
    leave(world, moment(MONDAY, 0), moment(MONDAY, 12))
    ClosingDay.objects.create(
        organisation=world.jobcentre, starts_on=TUESDAY, ends_on=TUESDAY + timedelta(1)
    )
    WorkingHours.objects.create(
        user=world.caseworker, organisation=world.jobcentre, weekday=DAY.weekday(),
        starts="13:30", ends="16:00", starts_on=DAY, ends_on=DAY + timedelta(1),
    )  # fmt: skip
    text = page_of(desk, world).text
    assert "dag=2026-09-28&amp;kl=12.30" in text
    assert "dag=2026-09-29" not in text
    assert "dag=2026-09-30&amp;kl=13.30" in text
    assert "dag=2026-10-01&amp;kl=08.00" in text


def test_a_time_by_hand_asks_for_a_tick_before_it_overrules_leave(desk, world):
    leave(world, moment(DAY, 8), moment(DAY, 12))
    sent = bulk.one_booking(world)
    text = page_of(desk, world, **sent).text
    assert f"{world.caseworker} is away until 12:00." in text
    assert not Meeting.objects.exists()
    page_of(desk, world, **sent | {"seen": "leave"})
    assert Meeting.objects.count() == 1


def test_a_time_by_hand_overrules_no_other_interview(desk, world):
    world.booked_joint()
    sent = bulk.one_booking(world, what="kind:joint", seen="not_invited in_slot leave")
    assert "has another interview from 10:00 to 10:45" in page_of(desk, world, **sent).text
    assert Meeting.objects.count() == 1


def test_a_room_that_is_kept_or_taken_is_not_suggested(desk, world):
    other = RoomFactory(organisation=world.jobcentre, name="Room Z")
    world.booked_joint()
    address = reverse("meetings:book", args=[world.course.case_number])
    text = desk.get(address, {"dag": f"{DAY:%Y-%m-%d}", "kl": "10.15"}).text
    assert f'value="{other.pk}" selected' in text


def test_several_are_put_where_the_worker_works(desk, world):
    leave(world, moment(MONDAY, 0), moment(MONDAY, 14))
    ClosingDay.objects.create(
        organisation=world.jobcentre, starts_on=TUESDAY, ends_on=TUESDAY + timedelta(1)
    )
    batch = bulk.booked(desk, world, bulk.more_duties(world, 3))
    assert bulk.outcomes(batch) == ["done"] * 3
    starts = [one.starts_at for one in Meeting.objects.order_by("starts_at")]
    assert starts == [moment(MONDAY, 14), moment(MONDAY, 15), moment(DAY, 8)]


def test_a_row_put_into_leave_by_hand_asks_for_a_tick(desk, world):
    leave(world, moment(DAY, 8), moment(DAY, 12))
    [duty] = bulk.more_duties(world, 1)
    sent = bulk.fields_of(bulk.preview(desk, world, [duty]))
    sent |= {f"r{duty.pk}-day": "30.09.2026", f"r{duty.pk}-starts": "10.00"}
    text = desk.post(bulk.SEVERAL, sent).text
    assert f"{world.caseworker} is away until 12:00." in text
    assert not Batch.objects.exists()
