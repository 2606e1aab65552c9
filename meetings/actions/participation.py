"""Asking the other party to a booked interview after all, or telling it that it need not come."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Party
from journal.actions import note
from meetings.access import may_settle
from meetings.actions.moves import locked_booking, outdated
from meetings.actions.telling import tell_booked, tell_left_out
from meetings.collisions import Seats, lock_seats, seated
from meetings.models import Meeting, Participant
from meetings.plans import OTHER
from shared.refusals import Refused


@seated
def include(meeting: Meeting, *, by: User, at: datetime) -> Meeting:
    """Invite the other party; who comes is for it to say."""
    meeting = _own_booking(meeting, by=by, at=at)
    if meeting.with_other_party:
        return meeting
    meeting.with_other_party = True
    meeting.save(update_fields=["with_other_party", *outdated(meeting, at=at)])
    Participant.objects.create(meeting=meeting, role=OTHER[Party(meeting.held_by)])
    note(meeting, "party-invited", by=by, case=meeting.course_id)
    seats = meeting.participants.filter(is_busy=True).select_related("worker").order_by("pk")
    tell_booked(meeting, seats, by=by, at=at)
    return meeting


@seated
def leave_out(meeting: Meeting, *, by: User, at: datetime) -> Meeting:
    """Hold the interview without the other party: its colleague is free, its calendar told."""
    meeting = _own_booking(meeting, by=by, at=at)
    if not meeting.with_other_party:
        return meeting
    rows = meeting.participants.filter(role=OTHER[Party(meeting.held_by)])
    left = [row.worker for row in rows.select_related("worker") if row.worker]
    rows.delete()
    meeting.with_other_party = False
    meeting.save(update_fields=["with_other_party", *outdated(meeting, at=at)])
    note(meeting, "party-left-out", by=by, case=meeting.course_id)
    tell_left_out(meeting, left, by=by, at=at)
    return meeting


def _own_booking(meeting: Meeting, *, by: User, at: datetime) -> Meeting:
    """The interview, locked, if it is booked and the person works for the party that holds it."""
    lock_seats(Seats.taken_by(meeting))
    meeting = locked_booking(meeting)
    if not may_settle(by, meeting, on=timezone.localdate(at)):
        raise Refused(_("Only the party that holds the interview says who takes part."))
    return meeting
