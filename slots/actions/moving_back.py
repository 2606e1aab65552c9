"""Taking back a move of a joint interview from one published time to another."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from letters import actions as post
from letters.models import LetterKind
from meetings.models import Meeting
from shared.refusals import Refused
from shared.written import moment_text
from slots.actions.booking import Taken, move_to_slot
from slots.models import Slot

UNDO = timedelta(minutes=10)  # letters wait as long in the outbox


@dataclass(frozen=True, slots=True)
class Moved:
    """A move as it was made: from which time and worker, to which time, and when."""

    meeting: int
    before: int
    began_at: datetime
    worker: int | None
    after: int
    at: datetime


def place_before(meeting: Meeting) -> tuple[Slot, User | None] | None:
    """The published time that an interview lies in, and who holds it; None outside of them."""
    slot = Slot.objects.filter(bookings__meeting=meeting, bookings__is_live=True).first()
    own = meeting.participants.filter(role=meeting.held_by).select_related("worker").first()
    return (slot, own.worker if own else None) if slot else None


@transaction.atomic
def move_back(moved: Moved, meeting: Meeting, *, by: User, at: datetime) -> Meeting:
    """Give an interview the time back that it was moved from, if that is still free.

    Refuses when ten minutes have passed, or when somebody has changed either of them since.
    """
    if at >= moved.at + UNDO:
        raise Refused(_("Ten minutes have passed. Move the interview to another time instead."))
    now = Slot.objects.filter(bookings__meeting=meeting, bookings__is_live=True).first()
    if meeting.state != Meeting.State.BOOKED or now is None or now.pk != moved.after:
        raise Refused(_("Not undone: the interview has been changed since."))
    slot = Slot.objects.for_list().filter(pk=moved.before).first()
    if slot is None or slot.starts_at != moved.began_at:
        raise Refused(_not_undone(meeting, _("The former time is not there any more.")))
    worker = User.objects.filter(pk=moved.worker).first() if moved.worker else None
    try:
        back = move_to_slot(meeting, slot, worker=worker, by=by, at=at)
    except Taken as gone:
        raise Refused(_not_undone(meeting, str(gone))) from gone
    _say_nothing(back, moved, by=by, at=at)
    return back


def _not_undone(meeting: Meeting, why: str) -> str:
    words = {"why": why, "when": moment_text(meeting.starts_at)}
    return _("Not undone: the interview stays %(when)s. %(why)s") % words


def _say_nothing(meeting: Meeting, moved: Moved, *, by: User, at: datetime) -> None:
    """The citizen who was told of the former time, and of no other, is told nothing more."""
    told = meeting.letters.gone()
    if not told.exists() or told.filter(queued_at__gte=moved.at).exists():
        return
    for letter in meeting.letters.here().filter(kind=LetterKind.CHANGE):
        post.take_back(letter, by=by, at=at)
