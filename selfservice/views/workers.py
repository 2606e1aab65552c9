"""Where a worker answers what a citizen stated by link."""

from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import Request
from courses.models import AbsenceKind, Party
from courses.party_words import said_to
from meetings.cautions import Caution
from meetings.forms import MoveForm
from meetings.forms.pieces import ActForm
from meetings.models import Meeting
from selfservice import actions
from selfservice.answer_page import answer_page
from selfservice.forms import ConfirmForm, RejectForm
from selfservice.models import Statement
from selfservice.views.doors import opened_statement

Kind = Statement.Kind
CONFIRM, REJECT = "confirm", "reject"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, pk: int) -> HttpResponse:
    """Confirm a statement, which lets it take effect, or say why not."""
    now, by = timezone.now(), request.user
    statement = opened_statement(request, pk)
    sent = request.POST.get("do", "")
    side = Party(statement.meeting.held_by)
    rejecting = RejectForm(request.POST if sent == REJECT else None, auto_id="reject_%s")
    rejecting.worded_for(side)
    confirming = _confirming(request, statement, sent).worded_for(side)
    rejected = rejecting.carried_out(
        lambda: actions.reject(statement, why=rejecting.cleaned_data["why"], by=by, at=now)
    )
    if rejected:
        told = _("It is not confirmed. A letter tells the citizen why.")
        messages.success(request, said_to(side, told))
        return redirect(statement.meeting)
    if _confirmed(request, statement, confirming, at=now):
        return _after(request, statement)
    page = answer_page(statement, cautions=_cautions(confirming, statement), at=now)
    shown = {"page": page, "confirming": confirming, "rejecting": rejecting, "statement": statement}
    return render(request, "selfservice/answer.html", shown)


def _confirming(request: Request, statement: Statement, sent: str) -> ActForm:
    """The form beside the button: another time is written by hand where no slot was chosen."""
    data = request.POST if sent == CONFIRM else None
    if statement.kind != Kind.OTHER_TIME or statement.slot:
        return ConfirmForm(data)
    on = timezone.localdate()
    form = MoveForm(data, meeting=statement.meeting, user=request.user, on=on)
    if statement.wanted_at:
        wanted = timezone.localtime(statement.wanted_at)
        form.initial.update(day=wanted.date(), starts=wanted.time())
    return form


def _cautions(form: ActForm, statement: Statement) -> list[Caution]:
    if not isinstance(form, MoveForm):
        return []
    return list(form.cautions(statement.meeting.course, on=timezone.localdate()))


def _confirmed(request: Request, statement: Statement, form: ActForm, *, at: datetime) -> object:
    by = request.user
    if isinstance(form, MoveForm):
        return form.carried_out(
            lambda: actions.confirm_with_time(statement, form.sitting, by=by, at=at),
            _cautions(form, statement),
        )
    return form.carried_out(lambda: actions.confirm(statement, by=by, at=at))


def _after(request: Request, statement: Statement) -> HttpResponse:
    """The next step: after a sickness the absence, or the outcome of what has begun."""
    meeting = Meeting.objects.visible_to(request.user).get(pk=statement.meeting_id)
    messages.success(request, _("It is confirmed and has taken effect."))
    if statement.kind != Kind.SICK:
        return redirect(meeting)
    if meeting.state == Meeting.State.BOOKED:
        return redirect("meetings:outcome", meeting.pk)
    if meeting.state != Meeting.State.CANCELLED:
        return redirect(meeting)
    query = urlencode({"kind": AbsenceKind.SICK.value})
    case = meeting.course.case_number
    return redirect(f"{reverse('courses:record_absence', args=[case])}?{query}")
