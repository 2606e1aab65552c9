"""Withdrawing several times with the interviews in them, and taking that back.

Each time is a transaction of its own with all its interviews, so that one which cannot be
withdrawn stays as it is, says why, and stops no other. What was asked for is stored first: a page
that is sent twice is one withdrawal, and one that died is taken up again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from journal.actions import note
from letters import actions as post
from letters.models import LetterKind
from meetings.batch_words import Said, told
from meetings.collisions import seated
from meetings.models import BatchRow, Meeting
from meetings.plans import purpose_of
from partnerships.models import Organisation
from shared.refusals import Refused
from slots.access import publishes_at
from slots.actions.booking import book_in_slot, move_to_slot
from slots.actions.changing import Seat, withdraw_with_interviews
from slots.actions.closing import check_free
from slots.actions.several import keep_no_times
from slots.finding import find
from slots.locking import locked_slots
from slots.models import Reservation, Slot, Withdrawal, WithdrawnTime
from slots.planning import release_day

Outcome = BatchRow.Outcome
WITHDRAWN = gettext_noop("Withdrawn; nobody was booked.")
MOVED = gettext_noop("Withdrawn; the interview is moved to %(when)s. A letter tells the citizen.")
TO_PLAN = gettext_noop(
    "Withdrawn; the interview is cancelled and to be planned again. A letter tells the citizen."
)
OPEN_AGAIN = gettext_noop("Undone: the time is open again.")
BACK = gettext_noop("Undone: the time is open again, and the interview is back in it.")


@dataclass(frozen=True, slots=True)
class Asked:
    """One time to withdraw with one interview in it, or none; `seat` is where it goes."""

    slot: Slot
    meeting: Meeting | None = None
    seat: Seat | None = None


def withdraw_several(  # noqa: PLR0913 (what, where and why)
    key: UUID,
    asked: Sequence[Asked],
    *,
    jobcentre: Organisation,
    reason: str,
    by: User,
    at: datetime,
) -> Withdrawal:
    """Store what is asked for, and withdraw each time."""
    if jobcentre.pk not in publishes_at(by):
        raise Refused(_("Only the booking coordinator of the jobcentre changes its times."))
    if not reason:
        raise Refused(_("Write why the times are withdrawn."))
    withdrawal = _stored(key, asked, jobcentre, reason, by=by, at=at)
    return go_on(withdrawal, by=by, at=at)


def go_on(withdrawal: Withdrawal, *, by: User, at: datetime) -> Withdrawal:
    """Withdraw the times of a withdrawal that wait."""
    for rows in _by_slot(withdrawal, Outcome.WAITING):
        try:
            _withdraw(rows, withdrawal, by=by, at=at)
        except Refused as no:
            _keep(rows, told(no.text, **no.values), Outcome.REFUSED)
    return withdrawal


def undo_withdrawal(withdrawal: Withdrawal, *, by: User, at: datetime) -> Withdrawal:
    """Open the times again, with their reservations and interviews, within ten minutes."""
    if withdrawal.jobcentre_id not in publishes_at(by):
        raise Refused(_("Only the booking coordinator of the jobcentre changes its times."))
    if not withdrawal.may_be_undone(at=at):
        raise Refused(
            _("Ten minutes have passed, and letters are on their way. Open the times one by one.")
        )
    withdrawal.undone_at = withdrawal.undone_at or at
    withdrawal.save(update_fields=["undone_at"])
    for rows in _by_slot(withdrawal, Outcome.WAITING):
        _keep(rows, told(gettext_noop("Taken back before it was carried out.")), Outcome.UNDONE)
    for rows in _by_slot(withdrawal, Outcome.DONE):
        try:
            _put_back(rows, by=by, at=at)
        except Refused as no:
            _keep(rows, told(no.text, **no.values), Outcome.DONE)
    return withdrawal


@transaction.atomic
def _stored(  # noqa: PLR0913 (what was asked for)
    key: UUID,
    asked: Sequence[Asked],
    jobcentre: Organisation,
    reason: str,
    *,
    by: User,
    at: datetime,
) -> Withdrawal:
    withdrawal, is_new = Withdrawal.objects.get_or_create(
        by=by, key=key, defaults={"jobcentre": jobcentre, "reason": reason, "at": at}
    )
    if is_new:
        WithdrawnTime.objects.bulk_create(_row(withdrawal, one) for one in asked)
    return withdrawal


def _row(withdrawal: Withdrawal, asked: Asked) -> WithdrawnTime:
    seat, meeting = asked.seat, asked.meeting
    own = meeting.participants.filter(role=meeting.held_by).first() if meeting else None
    return WithdrawnTime(
        withdrawal=withdrawal,
        slot=asked.slot,
        meeting=meeting,
        to_slot=seat.slot if seat else None,
        to_starts_at=seat.slot.starts_at if seat else None,
        to_worker=seat.worker if seat else None,
        worker_id=own.worker_id if own else None,
        guest_id=asked.slot.guest_id,
    )


def _by_slot(withdrawal: Withdrawal, outcome: Outcome) -> list[list[WithdrawnTime]]:
    """The rows in a state, time by time."""
    rows = withdrawal.rows.filter(outcome=outcome).select_related(
        "slot", "meeting__course__jobcentre", "meeting__duty", "to_slot", "to_worker", "worker"
    )
    found = rows.order_by("slot", "pk")
    return [list(group) for _key, group in groupby(found, key=lambda row: row.slot_id)]


@seated
def _withdraw(
    rows: Sequence[WithdrawnTime], withdrawal: Withdrawal, *, by: User, at: datetime
) -> None:
    """One time with all that was shown to be in it; refuses if others have come meanwhile."""
    slot = rows[0].slot
    _check_as_shown(slot, rows)
    standing = Reservation.objects.standing().filter(slot=slot).first()
    into = {row.meeting_id: seat for row in rows if row.meeting_id and (seat := _seat(row))}
    withdraw_with_interviews(slot, reason=withdrawal.reason, into=into, by=by, at=at)
    for row in rows:
        row.reservation = standing
        row.outcome, row.said = Outcome.DONE, _said(row)
        row.save(update_fields=["reservation", "outcome", "said"])
        if row.meeting and not row.to_slot_id:
            _keep_evidence(row.meeting, by=by, at=at)


def _check_as_shown(slot: Slot, rows: Sequence[WithdrawnTime]) -> None:
    locked = locked_slots([slot.pk, *(row.to_slot_id for row in rows if row.to_slot_id)])[slot.pk]
    shown = {row.meeting_id for row in rows if row.meeting_id}
    there = set(locked.bookings.filter(is_live=True).values_list("meeting", flat=True))
    if there != shown:
        raise Refused(
            gettext_noop("Not withdrawn: its interviews have changed since. Look at it again.")
        )


def _seat(row: WithdrawnTime) -> Seat | None:
    """Where the interview of a row goes, at the hour that was shown."""
    if row.to_slot is None or row.to_starts_at is None:
        return None
    row.to_slot.ends_at += row.to_starts_at - row.to_slot.starts_at
    row.to_slot.starts_at = row.to_starts_at
    return Seat(row.to_slot, row.to_worker)


def _said(row: WithdrawnTime) -> Said:
    if row.to_starts_at:
        return told(MOVED, when=row.to_starts_at)
    return told(TO_PLAN if row.meeting_id else WITHDRAWN)


def _keep_evidence(meeting: Meeting, *, by: User, at: datetime) -> None:
    """Keep on the case that no time was free for an interview that is to be planned again."""
    found = find(meeting.course, meeting.duty, user=None, on=timezone.localdate(at), at=at)
    if not found.free:
        keep_no_times(meeting.course, meeting.duty, found, by=by, at=at)


def _keep(rows: Sequence[WithdrawnTime], said: Said, outcome: Outcome) -> None:
    WithdrawnTime.objects.filter(pk__in=[row.pk for row in rows]).update(said=said, outcome=outcome)


# --- The way back -------------------------------------------------------------------------------
@seated
def _put_back(rows: Sequence[WithdrawnTime], *, by: User, at: datetime) -> None:
    """Open one time again as it was reserved and staffed, with its interviews in it."""
    locked = locked_slots([rows[0].slot_id, *(row.to_slot_id for row in rows if row.to_slot_id)])
    slot = _reopened(locked[rows[0].slot_id], rows[0], by=by, at=at)
    for row in rows:
        if row.meeting and row.to_slot_id:
            _move_back(row, row.meeting, slot, by=by, at=at)
        elif row.meeting:
            _book_again(row, row.meeting, slot, by=by, at=at)
        row.outcome, row.said = Outcome.UNDONE, told(BACK if row.meeting else OPEN_AGAIN)
        row.save(update_fields=["outcome", "said"])


def _reopened(slot: Slot, row: WithdrawnTime, *, by: User, at: datetime) -> Slot:
    if slot.state != Slot.State.CLOSED:
        raise Refused(gettext_noop("Not undone: the time has been opened again since."))
    slot.state, slot.guest_id = Slot.State.OPEN, row.guest_id
    reservation = row.reservation
    if reservation:
        slot.a_kasse_id = reservation.a_kasse_id
        slot.release_on = release_day(slot.pool, slot.starts_at, on=timezone.localdate(at))
        reservation.released_at, reservation.released_why = None, ""
        reservation.save(update_fields=["released_at", "released_why"])
    check_free(slot, was_there=True)
    slot.save(update_fields=["state", "a_kasse", "guest", "release_on"])
    note(slot, "slot-reopened", by=by, case=None, starts_at=slot.starts_at.isoformat())
    return slot


def _move_back(row: WithdrawnTime, meeting: Meeting, slot: Slot, *, by: User, at: datetime) -> None:
    """Move an interview back; a letter of the move that has not left is not followed by another."""
    meeting.refresh_from_db()
    if meeting.state != Meeting.State.BOOKED or meeting.starts_at != row.to_starts_at:
        raise Refused(
            gettext_noop("Not undone: the interview has been changed since. Its time stays closed.")
        )
    change = meeting.letters.filter(kind=LetterKind.CHANGE).here()
    was_unread = change.filter(queued_at__gte=row.withdrawal.at).exists()
    move_to_slot(meeting, slot, worker=row.worker, by=by, at=at)
    if was_unread:
        for letter in change.all():
            post.take_back(letter, by=by, at=at)


def _book_again(
    row: WithdrawnTime, meeting: Meeting, slot: Slot, *, by: User, at: datetime
) -> None:
    """Book an interview anew; the letter that it was cancelled is taken back if it waits."""
    for letter in meeting.letters.filter(kind=LetterKind.CANCELLATION).here():
        post.take_back(letter, by=by, at=at)
    book_in_slot(meeting.course, purpose_of(meeting), slot, worker=row.worker, by=by, at=at)
