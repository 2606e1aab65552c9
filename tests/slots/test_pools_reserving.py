"""Reserving times for an a-kasse, staffing them, giving them back, and their release unused."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError

from courses.models import Party
from meetings.actions import book
from meetings.plans import Purpose
from notices.models import Notice
from partnerships.models import Role
from shared.refusals import Refused
from slots import releasing
from slots.actions.booking import Taken
from slots.actions.reserving import Unseen, give_back, reserve, staff, undo_reserving
from slots.models import Pool, Reservation, Slot, Travel
from slots.reference import load_travel
from slots.releasing import release_unused
from staffing.models import Leave
from tests.factories import (
    AgreementFactory,
    AKasseFactory,
    JobcentreFactory,
    RoomFactory,
    UserFactory,
    moment,
)
from tests.meetings.conftest import DAY, NOW, TEN, TODAY
from tests.slots.conftest import HOUR

ONE_DAY = timedelta(1)
RELEASED_ON = date(2026, 9, 23)  # five working days before Wednesday 30 September


@pytest.fixture
def leader(place):
    return UserFactory(role=Role.COORDINATOR, organisation=place.world.course.a_kasse)


@pytest.fixture
def planner(place):
    return UserFactory(role=Role.BOOKING_COORDINATOR, organisation=place.world.jobcentre)


@pytest.fixture
def ours(place):
    return place.world.course.a_kasse


@pytest.fixture
def stranger(db):
    a_kasse = AKasseFactory()
    return UserFactory(role=Role.COORDINATOR, organisation=a_kasse), a_kasse


# --- Reserving ----------------------------------------------------------------------------------
def test_a_reserved_time_is_the_a_kasses_until_its_day_of_release(place, leader, ours, stranger):
    slot = place.slot()

    reserve(slot, ours, by=leader, at=NOW)

    slot.refresh_from_db()
    assert (slot.a_kasse, slot.release_on) == (ours, RELEASED_ON)
    assert Reservation.objects.get().reserved_by == leader
    with pytest.raises(Refused, match="Another a-kasse has just reserved"):
        reserve(slot, stranger[1], by=stranger[0], at=NOW)
    with pytest.raises(Refused, match="yours already"):
        reserve(slot, ours, by=leader, at=NOW)


def test_the_agreement_says_when_a_reservation_is_released(place, leader, ours):
    place.pool.agreement = AgreementFactory(terms={"release_days": 2})
    place.pool.save()
    slot = place.slot()

    reserve(slot, ours, by=leader, at=NOW)

    slot.refresh_from_db()
    assert slot.release_on == date(2026, 9, 28)


def test_what_is_reserved_late_is_kept_for_one_working_day(place, leader, ours):
    slot = place.slot(moment(date(2026, 9, 24), 10))

    reserve(slot, ours, by=leader, at=NOW)

    slot.refresh_from_db()
    assert slot.release_on == TODAY + ONE_DAY


def test_a_pool_of_some_a_kasser_is_not_reserved_by_others(place, leader, ours, stranger):
    place.pool.a_kasser.set([ours])

    with pytest.raises(Refused, match="opened this time to other a-kasser"):
        reserve(place.slot(), stranger[1], by=stranger[0], at=NOW)


def test_only_the_coordinator_of_an_a_kasse_reserves(place, ours, stranger):
    for by in (place.world.consultant, place.caseworker, stranger[0]):
        with pytest.raises(Refused, match="Only the a-kasse's coordinator"):
            reserve(place.slot(worker=None, room=None, place="Hall"), ours, by=by, at=NOW)


def test_a_time_with_a_member_of_another_a_kasse_is_not_reserved(place, stranger):
    slot = place.slot()
    place.book(slot)

    with pytest.raises(Refused, match="member of another a-kasse is booked"):
        reserve(slot, stranger[1], by=stranger[0], at=NOW)


def test_unpublished_withdrawn_and_past_times_are_not_reserved(place, leader, ours):
    slot, gone, past = place.slot(), place.slot(TEN + HOUR), place.slot(NOW - HOUR)
    Slot.objects.filter(pk=gone.pk).update(state="closed")
    Pool.objects.update(is_published=False)

    for one, why in ((slot, "not published"), (gone, "withdrawn"), (past, "has passed")):
        with pytest.raises(Refused, match=why):
            reserve(one, ours, by=leader, at=NOW)


def test_a_time_is_given_back_unless_a_member_is_booked_in_it(place, leader, ours):
    slot, booked = place.slot(), place.slot(TEN + HOUR)
    for one in (slot, booked):
        reserve(one, ours, by=leader, at=NOW)
    place.book(booked)

    give_back(slot, by=leader, at=NOW)

    slot.refresh_from_db()
    assert slot.a_kasse is None
    assert Reservation.objects.get(slot=slot).released_why == "by_a_kasse"
    with pytest.raises(Refused, match="A member is booked"):
        give_back(booked, by=leader, at=NOW)


def test_what_was_reserved_at_once_is_taken_back_at_once(place, leader, ours):
    slots = [place.slot(TEN + n * HOUR) for n in range(3)]
    for one in slots:
        reserve(one, ours, by=leader, at=NOW)
    place.book(slots[0])

    assert undo_reserving(by=leader, made_at=NOW, at=NOW) == (2, 1)
    assert list(Slot.objects.filter(a_kasse=ours)) == [slots[0]]


# --- Staffing -----------------------------------------------------------------------------------
@pytest.fixture
def reserved(place, leader, ours):
    slot = place.slot()
    reserve(slot, ours, by=leader, at=NOW)
    return slot


def test_a_colleague_is_sent_and_taken_back(place, reserved, leader):
    assert (
        staff(reserved, place.world.consultant, by=leader, at=NOW).guest == place.world.consultant
    )
    assert staff(reserved, None, by=leader, at=NOW).guest is None


def test_who_does_not_work_there_is_not_sent(place, reserved, leader):
    with pytest.raises(Refused, match="does not work for the a-kasse"):
        staff(reserved, place.caseworker, by=leader, at=NOW)


def test_who_sits_in_another_interview_is_not_sent(place, reserved, leader):
    own = Purpose("availability", Party.A_KASSE)
    sitting = place.world.sitting(TEN, room=None, place="By us", worker=place.world.consultant)
    book(place.course(), own, sitting, by=place.world.consultant, at=NOW)

    with pytest.raises(Refused, match="is in another interview"):
        staff(reserved, place.world.consultant, by=leader, at=NOW)


def test_who_stands_ready_elsewhere_is_not_sent(place, reserved, leader, ours):
    other = place.slot(room=None, worker=None, place="Hall")
    reserve(other, ours, by=leader, at=NOW)
    staff(other, place.world.consultant, by=leader, at=NOW)

    with pytest.raises(Refused, match="stands ready"):
        staff(reserved, place.world.consultant, by=leader, at=NOW)


def test_leave_is_overruled_knowingly(place, reserved, leader, ours):
    Leave.objects.create(
        user=place.world.consultant,
        organisation=ours,
        starts_at=moment(DAY, 8),
        ends_at=moment(DAY, 16),
    )

    with pytest.raises(Unseen, match="is away until"):
        staff(reserved, place.world.consultant, by=leader, at=NOW)

    staffed = staff(reserved, place.world.consultant, seen=["leave"], by=leader, at=NOW)
    assert staffed.guest == place.world.consultant


def test_too_short_a_way_between_two_places_is_said_in_minutes(place, reserved, leader, ours):
    there = JobcentreFactory()
    pool = Pool.objects.create(
        jobcentre=there,
        name="There",
        starts="08:00",
        ends="16:00",
        starts_on=TODAY,
        ends_on=TODAY + timedelta(60),
        is_published=True,
    )
    after = Slot.objects.create(
        pool=pool,
        jobcentre=there,
        starts_at=reserved.ends_at + timedelta(minutes=15),
        ends_at=reserved.ends_at + timedelta(minutes=60),
        room=RoomFactory(organisation=there),
        form="in_person",
    )
    start, end = sorted((there.pk, place.world.jobcentre.pk))
    Travel.objects.create(start_id=start, end_id=end, minutes=21, road_km=9)
    staff(reserved, place.world.consultant, by=leader, at=NOW)
    reserve(after, ours, by=leader, at=NOW)

    with pytest.raises(Unseen, match="there are 15 minutes; the drive takes about 21"):
        staff(after, place.world.consultant, by=leader, at=NOW)
    Travel.objects.update(minutes=15)
    assert staff(after, place.world.consultant, by=leader, at=NOW).guest


def test_who_comes_to_a_booked_time_is_said_in_the_interview(place, reserved, leader):
    place.book(reserved)

    with pytest.raises(Refused, match="Answer the invitation"):
        staff(reserved, place.world.consultant, by=leader, at=NOW)


# --- Release ------------------------------------------------------------------------------------
def test_unused_reservations_are_released_on_their_day_and_both_sides_are_told(
    place, reserved, leader, planner, ours
):
    booked = place.slot(TEN + HOUR)
    reserve(booked, ours, by=leader, at=NOW)
    place.book(booked)

    assert release_unused(on=RELEASED_ON - ONE_DAY, at=NOW).slots == 0
    assert release_unused(on=RELEASED_ON, at=NOW).slots == 1

    reserved.refresh_from_db()
    booked.refresh_from_db()
    assert (reserved.a_kasse, reserved.guest, booked.a_kasse) == (None, None, ours)
    assert Reservation.objects.get(slot=reserved).released_why == "unused"
    for user in (leader, planner):
        assert Notice.objects.filter(user=user, kind="slots-released").count() == 1
    assert release_unused(on=RELEASED_ON, at=NOW).slots == 0


def test_a_released_time_of_a_claimed_pool_is_bookable_by_others(place, leader, ours):
    Pool.objects.update(model=Pool.Model.CLAIMED)
    slot, other = place.slot(), place.course(a_kasse=AKasseFactory())

    with pytest.raises(Taken, match="another a-kasse"):
        place.book(slot, other)
    reserve(slot, ours, by=leader, at=NOW)
    release_unused(on=RELEASED_ON, at=NOW)

    assert place.book(slot, other).starts_at == TEN


def test_a_stationing_is_released_on_the_day_itself(place, leader, ours):
    Pool.objects.update(purpose=Pool.Purpose.STATIONING, at_a_kasse=ours)
    slot = place.slot()
    reserve(slot, ours, by=leader, at=NOW)

    assert release_unused(on=DAY - ONE_DAY, at=NOW).slots == 0
    assert release_unused(on=DAY, at=NOW).slots == 1


def test_a_stationing_is_booked_the_same_day_when_the_citizen_agrees(place, ours):
    Pool.objects.update(purpose=Pool.Purpose.STATIONING, at_a_kasse=ours)
    today = place.slot(NOW + HOUR)

    with pytest.raises(Refused, match="agreed to the short notice"):
        place.book(today)
    assert place.book(today, agreed_short_notice=True).starts_at == NOW + HOUR


def test_the_command_says_what_it_released(reserved, capsys):
    call_command("release_reservations", "--on", RELEASED_ON.isoformat(), "--json")

    report = json.loads(capsys.readouterr().out)
    assert (report["released"], report["pools"]) == (1, 1)
    call_command("release_reservations", "--on", RELEASED_ON.isoformat())
    assert "0 times released in 0 pools" in capsys.readouterr().out


# --- Travel -------------------------------------------------------------------------------------
def test_travel_times_are_loaded_once_between_known_places(db):
    one, two = JobcentreFactory(slug="jc-101"), JobcentreFactory(slug="jc-147")

    assert load_travel()["new"] == 1
    row = Travel.objects.get()
    assert ({row.start, row.end}, row.minutes) == ({one, two}, 7)
    Travel.objects.update(minutes=99)
    again = load_travel()
    assert (again["new"], again["changed"], again["same"]) == (0, 1, 0)
    assert load_travel()["same"] == 1


def test_a_night_that_is_stopped_keeps_what_it_released_and_the_next_goes_on(
    place, leader, ours, monkeypatch
):
    slots = [place.slot(TEN + n * HOUR) for n in range(3)]
    for one in slots:
        reserve(one, ours, by=leader, at=NOW)
    told = []

    def stops(*asked, **said):
        told.append(asked)
        if len(told) == 2:
            raise OperationalError

    monkeypatch.setattr(releasing, "CHUNK", 1)
    monkeypatch.setattr(releasing, "tell_jobcentre", stops)
    with pytest.raises(OperationalError):
        release_unused(on=RELEASED_ON, at=NOW)

    assert Slot.objects.filter(a_kasse=None).count() == 1
    assert Reservation.objects.standing().count() == 2
    assert release_unused(on=RELEASED_ON, at=NOW).slots == 2


def test_what_is_booked_while_the_night_waits_for_its_row_is_kept(place, reserved, monkeypatch):
    locked = releasing.locked_slots

    def booked_first(keys):
        place.book(reserved)
        return locked(keys)

    monkeypatch.setattr(releasing, "locked_slots", booked_first)

    assert release_unused(on=RELEASED_ON, at=NOW).slots == 0
    assert Reservation.objects.standing().count() == 1
