"""The pages that say how an interview went, cancel it, or take an outcome back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import Request
from meetings import actions
from meetings.access import may_settle
from meetings.act_pages import cancelling_page, contact_page, outcome_page, retracting_page
from meetings.cautions import cancelling_cautions
from meetings.forms import CancelForm, ContactForm, OutcomeForm, ReasonForm
from meetings.models import Meeting, NoShow
from meetings.views.doors import only_if, opened_meeting


@never_cache
@require_http_methods(["GET", "POST"])
def outcome(request: Request, pk: int) -> HttpResponse:
    """Say how an interview went."""
    meeting = _own(request, pk)
    form = OutcomeForm(request.POST or None, meeting=meeting)
    cautions = form.cautions(meeting)
    recorded = form.carried_out(lambda: _record(request, form, meeting), cautions)
    if recorded:
        messages.success(request, _("The outcome is recorded."))
        return redirect(meeting)
    page = outcome_page(meeting, cautions, on=timezone.localdate())
    return render(request, "meetings/act.html", {"page": page, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def cancel(request: Request, pk: int) -> HttpResponse:
    """Cancel a booked interview."""
    meeting = _own(request, pk)
    form = CancelForm(request.POST or None)
    cancelled = form.carried_out(
        lambda: actions.cancel(meeting, **form.arguments, by=request.user, at=timezone.now())
    )
    if cancelled:
        messages.success(request, _("The interview is cancelled. Its duty is open as before."))
        for caution in cancelling_cautions(cancelled):
            messages.warning(request, caution.text)
        return redirect(cancelled)
    page = cancelling_page(meeting, on=timezone.localdate())
    return render(request, "meetings/act.html", {"page": page, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def contact(request: Request, pk: int) -> HttpResponse:
    """Record that the citizen was in contact again."""
    meeting = _own(request, pk)
    form = ContactForm(request.POST or None)
    recorded = form.carried_out(
        lambda: actions.record_contact_again(
            meeting, **form.arguments, by=request.user, at=timezone.now()
        )
    )
    if recorded:
        messages.success(request, _("The contact is recorded."))
        return redirect(meeting)
    page = contact_page(meeting, on=timezone.localdate())
    return render(request, "meetings/act.html", {"page": page, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def retract(request: Request, pk: int) -> HttpResponse:
    """Take back an outcome that was a mistake."""
    meeting = _own(request, pk)
    form = ReasonForm(request.POST or None)
    retracted = form.carried_out(
        lambda: actions.retract_outcome(
            meeting, **form.arguments, by=request.user, at=timezone.now()
        )
    )
    if retracted:
        messages.success(request, _("The outcome is taken back. The interview is booked again."))
        return redirect(meeting)
    page = retracting_page(meeting, on=timezone.localdate())
    return render(request, "meetings/act.html", {"page": page, "form": form})


def _own(request: Request, pk: int) -> Meeting:
    """An interview that the person's party holds."""
    meeting = opened_meeting(request, pk)
    only_if(allowed=may_settle(request.user, meeting, on=timezone.localdate()))
    return meeting


def _record(request: Request, form: OutcomeForm, meeting: Meeting) -> Meeting | NoShow:
    """Hold or miss, as the form says."""
    if form.was_held:
        return actions.hold(meeting, form.held, by=request.user, at=timezone.now())
    return actions.miss(meeting, form.missed, by=request.user, at=timezone.now())
