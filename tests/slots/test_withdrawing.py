"""Withdrawing times with the interviews in them: where these go, who is told, and the way back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import Party
from letters.models import Letter
from meetings.models import Meeting
from notices.models import Notice
from partnerships.models import Role
from shared.refusals import Refused
from slots.actions.changing import Seat
from slots.actions.reserving import reserve
from slots.actions.withdrawing import Asked, go_on, undo_withdrawal, withdraw_several
from slots.models import NoTimes, Slot, SlotBooking, Withdrawal
from tests.factories import JobcentreFactory, UserFactory
from tests.meetings.conftest import NOW, TEN
from tests.slots.conftest import HOUR

MINUTE = timedelta(minutes=1)


@pytest.fixture
def planner(place):
    return UserFactory(role=Role.BOOKING_COORDINATOR, organisation=place.world.jobcentre)


@pytest.fixture
def desk(planner):
    client = Client()
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def withdraw(place, planner):
    """The act, as the coordinator does it now."""

    def act(*asked, key=None, **said):
        said = {"reason": "The room is closed.", "by": planner, "at": NOW} | said
        return withdraw_several(key or uuid4(), asked, jobcentre=place.world.jobcentre, **said)

    return act


def outcomes(withdrawal):
    return [(row.outcome, row.said["text"].split(":")[0]) for row in withdrawal.rows.order_by("pk")]


def test_an_interview_goes_to_the_time_that_was_chosen_and_the_citizen_is_told(place, withdraw):
    slot, other = place.slot(), place.slot(TEN + HOUR)
    meeting = place.book(slot)
    Letter.objects.update(state="sent", sent_at=NOW)

    withdraw(Asked(slot, meeting, Seat(other, place.caseworker)))

    meeting.refresh_from_db()
    slot.refresh_from_db()
    assert (slot.state, meeting.state, meeting.starts_at) == ("closed", "booked", other.starts_at)
    assert SlotBooking.objects.get(is_live=True).slot == other
    assert [one.kind for one in Letter.objects.filter(state="waiting")] == ["change"]
    assert Notice.objects.filter(user=place.caseworker).exists()


def test_an_interview_without_another_time_is_owed_again_and_why_is_kept(place, withdraw):
    slot = place.slot()
    meeting = place.book(slot)
    Letter.objects.update(state="sent", sent_at=NOW)

    withdraw(Asked(slot, meeting))

    meeting.refresh_from_db()
    assert (meeting.state, meeting.cancelled_by) == ("cancelled", Party.JOBCENTRE)
    assert meeting.duty.outcome == "pending"
    assert not Meeting.objects.booked().for_duty(meeting.duty).exists()
    assert NoTimes.objects.get().duty == meeting.duty
    assert [one.kind for one in Letter.objects.filter(state="waiting")] == ["cancellation"]


def test_all_of_it_is_undone_within_ten_minutes(place, planner, withdraw):
    leader = UserFactory(role=Role.COORDINATOR, organisation=place.world.course.a_kasse)
    free, moves, goes, other = (place.slot(TEN + n * HOUR) for n in range(4))
    reserve(free, place.world.course.a_kasse, by=leader, at=NOW)
    moved, cancelled = place.book(moves), place.book(goes, place.course())
    Letter.objects.update(state="sent", sent_at=NOW)
    withdrawal = withdraw(
        Asked(free), Asked(moves, moved, Seat(other, place.caseworker)), Asked(goes, cancelled)
    )
    assert {row.outcome for row in withdrawal.rows.all()} == {"done"}

    undo_withdrawal(withdrawal, by=planner, at=NOW + 9 * MINUTE)

    assert {row.outcome for row in withdrawal.rows.all()} == {"undone"}
    assert Slot.objects.open().count() == 4
    free.refresh_from_db()
    moved.refresh_from_db()
    assert free.a_kasse == place.world.course.a_kasse
    assert free.reservations.get().released_at is None
    assert (moved.state, moved.starts_at) == ("booked", moves.starts_at)
    assert SlotBooking.objects.get(slot=goes, is_live=True).meeting.duty == cancelled.duty
    assert [one.kind for one in Letter.objects.filter(state="waiting")] == ["summons"]


def test_it_is_not_undone_later_or_by_a_stranger(place, planner, withdraw):
    withdrawal = withdraw(Asked(place.slot()))
    stranger = UserFactory(role=Role.BOOKING_COORDINATOR, organisation=JobcentreFactory())

    for by, at in ((planner, NOW + 10 * MINUTE), (stranger, NOW)):
        with pytest.raises(Refused):
            undo_withdrawal(withdrawal, by=by, at=at)
    assert not Slot.objects.open().exists()


def test_an_interview_that_was_moved_on_meanwhile_stays_where_it_is(place, planner, withdraw):
    slot, other, third = (place.slot(TEN + n * HOUR) for n in range(3))
    meeting = place.book(slot)
    withdrawal = withdraw(Asked(slot, meeting, Seat(other, place.caseworker)))
    withdraw(Asked(other, meeting, Seat(third, place.caseworker)))

    undo_withdrawal(withdrawal, by=planner, at=NOW)

    meeting.refresh_from_db()
    slot.refresh_from_db()
    assert (slot.state, meeting.starts_at) == ("closed", third.starts_at)
    assert outcomes(withdrawal) == [("done", "Not undone")]


def test_one_time_that_cannot_be_withdrawn_stops_no_other(place, withdraw):
    slot, taken, free = place.slot(), place.slot(TEN + HOUR), place.slot(TEN + 2 * HOUR)
    meeting = place.book(slot)
    shown = Seat(Slot.objects.get(pk=taken.pk), place.caseworker)
    place.book(taken, place.course())

    withdrawal = withdraw(Asked(slot, meeting, shown), Asked(free))

    assert [row.outcome for row in withdrawal.rows.order_by("pk")] == ["refused", "done"]
    assert set(Slot.objects.open()) == {slot, taken}
    meeting.refresh_from_db()
    assert (meeting.state, meeting.starts_at) == ("booked", slot.starts_at)


def test_a_time_in_which_somebody_was_booked_meanwhile_stays_open(place, withdraw):
    slot = place.slot()
    place.book(slot)

    withdrawal = withdraw(Asked(slot))

    assert outcomes(withdrawal) == [("refused", "Not withdrawn")]
    assert Slot.objects.open().get() == slot


def test_a_page_that_is_sent_twice_withdraws_once(place, planner, withdraw):
    slot, key = place.slot(), uuid4()

    first, second = (withdraw(Asked(slot), key=key) for _ in range(2))
    go_on(first, by=planner, at=NOW)

    assert first == second
    assert [row.outcome for row in first.rows.all()] == ["done"]


def test_several_in_one_time_go_their_own_ways(place, withdraw):
    wide = place.wide_slot(3)
    other = place.slot(TEN + HOUR)
    one, two = (place.book(wide, place.course(), worker=None) for _ in range(2))

    withdraw(Asked(wide, one, Seat(other, place.caseworker)), Asked(wide, two))

    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.state, one.starts_at, two.state) == ("booked", other.starts_at, "cancelled")


@pytest.mark.parametrize("who", ["caseworker", "consultant"])
def test_only_who_plans_the_times_withdraws_them(place, withdraw, who):
    slot = place.slot()

    with pytest.raises(Refused, match="Only the booking coordinator"):
        withdraw(Asked(slot), by=getattr(place.world, who))
    assert Slot.objects.open().get() == slot


# --- The pages ----------------------------------------------------------------------------------
def test_the_page_proposes_another_time_and_names_no_citizen(place, desk):
    slot, other = place.slot(), place.slot(TEN + HOUR)
    meeting = place.book(slot)
    address = reverse("slots:withdraw")

    chosen = desk.get(address, {"tid": slot.pk}).content.decode()
    preview = desk.post(address, {"tid": slot.pk})
    [row] = preview.context["rows"]
    [interview] = row.interviews
    data = {"tid": slot.pk, "med": f"{slot.pk}-{meeting.pk}", "step": "send", "key": uuid4()}
    refused = desk.post(address, data | {interview.field: interview.chosen})
    done = desk.post(
        address, data | {interview.field: interview.chosen, "reason": "Leak"}, follow=True
    )

    course, page = place.world.course, preview.content.decode()
    for text in (chosen, page, done.content.decode()):
        assert course.citizen.last_name not in text
        assert course.case_number not in text
    assert [one.slot for one in interview.others] == [other]
    assert "data-error-summary" in refused.content.decode()
    meeting.refresh_from_db()
    assert meeting.starts_at == other.starts_at
    assert "1 time is withdrawn. Interviews moved: 1." in done.content.decode()


def test_free_times_are_filtered_withdrawn_and_taken_back(place, desk):
    early, late = place.slot(), place.slot(TEN + timedelta(7))
    address = reverse("slots:withdraw")

    page = desk.get(address, {"pulje": place.pool.pk, "fra": "28.9.2026"}).context["page"]
    ticked = {"tid": [row.slot.pk for row in page.rows], "step": "send", "reason": "Leave"}
    desk.post(address, ticked)
    withdrawal = Withdrawal.objects.get()

    assert [row.slot for row in page.rows] == [early, late]
    assert not Slot.objects.open().exists()
    desk.post(reverse("slots:withdrawn_act", args=[withdrawal.pk]))
    assert set(Slot.objects.open()) == {early, late}


def test_empty_fields_ask_for_all_times_ahead_and_a_wrong_day_says_so(place, desk):
    slot = place.slot()
    empty = {"pulje": "", "lokale": "", "medarbejder": "", "fra": "", "til": ""}

    page = desk.get(reverse("slots:withdraw"), empty)
    wrong = desk.get(reverse("slots:withdraw"), empty | {"fra": "soon"})

    assert [row.slot for row in page.context["page"].rows] == [slot]
    assert "Write the date as day, month and year" in wrong.content.decode()


def test_the_times_of_a_worker_are_those_held_by_the_worker(place, desk):
    own = place.slot(worker=None)
    place.slot(TEN + HOUR, worker=None)
    place.book(own, worker=place.caseworker)

    page = desk.get(reverse("slots:withdraw"), {"medarbejder": place.caseworker.pk}).context["page"]

    assert [row.slot for row in page.rows] == [own]


@pytest.mark.parametrize("count", [1, 20])
def test_the_choice_is_read_in_as_many_queries_for_many_times_as_for_one(place, desk, count):
    for number in range(count):
        place.slot(TEN + number * HOUR, worker=None, room=None, place="Hall")
    desk.get(reverse("slots:withdraw"))

    with CaptureQueriesContext(connection) as caught:
        desk.get(reverse("slots:withdraw"), {"pulje": place.pool.pk})

    assert len(caught) <= 14, [one["sql"] for one in caught]
