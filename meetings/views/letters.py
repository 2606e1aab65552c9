"""Letters about an interview: looked at first, then put into the outbox."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import Request
from letters.drafts import Draft, content_of, text_for
from letters.models import Letter, LetterKind
from letters.pdf import pdf_of
from meetings.access import may_settle
from meetings.actions.letters import send_minutes, send_summons
from meetings.letter_drafts import Occasion, draft_of, occasion_of
from meetings.models import Meeting
from meetings.views.doors import only_if, opened_meeting
from shared.refusals import Refused

KINDS = (LetterKind.SUMMONS, LetterKind.MINUTES)


@never_cache
@require_http_methods(["GET", "POST"])
def letter(request: Request, pk: int, kind: str) -> HttpResponse:
    """Show what a letter about the interview would say; posted, it goes into the outbox."""
    meeting, now = opened_meeting(request, pk), timezone.now()
    only_if(allowed=may_settle(request.user, meeting, on=timezone.localdate(now)))
    if kind not in KINDS:
        raise Http404
    if request.method == "GET":
        return previewed(occasion_of(meeting), LetterKind(kind), by=request.user, at=now)
    try:
        queued = _queued(meeting, kind, request.user, now)
    except Refused as no:  # most often the second click on a button
        messages.info(request, str(no))
        return redirect(meeting)
    if queued:
        said = _("The letter goes in ten minutes. Until then you can take it back.")
        messages.success(request, said)
    else:
        messages.error(request, _("The interview has begun, so it is too late to summon to it."))
    return redirect(meeting)


def _queued(meeting: Meeting, kind: str, by: User, at: datetime) -> Letter | None:
    act = send_summons if kind == LetterKind.SUMMONS else send_minutes
    return act(meeting, by=by, at=at)


def previewed(
    occasion: Occasion, kind: LetterKind, *, by: User, at: datetime, language: str = "da"
) -> HttpResponse:
    """A letter as it would be sent, as a document; nothing is written."""
    draft: Draft = draft_of(occasion, kind, language=language)
    text = text_for(occasion.course, draft)
    content = content_of(occasion.course, draft, text, by=by, on=timezone.localdate(at))
    response = HttpResponse(pdf_of([content], at=at), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{occasion.course.case_number}.pdf"'
    return response
