"""The pages that say how an interview went, cancel it, or take an outcome back."""

from collections.abc import Callable, Iterable
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import Request
from courses.models import Party
from meetings import actions
from meetings.act_pages import (
    ActPage,
    cancelling_page,
    contact_page,
    outcome_page,
    retracting_page,
)
from meetings.cautions import Caution, cancelling_cautions
from meetings.forms import CancelForm, ContactForm, OutcomeForm, ReasonForm
from meetings.forms.pieces import ActForm
from meetings.recording import recorded, where_next
from meetings.views.doors import own_meeting, way_back


@never_cache
@require_http_methods(["GET", "POST"])
def outcome(request: Request, pk: int) -> HttpResponse:
    """Say how an interview went, in one move."""
    meeting = own_meeting(request, pk)
    form = OutcomeForm(request.POST or None, meeting=meeting)
    cautions = form.cautions(meeting)
    done = recorded(form, cautions, by=request.user, at=timezone.now())
    if done:
        messages.success(request, _("The outcome is recorded."))
        return redirect(where_next(form, done, by=request.user, back=meeting.get_absolute_url()))
    page = outcome_page(meeting, cautions, on=timezone.localdate())
    return render(request, "meetings/outcome.html", {"page": page, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def cancel(request: Request, pk: int) -> HttpResponse:
    """Cancel a booked interview."""
    meeting, today = own_meeting(request, pk), timezone.localdate()
    form = CancelForm(request.POST or None, side=Party(meeting.held_by), on=today)
    page = cancelling_page(meeting, on=today)
    said = gettext_lazy("The interview is cancelled. Its duty is open as before.")
    return _asked(
        request,
        page,
        form,
        act=partial(actions.cancel, meeting),
        said=said,
        afterwards=partial(cancelling_cautions, meeting),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def contact(request: Request, pk: int) -> HttpResponse:
    """Record that the citizen was in contact again."""
    meeting = own_meeting(request, pk)
    form = ContactForm(request.POST or None).worded_for(Party(meeting.held_by))
    page = contact_page(meeting, on=timezone.localdate())
    said = gettext_lazy("The contact is recorded.")
    return _asked(
        request, page, form, act=partial(actions.record_contact_again, meeting), said=said
    )


@never_cache
@require_http_methods(["GET", "POST"])
def retract(request: Request, pk: int) -> HttpResponse:
    """Take back an outcome that was a mistake."""
    meeting = own_meeting(request, pk)
    form = ReasonForm(request.POST or None).worded_for(Party(meeting.held_by))
    page = retracting_page(meeting, on=timezone.localdate())
    said = gettext_lazy("The outcome is taken back. The interview is booked again.")
    return _asked(request, page, form, act=partial(actions.retract_outcome, meeting), said=said)


def _asked(  # noqa: PLR0913 (what such a page is made of)
    request: Request,
    page: ActPage,
    form: ActForm,
    *,
    act: Callable[..., object],
    said: Promise,
    afterwards: Callable[[], Iterable[Caution]] = tuple,
) -> HttpResponse:
    """The form until its act is done, then the sentence that says so, and the way back."""
    back = way_back(request, page.back)
    if not form.carried_out(lambda: act(**form.arguments, by=request.user, at=timezone.now())):
        return render(request, "meetings/act.html", {"page": page.leading_to(back), "form": form})
    messages.success(request, str(said))
    for caution in afterwards():
        messages.warning(request, caution.text)
    return redirect(back)
