"""Recording the outcome that a form says, and where its reader goes from there."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts.models import User
from courses.models import Party
from meetings import actions
from meetings.access import may_notify
from meetings.actions.letters import send_minutes
from meetings.cautions import Caution
from meetings.forms import OutcomeForm
from meetings.forms.booking import duties_to_book
from meetings.models import Meeting, NoShow


def recorded(
    form: OutcomeForm, cautions: Iterable[Caution], *, by: User, at: datetime
) -> Meeting | NoShow | None:
    """Hold or miss, as the form says; None while it cannot be read, is refused or has cautions."""
    return form.carried_out(lambda: _record(form, by=by, at=at), cautions)


def _record(form: OutcomeForm, *, by: User, at: datetime) -> Meeting | NoShow:
    if form.was_held:
        return _held(form, by=by, at=at)
    return actions.miss(form.meeting, form.missed, by=by, at=at)


@transaction.atomic
def _held(form: OutcomeForm, *, by: User, at: datetime) -> Meeting:
    """Hold it, and send the minutes if that is asked: both, or neither."""
    meeting = actions.hold(form.meeting, form.held, by=by, at=at)
    if form.cleaned_data["send_minutes"]:
        send_minutes(meeting, by=by, at=at)
    return meeting


def where_next(form: OutcomeForm, done: Meeting | NoShow, *, by: User, back: str) -> str:
    """The page that asks what naturally comes next: the notification, the next booking, or back.

    A no-show is never notified by itself: the page shows the evidence, and a person sends it.
    """
    if isinstance(done, NoShow):
        lawful = done.lawful_absence != NoShow.Lawful.NONE
        if lawful or not may_notify(by, form.meeting, on=timezone.localdate()):
            return back
        address = reverse("meetings:notify", args=[done.meeting_id])
        return f"{address}?{urlencode({'naeste': back})}"
    if form.cleaned_data.get("book_next"):
        return booking_address(done)
    return back


def booking_address(meeting: Meeting) -> str:
    """Where the next interview is booked, with the duty that comes first of those one may book."""
    address = reverse("meetings:book", args=[meeting.course.case_number])
    duty = next(iter(duties_to_book(meeting.course, Party(meeting.held_by))), None)
    return f"{address}?duty={duty.pk}" if duty else address
