"""What becomes of the interviews in a slot that is moved or withdrawn."""

from datetime import timedelta

import pytest

from letters.models import Letter
from meetings.models import Meeting
from shared.refusals import Refused
from slots.actions.changing import interviews_in, move_with_interviews, withdraw_with_interviews
from slots.models import SlotBooking
from tests.meetings.conftest import NOW, TEN
from tests.slots.conftest import HOUR


def test_a_slot_moves_with_everybody_in_it_and_they_are_told(place):
    slot = place.wide_slot(3)
    for _ in range(2):
        place.book(slot, place.course())
    Letter.objects.update(state="sent", sent_at=NOW)

    move_with_interviews(slot, TEN + timedelta(minutes=20), by=place.caseworker, at=NOW)

    slot.refresh_from_db()
    assert (slot.starts_at, slot.ends_at) == (
        TEN + timedelta(minutes=20),
        TEN + timedelta(minutes=65),
    )
    assert {one.starts_at for one in interviews_in(slot)} == {slot.starts_at}
    assert SlotBooking.objects.filter(slot=slot, is_live=True).count() == 2
    assert Letter.objects.filter(kind="change").count() == 2


def test_a_slot_does_not_move_onto_another_interview_of_its_people(place):
    slot, other = place.slot(), place.slot(TEN + HOUR)
    place.book(slot)
    place.book(other, place.course())
    place.pool.slots.filter(pk=other.pk).update(worker=None, room=None)

    with pytest.raises(Refused, match=f"{place.caseworker} is in another interview"):
        move_with_interviews(slot, TEN + HOUR, by=place.caseworker, at=NOW)

    slot.refresh_from_db()
    assert slot.starts_at == TEN
    assert interviews_in(slot).count() == 1


def test_a_slot_is_withdrawn_and_what_is_booked_in_it_cancelled(place):
    slot = place.slot()
    place.book(slot)

    withdraw_with_interviews(slot, reason="The roof leaks.", by=place.caseworker, at=NOW)

    slot.refresh_from_db()
    assert slot.state == "closed"
    assert Meeting.objects.get().cancel_reason == "The roof leaks."
    assert not interviews_in(slot).exists()
    with pytest.raises(Refused, match="withdrawn already"):
        withdraw_with_interviews(slot, reason="Again.", by=place.caseworker, at=NOW)


def test_one_who_may_not_move_the_interviews_moves_no_slot_either(place):
    slot = place.slot()
    place.book(slot)

    with pytest.raises(Refused, match="Only the party that holds the interview"):
        withdraw_with_interviews(slot, reason="Hm.", by=place.world.consultant, at=NOW)

    slot.refresh_from_db()
    assert slot.state == "open"
