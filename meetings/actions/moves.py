"""The one place that changes the state of an interview: which moves there are, and the lock."""

from datetime import datetime

from django.utils.translation import gettext_noop

from meetings.models import Meeting
from shared.refusals import Refused

State = Meeting.State

# What becomes of an interview. Back to booked is only for an outcome that was a mistake.
MOVES = {
    State.BOOKED: {State.HELD, State.NO_SHOW, State.CANCELLED},
    State.HELD: {State.BOOKED},
    State.NO_SHOW: {State.BOOKED},
    State.CANCELLED: set[State](),
}


def locked(meeting: Meeting) -> Meeting:
    """The interview as it now stands, locked; its course is locked after it, never before."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related(
        "course__citizen", "course__a_kasse", "course__jobcentre", "duty", "organisation"
    )
    return rows.get(pk=meeting.pk)


def locked_booking(meeting: Meeting) -> Meeting:
    """The interview, locked, if it is still only booked."""
    meeting = locked(meeting)
    if meeting.state != State.BOOKED:
        raise Refused(_settled(meeting))
    return meeting


def moved(meeting: Meeting, to: Meeting.State) -> Meeting:
    """A locked interview in its new state, not saved yet, if that move is allowed."""
    if to not in MOVES[State(meeting.state)]:
        raise Refused(_settled(meeting))
    meeting.state = to
    return meeting


def outdated(meeting: Meeting, *, at: datetime) -> list[str]:
    """Make a locked interview, not saved yet, a newer version of itself; the columns to save."""
    meeting.sequence += 1
    meeting.changed_at = at
    return ["sequence", "changed_at"]


def _settled(meeting: Meeting) -> str:
    if meeting.state == State.CANCELLED:
        return gettext_noop("This interview is cancelled. Book a new one.")
    if meeting.state == State.BOOKED:
        return gettext_noop("This interview has no outcome yet.")
    return gettext_noop(
        "The outcome of this interview is already recorded. Take it back first to change it."
    )
