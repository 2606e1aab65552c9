"""Booking an interview in a slot, moving one into a slot, and holding a slot while one decides.

Locks: the slot rows by key, then held times by key, then people and rooms, then the interview.
What a page showed is checked again under the locks, and the database's constraints stand behind.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import Unpack

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Course, Duty, Party
from meetings.actions import move
from meetings.actions.booking import booked
from meetings.collisions import REFUSALS, TimeTaken, seated
from meetings.models import Meeting
from meetings.plans import OTHER, Purpose, Sitting, purpose_of
from partnerships.models import Organisation
from shared.refusals import Refused
from shared.written import clock_text
from slots.finding import Proposal, find
from slots.locking import locked_slot, locked_slots
from slots.models import Hold, Slot, SlotBooking
from slots.sittings import Extra, sitting_in

HELD_FOR = timedelta(minutes=2)


class Taken(Refused):
    """The time has gone; `others` are looked for when they are asked for."""

    def __init__(self, said: str, others: Callable[[], Sequence[Proposal]]) -> None:
        super().__init__(said)
        self._look = others

    @cached_property
    def others(self) -> Sequence[Proposal]:
        """Up to three times that are free now."""
        return self._look()


def hold(slot: Slot, course: Course, *, by: User | None, at: datetime) -> Hold:
    """Keep a seat for two minutes while somebody decides; again renews it. A course holds one."""
    try:
        return _hold(slot, course, by=by, at=at)
    except TimeTaken as gone:
        raise Taken(str(gone), partial(_others, course, None, by=by, at=at)) from gone


def let_go(held: Hold, *, by: User | None) -> None:  # noqa: ARG001 (an act is signed)
    """Let somebody else have the seat at once."""
    Hold.objects.filter(pk=held.pk).delete()


def book_in_slot(  # noqa: PLR0913 (who books what for whom, when, and where)
    course: Course,
    purpose: Purpose,
    slot: Slot,
    *,
    worker: User | None = None,
    by: User,
    at: datetime,
    **extra: Unpack[Extra],
) -> Meeting:
    """Book an interview in a seat of a slot, as the slot was when it was shown."""
    try:
        return _book(course, purpose, slot, worker, extra, by=by, at=at)
    except TimeTaken as gone:
        raise Taken(str(gone), partial(_others, course, purpose.duty, by=by, at=at)) from gone


def move_to_slot(
    meeting: Meeting,
    slot: Slot,
    *,
    worker: User | None = None,
    by: User,
    at: datetime,
    **extra: Unpack[Extra],
) -> Meeting:
    """Move a booked interview into a seat of a slot; the seat that it leaves is free."""
    try:
        return _move(meeting, slot, worker, extra, by=by, at=at)
    except TimeTaken as gone:
        look = partial(_others, meeting.course, meeting.duty, by=by, at=at)
        raise Taken(str(gone), look) from gone


@seated
def _hold(slot: Slot, course: Course, *, by: User | None, at: datetime) -> Hold:
    slot = _as_shown(locked_slot(slot), slot)
    holds = _locked_holds(slot, course)
    seat = _seat_in(slot, course, holds, at=at)
    _end([one for one in holds if one.course_id != course.pk], slot, seat)
    held = Hold(slot=slot, seat=seat, course=course, user=by, until=at + HELD_FOR)
    [kept] = Hold.objects.bulk_create(
        [held],
        update_conflicts=True,
        unique_fields=["course"],
        update_fields=["slot", "seat", "user", "until"],
    )
    return kept


@seated
def _book(  # noqa: PLR0913 (as `book_in_slot`)
    course: Course,
    purpose: Purpose,
    slot: Slot,
    worker: User | None,
    extra: Extra,
    *,
    by: User,
    at: datetime,
) -> Meeting:
    slot = _as_shown(locked_slot(slot), slot)
    _check_kind(slot, purpose)
    holds = _locked_holds(slot, course)
    seat = _seat_in(slot, course, holds, at=at)
    _end(holds, slot, seat, course)
    guest = slot.guest if purpose.with_other_party else None
    sitting = sitting_in(slot, slot.worker or worker, guest, extra)
    meeting = booked(course, purpose, sitting, by=by, at=at)
    SlotBooking.objects.create(slot=slot, meeting=meeting, seat=seat)
    return meeting


@seated
def _move(  # noqa: PLR0913 (as `move_to_slot`)
    meeting: Meeting,
    slot: Slot,
    worker: User | None,
    extra: Extra,
    *,
    by: User,
    at: datetime,
) -> Meeting:
    left = Slot.objects.filter(bookings__meeting=meeting, bookings__is_live=True)
    rows = locked_slots([slot.pk, *left.values_list("pk", flat=True)])
    if slot.pk not in rows:
        raise TimeTaken(str(REFUSALS["a_withdrawn_slot_is_not_booked"]))
    slot = _as_shown(rows[slot.pk], slot)
    _check_kind(slot, purpose_of(meeting))
    before = SlotBooking.objects.filter(meeting=meeting, is_live=True).first()
    if before and before.slot_id == slot.pk:
        raise Refused(_("The interview is at this time already."))
    holds = _locked_holds(slot, meeting.course)
    seat = _seat_in(slot, meeting.course, holds, at=at)
    _end(holds, slot, seat, meeting.course)
    was_guest = rows[before.slot_id].guest if before and before.slot_id in rows else None
    sitting = sitting_in(slot, _own_worker(meeting, slot, worker), None, extra)
    sitting = _with_guest(sitting, meeting, slot.guest, was_guest)
    meeting = move(meeting, sitting, by=by, at=at)
    _reseat(meeting, slot, seat)
    return meeting


def _check_kind(slot: Slot, purpose: Purpose) -> None:
    """Refuse another interview than the time was opened for."""
    if purpose.held_by != Party.JOBCENTRE:
        raise Refused(_("The jobcentre books these times. Ask it to book."))
    if slot.pool.kind != purpose.kind:
        raise Refused(
            _("This time is kept for another kind of interview: %(kind)s. Choose another time.")
            % {"kind": slot.pool.get_kind_display()}
        )


def _as_shown(slot: Slot, shown: Slot) -> Slot:
    """The locked slot, if it is still open, and when it was on the page."""
    if slot.state != Slot.State.OPEN or not slot.pool.is_published:
        raise TimeTaken(str(REFUSALS["a_withdrawn_slot_is_not_booked"]))
    if (slot.starts_at, slot.ends_at) != (shown.starts_at, shown.ends_at):
        raise TimeTaken(str(REFUSALS["a_booking_is_at_its_slots_time"]))
    return slot


def _seat_in(slot: Slot, course: Course, known: Sequence[Hold], *, at: datetime) -> int:
    """A seat of a locked slot that a course may have: its own held one, or the first free."""
    _check_whose(slot, course)
    taken = set(SlotBooking.objects.filter(slot=slot, is_live=True).values_list("seat", flat=True))
    holds = {one.seat: one for one in known if one.slot_id == slot.pk and one.until > at}
    own = [seat for seat, one in holds.items() if one.course_id == course.pk]
    left: list[int] = [seat for seat in [*own, *range(1, slot.seats + 1)] if seat not in taken]
    free = [seat for seat in left if seat not in holds or seat in own]
    if free:
        return free[0]
    if left:
        until = min(holds[seat].until for seat in left)
        raise TimeTaken(
            _("Somebody is deciding on this time; it is held until %(until)s. Choose another.")
            % {"until": clock_text(until)}
        )
    raise TimeTaken(str(REFUSALS["a_seat_is_taken_once"]))


def _check_whose(slot: Slot, course: Course) -> None:
    """Refuse a time of another jobcentre, or one that is not for members of this a-kasse."""
    if slot.jobcentre_id not in _houses(course.jobcentre):
        raise Refused(_("This time is another jobcentre's. Choose one of the citizen's own."))
    houses, same = _houses(course.a_kasse), Slot.objects.filter(pk=slot.pk)
    if slot.a_kasse_id not in houses and (
        slot.a_kasse_id or not any(same.usable_by(one).exists() for one in houses)
    ):
        raise TimeTaken(str(REFUSALS["a_booking_is_of_its_slots_parties"]))


def _houses(organisation: Organisation) -> list[int]:
    """The organisation, and the one it merged into."""
    return [key for key in (organisation.pk, organisation.successor_id) if key]


def _locked_holds(slot: Slot, course: Course) -> list[Hold]:
    """The held times of a locked slot and of a course, locked in the order everybody takes."""
    rows = Hold.objects.filter(Q(course=course) | Q(slot=slot)).order_by("pk")
    return list(rows.select_for_update(of=("self",)))


def _end(holds: Sequence[Hold], slot: Slot, seat: int, course: Course | None = None) -> None:
    """End what a booking ends: the course's own held time, and a lapsed one of the same seat."""
    ended = [
        one.pk
        for one in holds
        if (course and one.course_id == course.pk) or (one.slot_id, one.seat) == (slot.pk, seat)
    ]
    if ended:
        Hold.objects.filter(pk__in=ended).delete()


def _own_worker(meeting: Meeting, slot: Slot, worker: User | None) -> User | None:
    """Who holds a moved interview: the slot's worker, whoever is said, or who held it before."""
    own = meeting.participants.filter(role=meeting.held_by).select_related("worker").first()
    return slot.worker or worker or (own.worker if own else None)


def _with_guest(
    sitting: Sitting, meeting: Meeting, guest: User | None, was_guest: User | None
) -> Sitting:
    """The guest of the new slot comes; one who came with the old slot is asked for no more."""
    if not meeting.with_other_party:
        return sitting
    if guest:
        return replace(sitting, guest=guest, staffs_guest=True)
    invited = meeting.participants.filter(role=OTHER[Party(meeting.held_by)]).first()
    came_with_slot = invited and was_guest and invited.worker_id == was_guest.pk
    return replace(sitting, staffs_guest=bool(came_with_slot))


def _reseat(meeting: Meeting, slot: Slot, seat: int) -> None:
    """Let a moved interview have its new seat; where it stays at its hour, the same row moves."""
    live = SlotBooking.objects.filter(meeting=meeting, is_live=True).first()
    if live is None:
        SlotBooking.objects.create(slot=slot, meeting=meeting, seat=seat)
        return
    live.slot, live.seat = slot, seat
    live.save(update_fields=["slot", "seat"])


def _others(
    course: Course, duty: Duty | None, *, by: User | None, at: datetime
) -> Sequence[Proposal]:
    """Three times that are free now, for somebody who books."""
    if by is None:
        return []
    return find(course, duty, user=by, on=timezone.localdate(at)).proposals
