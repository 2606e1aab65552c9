"""Publishing times: making a series, changing it, and taking times out of it."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from courses.models import MeetingForm, MeetingKind
from journal.models import Entry
from meetings.actions import book
from notices.models import Notice
from partnerships.models import Role
from shared.refusals import Refused
from slots.actions.pools import (
    change_pool,
    extend,
    leave_out_day,
    make_pool,
    move_slot,
    publish,
    reopen_slot,
    unpublish,
    withdraw_slot,
)
from slots.actions.reserving import reserve
from slots.models import Pool, Reservation, Slot
from slots.planning import plan_of
from staffing.models import ClosingDay, Leave
from tests.factories import AKasseFactory, JobcentreFactory, RoomFactory, UserFactory, moment
from tests.meetings.conftest import NOW, TODAY
from tests.slots.conftest import HOUR

TUESDAY = date(2026, 9, 29)
DAY, WEEK = timedelta(1), timedelta(7)


@pytest.fixture
def planner(place):
    return UserFactory(role=Role.BOOKING_COORDINATOR, organisation=place.world.jobcentre)


@pytest.fixture
def leader(place):
    return UserFactory(role=Role.COORDINATOR, organisation=place.world.course.a_kasse)


@pytest.fixture
def draft(place):
    """Three times on each of four Tuesdays, in the jobcentre's room, with its caseworker."""
    return Pool(
        jobcentre=place.world.jobcentre,
        name="Tuesdays",
        room=place.world.room,
        worker=place.caseworker,
        form=MeetingForm.IN_PERSON,
        starts=time(9),
        ends=time(11, 15),
        starts_on=TUESDAY,
        ends_on=TUESDAY + 4 * WEEK,
    )


@pytest.fixture
def pool(draft, planner):
    made = make_pool(draft, [], by=planner, at=NOW)
    return publish(made, by=planner, at=NOW)


def days(pool):
    rows = pool.slots.open().order_by("starts_at")
    return sorted({timezone.localdate(one.starts_at) for one in rows})


# --- Making a series ----------------------------------------------------------------------------
def test_a_series_is_stored_time_by_time(pool, place):
    first = pool.slots.earliest("starts_at")

    assert pool.slots.count() == 12
    assert days(pool) == [TUESDAY + n * WEEK for n in range(4)]
    assert (first.room, first.worker, first.seats) == (place.world.room, place.caseworker, 1)
    assert first.ends_at - first.starts_at == timedelta(minutes=45)
    assert Entry.objects.filter(what="pool-made").get().details["count"] == 12


def test_closing_days_and_holidays_are_left_out_and_named(draft, place, planner):
    ClosingDay.objects.create(
        organisation=place.world.jobcentre,
        starts_on=TUESDAY + WEEK,
        ends_on=TUESDAY + WEEK + DAY,
        reason="Staff day",
    )
    draft.starts_on, draft.ends_on = TUESDAY, date(2027, 1, 1)
    draft.repeats = Pool.Repeats.WEEKLY
    draft.starts_on = date(2026, 9, 25)  # Fridays, so that one falls on 25 December

    plan = plan_of(draft, at=NOW, exceptions={})
    assert [(one.day, one.why) for one in plan.left_out] == [(date(2026, 12, 25), "Christmas Day")]

    draft.starts_on = TUESDAY
    plan = plan_of(draft, at=NOW, exceptions={})
    assert plan.left_out[0].day == TUESDAY + WEEK
    assert plan.left_out[0].why.endswith("is closed: Staff day")


def test_nothing_is_half_made_where_times_collide(draft, place, planner):
    busy = place.world.sitting(moment(TUESDAY, 9) + HOUR)
    book(place.world.course, place.world.joint_purpose(), busy, by=place.caseworker, at=NOW)

    with pytest.raises(Refused, match=r"2 times collide.*is taken until"):
        make_pool(draft, [], by=planner, at=NOW)
    assert not Slot.objects.exists()

    make_pool(draft, [], leave_out_taken=True, by=planner, at=NOW)
    assert Slot.objects.count() == 10


def test_leave_and_other_pools_of_worker_and_room_are_named(draft, place, planner, pool):
    Leave.objects.create(
        user=place.caseworker,
        organisation=place.world.jobcentre,
        starts_at=moment(TUESDAY + 4 * WEEK, 8),
        ends_at=moment(TUESDAY + 4 * WEEK, 16),
    )
    other = Pool(
        jobcentre=place.world.jobcentre,
        name="Again",
        room=place.world.room,
        worker=place.caseworker,
        starts=time(9),
        ends=time(9, 45),
        starts_on=TUESDAY,
        ends_on=TUESDAY + 5 * WEEK,
    )

    plan = plan_of(other, at=NOW, exceptions={})

    said = [" ".join(one.collisions) for one in plan.times]
    assert all("kept for joint interviews" in one for one in said[:4])
    assert "is away until" in said[4]


def test_only_the_booking_coordinator_of_the_jobcentre_publishes(draft, place):
    stranger = UserFactory(role=Role.BOOKING_COORDINATOR, organisation=JobcentreFactory())
    for by in (place.caseworker, stranger):
        with pytest.raises(Refused, match="Only the booking coordinator"):
            make_pool(draft, [], by=by, at=NOW)


def test_a_series_without_times_or_without_end_is_refused(draft, planner):
    draft.ends = time(9, 30)
    with pytest.raises(Refused, match="make no times"):
        make_pool(draft, [], by=planner, at=NOW)

    draft.ends, draft.ends_on = time(16), TUESDAY + timedelta(800)
    with pytest.raises(Refused, match="two years"):
        make_pool(draft, [], by=planner, at=NOW)


# --- Changing and publishing --------------------------------------------------------------------
def test_a_pool_that_nobody_uses_is_made_anew(pool, planner):
    pool.minutes = 30
    change_pool(pool, [], by=planner, at=NOW)

    assert pool.slots.count() == 16
    assert set(pool.slots.values_list("seats", flat=True)) == {1}


def test_the_times_of_a_pool_in_use_stay(pool, place, planner):
    slot = pool.slots.first()
    place.book(slot)

    pool.name, pool.minutes = "Other name", 30
    change_pool(pool, [place.world.course.a_kasse], by=planner, at=NOW)

    pool.refresh_from_db()
    assert (pool.name, pool.minutes, pool.slots.count()) == ("Other name", 45, 12)
    assert list(pool.a_kasser.all()) == [place.world.course.a_kasse]


def test_a_pool_is_not_closed_to_who_has_reserved_in_it(pool, place, planner, leader):
    reserve(pool.slots.first(), place.world.course.a_kasse, by=leader, at=NOW)

    with pytest.raises(Refused, match="has reserved times in the pool"):
        change_pool(pool, [AKasseFactory()], by=planner, at=NOW)


def test_a_pool_that_somebody_relies_on_stays_published(pool, place, planner, leader):
    reserve(pool.slots.first(), place.world.course.a_kasse, by=leader, at=NOW)

    with pytest.raises(Refused, match="relies on these times: Tue 29 Sep"):
        unpublish(pool, by=planner, at=NOW)

    assert not Slot.objects.visible_to(leader).filter(pool__is_published=False).exists()


def test_a_draft_is_seen_by_its_own_jobcentre_alone(draft, planner, leader):
    pool = make_pool(draft, [], by=planner, at=NOW)

    assert Pool.objects.visible_to(planner).filter(pk=pool.pk).exists()
    assert not Pool.objects.visible_to(leader).filter(pk=pool.pk).exists()
    publish(pool, by=planner, at=NOW)
    assert Pool.objects.visible_to(leader).filter(pk=pool.pk).exists()
    unpublish(pool, by=planner, at=NOW)
    assert not Pool.objects.visible_to(leader).filter(pk=pool.pk).exists()


def test_a_series_is_extended_by_its_rhythm(pool, planner):
    Pool.objects.filter(pk=pool.pk).update(repeats="fortnightly")
    pool.refresh_from_db()

    assert extend(pool, ends_on=TUESDAY + 8 * WEEK, by=planner, at=NOW) == 6

    assert days(pool)[4:] == [TUESDAY + 4 * WEEK, TUESDAY + 6 * WEEK]
    with pytest.raises(Refused, match="after the last day"):
        extend(pool, ends_on=TUESDAY, by=planner, at=NOW)


# --- Taking times out ---------------------------------------------------------------------------
def test_a_day_is_left_out_for_good(pool, planner):
    assert leave_out_day(pool, TUESDAY + WEEK, reason="Training", by=planner, at=NOW) == 3

    assert TUESDAY + WEEK not in days(pool)
    assert pool.exceptions.get().reason == "Training"


def test_a_day_on_which_somebody_is_booked_is_not_left_out(pool, place, planner):
    place.book(pool.slots.earliest("starts_at"))

    with pytest.raises(Refused, match="booked at these times: Tue 29 Sep at 9:00"):
        leave_out_day(pool, TUESDAY, by=planner, at=NOW)

    assert pool.slots.open().count() == 12
    assert not pool.exceptions.exists()


def test_one_time_is_moved_and_who_reserved_it_is_told(pool, place, planner, leader):
    slot = pool.slots.earliest("starts_at")
    reserve(slot, place.world.course.a_kasse, by=leader, at=NOW)

    moved = move_slot(slot, moment(TUESDAY, 13), room=place.world.room, by=planner, at=NOW)

    assert moved.ends_at - moved.starts_at == timedelta(minutes=45)
    assert moved.a_kasse == place.world.course.a_kasse
    assert [one.kind for one in Notice.objects.filter(user=leader)] == ["slot-moved"]


def test_a_time_is_not_moved_into_another_or_onto_a_closed_day(pool, place, planner):
    first, second = pool.slots.order_by("starts_at")[:2]

    for starts_at, why in (
        (second.starts_at, "kept for joint interviews"),
        (moment(date(2026, 10, 3), 9), "weekend day"),
        (NOW - HOUR, "a time ahead"),
    ):
        with pytest.raises(Refused, match=why):
            move_slot(first, starts_at, room=place.world.room, by=planner, at=NOW)


def test_a_booked_time_is_neither_moved_nor_withdrawn(pool, place, planner):
    slot = pool.slots.earliest("starts_at")
    place.book(slot)

    with pytest.raises(Refused, match="booked at these times"):
        move_slot(slot, moment(TUESDAY, 13), room=place.world.room, by=planner, at=NOW)
    with pytest.raises(Refused, match="booked at these times"):
        withdraw_slot(slot, by=planner, at=NOW)


def test_a_withdrawn_time_is_nobodys_and_can_be_opened_again(pool, place, planner, leader):
    slot = pool.slots.earliest("starts_at")
    reserve(slot, place.world.course.a_kasse, by=leader, at=NOW)

    withdraw_slot(slot, by=planner, at=NOW)

    slot.refresh_from_db()
    assert (slot.state, slot.a_kasse, slot.release_on) == ("closed", None, None)
    assert Reservation.objects.get().released_why == "closed"
    assert [one.kind for one in Notice.objects.filter(user=leader)] == ["slots-withdrawn"]
    assert reopen_slot(slot, by=planner, at=NOW).state == "open"


def test_a_withdrawn_time_is_not_opened_into_another(pool, place, planner):
    slot = pool.slots.earliest("starts_at")
    withdraw_slot(slot, by=planner, at=NOW)
    place.slot(slot.starts_at)

    with pytest.raises(Refused, match="kept for joint interviews"):
        reopen_slot(slot, by=planner, at=NOW)


# --- Stationing ---------------------------------------------------------------------------------
def test_a_stationing_lies_at_the_a_kasse_once_a_month(place, planner):
    a_kasse = place.world.course.a_kasse
    ClosingDay.objects.create(
        organisation=a_kasse, starts_on=TUESDAY, ends_on=TUESDAY + DAY, reason="Moving"
    )
    pool = Pool(
        jobcentre=place.world.jobcentre,
        name="At the a-kasse",
        purpose=Pool.Purpose.STATIONING,
        kind=MeetingKind.JOINT,
        at_a_kasse=a_kasse,
        room=RoomFactory(organisation=a_kasse),
        worker=place.caseworker,
        starts=time(9),
        ends=time(12),
        repeats=Pool.Repeats.MONTHLY,
        starts_on=TUESDAY,
        ends_on=TODAY + timedelta(100),
    )

    plan = plan_of(pool, at=NOW, exceptions={})
    make_pool(pool, [a_kasse], by=planner, at=NOW)

    assert [one.day for one in plan.left_out] == [TUESDAY]
    assert days(pool) == [date(2026, 10, 27), date(2026, 11, 24), date(2026, 12, 29)]
