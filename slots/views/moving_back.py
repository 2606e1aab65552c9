"""Ten minutes in which a move of an interview can be taken back."""

from datetime import datetime

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.requests import Request
from meetings.access import may_settle
from meetings.models import Meeting
from meetings.views.doors import only_if, opened_meeting
from shared.written import moment_text
from slots.actions.moving_back import Moved, move_back
from slots.models import Slot

SALT = "slots.move"


@never_cache
@require_POST
def undo_move(request: Request, pk: int, token: str) -> HttpResponse:
    """Give an interview its former time back, if nobody has changed either since."""
    meeting, now = opened_meeting(request, pk), timezone.now()
    only_if(allowed=may_settle(request.user, meeting, on=timezone.localdate(now)))
    back = move_back(_said(token, meeting, by=request.user), meeting, by=request.user, at=now)
    when = moment_text(back.starts_at, on=timezone.localdate(now))
    messages.success(request, _("Undone: the interview is %(when)s again.") % {"when": when})
    return redirect(back)


def undo_address(
    meeting: Meeting,
    before: tuple[Slot, User | None] | None,
    after: Slot,
    *,
    by: User,
    at: datetime,
) -> str:
    """An address that says where an interview was; it is signed, so nobody can put in another."""
    if before is None:
        return ""
    slot, worker = before
    began = int(slot.starts_at.timestamp())
    said = [meeting.pk, by.pk, slot.pk, began, worker and worker.pk, after.pk, at.isoformat()]
    return reverse("slots:undo_move", args=[meeting.pk, signing.dumps(said, salt=SALT)])


def _said(token: str, meeting: Meeting, *, by: User) -> Moved:
    """The move that a token tells of, if this person made it."""
    try:
        key, user, before, began, worker, after, at = signing.loads(token, salt=SALT)
    except signing.BadSignature as wrong:
        raise Http404 from wrong
    if (key, user) != (meeting.pk, by.pk):
        raise Http404
    began_at = datetime.fromtimestamp(began, timezone.get_current_timezone())
    return Moved(key, before, began_at, worker, after, datetime.fromisoformat(at))
