"""Booking an interview in a slot, moving it, cancelling it, and holding a slot while one decides."""

from datetime import timedelta

import pytest

from courses.models import MeetingKind, Party
from letters.models import Letter
from meetings.actions import book, cancel, miss, move, reply
from meetings.actions import hold as record_held
from meetings.actions.several import keep_booking, undo
from meetings.models import Meeting, Participant
from meetings.plans import Held, Missed, Purpose, Reply
from notices.models import Notice
from partnerships.models import Role
from shared.refusals import Refused
from slots.actions.booking import Taken, book_in_slot, hold, let_go, move_to_slot
from slots.models import Hold, Pool, SlotBooking
from tests.factories import AKasseFactory, CourseFactory, RoomFactory, UserFactory
from tests.meetings.conftest import NOW, TEN
from tests.slots.conftest import HOUR, free_room

GONE = "This time has just been taken"


def seats(slot):
    return list(SlotBooking.objects.filter(slot=slot, is_live=True).values_list("seat", flat=True))


def guest_of(meeting):
    return meeting.participants.get(role=Participant.Role.A_KASSE).worker


# --- Booking ------------------------------------------------------------------------------------
def test_a_booking_takes_time_place_and_people_of_the_slot(place):
    slot = place.slot(a_kasse=place.world.course.a_kasse, guest=place.world.consultant)

    meeting = place.book(slot, message="Bring your letter.")

    assert (meeting.starts_at, meeting.ends_at) == (slot.starts_at, slot.ends_at)
    assert (meeting.room, meeting.kind, meeting.organisation) == (
        place.world.room,
        MeetingKind.JOINT,
        place.world.jobcentre,
    )
    own = meeting.participants.get(role=Participant.Role.JOBCENTRE)
    assert (own.worker, guest_of(meeting)) == (place.caseworker, place.world.consultant)
    assert seats(slot) == [1]
    assert ["Besked til dig", "Bring your letter."] in Letter.objects.get().content["facts"]


def test_a_slot_without_a_worker_takes_the_one_that_is_chosen(place):
    slot = place.slot(worker=None)

    meeting = place.book(slot, worker=place.caseworker)

    own = meeting.participants.get(role=Participant.Role.JOBCENTRE)
    assert own.worker == place.caseworker


def test_without_the_a_kasse_its_colleague_is_not_seated(place):
    slot = place.slot(a_kasse=place.world.course.a_kasse, guest=place.world.consultant)
    alone = Purpose(MeetingKind.JOINT, Party.JOBCENTRE)

    meeting = book_in_slot(place.world.course, alone, slot, by=place.caseworker, at=NOW)

    assert not meeting.participants.filter(role=Participant.Role.A_KASSE).exists()


def test_a_time_that_has_gone_is_refused_with_others_that_are_free(place):
    slot, other = place.slot(), place.slot(TEN + HOUR)
    place.book(slot)

    with pytest.raises(Taken, match=GONE) as refusal:
        place.book(slot, place.course())

    assert [one.slot for one in refusal.value.others] == [other]
    assert seats(slot) == [1]


def test_as_many_as_there_are_seats_are_booked_at_once(place):
    slot = place.wide_slot(2)
    for _ in range(2):
        place.book(slot, place.course())

    with pytest.raises(Taken, match=GONE):
        place.book(slot, place.course())

    assert sorted(seats(slot)) == [1, 2]


def test_a_time_that_was_moved_since_the_page_was_made_is_not_booked_elsewhere(place):
    shown = place.slot()
    place.pool.slots.update(starts_at=TEN + HOUR, ends_at=TEN + 2 * HOUR)

    with pytest.raises(Taken, match="has just been moved"):
        place.book(shown)


def test_a_withdrawn_time_is_refused(place):
    slot = place.slot()
    place.pool.slots.update(state="closed")

    with pytest.raises(Taken, match="has just been withdrawn"):
        place.book(slot)


def test_a_time_of_a_pool_that_is_no_longer_published_is_refused(place):
    slot = place.slot()
    Pool.objects.update(is_published=False)

    with pytest.raises(Taken, match="has just been withdrawn"):
        place.book(slot)


def test_a_time_of_another_a_kasse_is_refused(place):
    slot = place.slot(a_kasse=AKasseFactory())

    with pytest.raises(Taken, match="reserved for another a-kasse"):
        place.book(slot)


def test_a_time_to_reserve_is_refused_until_the_a_kasse_has_reserved_it(place):
    Pool.objects.update(model=Pool.Model.CLAIMED)
    slot = place.slot()

    with pytest.raises(Taken, match="reserved for another a-kasse"):
        place.book(slot)

    place.pool.slots.update(a_kasse=place.world.course.a_kasse)
    assert place.book(slot).starts_at == TEN


def test_a_time_of_another_jobcentre_is_refused(place):
    slot = place.slot()
    stranger = CourseFactory(a_kasse=place.world.course.a_kasse)
    own = UserFactory(role=Role.CASEWORKER, organisation=stranger.jobcentre)

    with pytest.raises(Refused, match="another jobcentre's"):
        place.book(slot, stranger, by=own)


def test_another_kind_of_interview_than_the_time_is_for_is_refused(place):
    job = Purpose(MeetingKind.JOB, Party.JOBCENTRE)

    with pytest.raises(Refused, match="kept for another kind of interview"):
        book_in_slot(place.world.course, job, place.slot(), by=place.caseworker, at=NOW)


def test_the_a_kasse_does_not_book_the_jobcentres_times(place):
    with pytest.raises(Refused, match="The jobcentre summons"):
        place.book(place.slot(), by=place.world.consultant)


def test_a_guest_who_sits_elsewhere_is_said_by_name(place):
    slot = place.slot(a_kasse=place.world.course.a_kasse, guest=place.world.consultant)
    busy = place.course()
    cv = Purpose(MeetingKind.AVAILABILITY, Party.A_KASSE)
    sitting = place.world.sitting(
        TEN + timedelta(minutes=30), room=None, place="By us", worker=place.world.consultant
    )
    book(busy, cv, sitting, by=place.world.consultant, at=NOW)

    with pytest.raises(Taken, match=f"{place.world.consultant} is in another interview"):
        place.book(slot)

    assert seats(slot) == []


def test_a_room_of_the_a_kasse_is_used_where_the_slot_lies_there(place):
    slot = place.slot(room=RoomFactory(organisation=place.world.course.a_kasse))

    assert place.book(slot).room == slot.room


def test_a_duty_that_is_booked_already_is_refused_and_the_seat_stays_free(place):
    place.book(place.slot())
    later = place.slot(TEN + HOUR)

    with pytest.raises(Refused, match="already has a booked interview") as refusal:
        place.book(later)

    assert not isinstance(refusal.value, Taken)
    assert seats(later) == []


def test_a_time_today_is_booked_only_if_the_citizen_agreed(place):
    today = place.slot(NOW + HOUR)

    with pytest.raises(Refused, match="agreed to the short notice"):
        place.book(today)

    assert place.book(today, agreed_short_notice=True).starts_at == NOW + HOUR


# --- What becomes of it -------------------------------------------------------------------------
def test_cancelling_frees_the_seat_and_tells_whoever_was_to_come(place):
    slot = place.slot(a_kasse=place.world.course.a_kasse, guest=place.world.consultant)
    meeting = place.book(slot)

    cancel(meeting, cancelled_by=Party.JOBCENTRE, reason="Ill.", by=place.caseworker, at=NOW)

    assert seats(slot) == []
    told = Notice.objects.filter(kind="interview-cancelled").values_list("user", flat=True)
    assert list(told) == [place.world.consultant.pk]
    assert place.book(slot, place.course()).starts_at == TEN


def test_moving_by_hand_frees_the_seat_and_a_colleague_or_room_does_not(place):
    slot, room = place.slot(), free_room(place)
    meeting = place.book(slot)

    move(meeting, place.world.sitting(room=room), by=place.caseworker, at=NOW)
    assert seats(slot) == [1]

    move(meeting, place.world.sitting(TEN + HOUR, room=room), by=place.caseworker, at=NOW)
    assert seats(slot) == []
    assert place.book(slot, place.course()).starts_at == TEN


def test_undoing_the_booking_frees_the_seat(place):
    slot = place.slot()
    batch = keep_booking(place.book(slot), by=place.caseworker, at=NOW)

    undo(batch, by=place.caseworker, at=NOW)

    assert seats(slot) == []


def test_an_outcome_keeps_the_seat_and_so_does_taking_it_back(place):
    held, missed = place.slot(), place.slot(TEN + HOUR)
    after = TEN + 3 * HOUR
    came = {"citizen": "came", "jobcentre": "came", "a_kasse": "excused"}
    record_held(place.book(held), Held(came, registered_type=17), by=place.caseworker, at=after)
    miss(place.book(missed, place.course()), Missed("none"), by=place.caseworker, at=after)

    assert (seats(held), seats(missed)) == ([1], [1])


def test_moving_into_a_slot_frees_the_old_seat_and_brings_the_new_guest(place):
    a_kasse = place.world.course.a_kasse
    colleague = UserFactory(role=Role.JOB_CONSULTANT, organisation=a_kasse)
    before = place.slot(a_kasse=a_kasse, guest=place.world.consultant)
    after = place.slot(TEN + HOUR, a_kasse=a_kasse, guest=colleague)
    meeting = place.book(before)

    moved = move_to_slot(meeting, after, by=place.caseworker, at=NOW)

    assert (moved.starts_at, guest_of(moved)) == (TEN + HOUR, colleague)
    assert (seats(before), seats(after)) == ([], [1])
    told = set(Notice.objects.filter(kind="interview-moved").values_list("user", flat=True))
    assert {place.world.consultant.pk, colleague.pk} <= told


def test_a_guest_who_came_with_the_old_slot_is_asked_for_no_more(place):
    a_kasse = place.world.course.a_kasse
    before = place.slot(a_kasse=a_kasse, guest=place.world.consultant)
    meeting = place.book(before)

    moved = move_to_slot(meeting, place.slot(TEN + HOUR), by=place.caseworker, at=NOW)

    assert guest_of(moved) is None


def test_one_who_said_yes_to_the_interview_is_kept_when_it_moves(place):
    meeting = place.book(place.slot())
    reply(meeting, Reply(True, place.world.consultant), by=place.world.consultant, at=NOW)

    moved = move_to_slot(meeting, place.slot(TEN + HOUR), by=place.caseworker, at=NOW)

    assert guest_of(moved) == place.world.consultant


def test_moving_at_the_same_hour_takes_the_seat_along(place):
    colleague = UserFactory(role=Role.CASEWORKER, organisation=place.world.jobcentre)
    before, after = place.slot(), place.slot(worker=colleague, room=free_room(place))
    meeting = place.book(before)

    move_to_slot(meeting, after, by=place.caseworker, at=NOW)

    assert (seats(before), seats(after)) == ([], [1])


def test_an_interview_booked_by_hand_is_moved_into_a_slot(place):
    by_hand = book(
        place.world.course,
        place.joint(),
        place.world.sitting(TEN + 3 * HOUR),
        by=place.caseworker,
        at=NOW,
    )
    slot = place.slot()

    move_to_slot(by_hand, slot, by=place.caseworker, at=NOW)

    assert seats(slot) == [1]


def test_moving_onto_a_taken_time_leaves_the_interview_where_it_was(place):
    slot, wanted = place.slot(), place.slot(TEN + HOUR)
    meeting = place.book(slot)
    place.book(wanted, place.course())

    with pytest.raises(Taken, match=GONE):
        move_to_slot(meeting, wanted, by=place.caseworker, at=NOW)

    assert Meeting.objects.get(pk=meeting.pk).starts_at == TEN
    assert seats(slot) == [1]


def test_moving_to_where_it_is_already_is_refused(place):
    slot = place.slot()
    meeting = place.book(slot)

    with pytest.raises(Refused, match="at this time already"):
        move_to_slot(meeting, slot, by=place.caseworker, at=NOW)


# --- Holding ------------------------------------------------------------------------------------
def test_a_held_time_is_refused_to_others_until_it_lapses(place):
    slot, other = place.slot(), place.course()
    kept = hold(slot, place.world.course, by=place.caseworker, at=NOW)

    assert kept.until == NOW + timedelta(minutes=2)
    with pytest.raises(Taken, match=r"held until 9:02"):
        hold(slot, other, by=place.caseworker, at=NOW)
    with pytest.raises(Taken, match=r"held until 9:02"):
        place.book(slot, other)
    assert place.book(slot, other, at=kept.until).starts_at == TEN
    assert not Hold.objects.exists()


def test_a_hold_is_renewed_and_follows_to_another_time(place):
    first, second = place.slot(), place.slot(TEN + HOUR)
    hold(first, place.world.course, by=place.caseworker, at=NOW)
    hold(first, place.world.course, by=place.caseworker, at=NOW + timedelta(minutes=1))
    assert Hold.objects.get().until == NOW + timedelta(minutes=3)

    kept = hold(second, place.world.course, by=place.caseworker, at=NOW)

    assert (Hold.objects.get(), Hold.objects.get().slot) == (kept, second)
    assert hold(first, place.course(), by=None, at=NOW).user is None


def test_whoever_holds_a_time_books_it_and_holds_nothing_after(place):
    slot = place.slot()
    hold(slot, place.world.course, by=place.caseworker, at=NOW)

    place.book(slot)

    assert not Hold.objects.exists()


def test_of_two_seats_one_held_leaves_one(place):
    slot = place.wide_slot(2)
    hold(slot, place.world.course, by=place.caseworker, at=NOW)

    place.book(slot, place.course())

    with pytest.raises(Taken, match="held until"):
        place.book(slot, place.course())
    assert place.book(slot).starts_at == TEN


def test_a_time_that_is_let_go_is_free_at_once(place):
    slot = place.slot()
    kept = hold(slot, place.world.course, by=place.caseworker, at=NOW)

    let_go(kept, by=place.caseworker)

    assert place.book(slot, place.course()).starts_at == TEN


def test_a_time_that_is_booked_is_not_held(place):
    slot = place.slot()
    place.book(slot)

    with pytest.raises(Taken, match=GONE):
        hold(slot, place.course(), by=place.caseworker, at=NOW)
