"""One meeting of a forum: agenda before, minutes and decisions after."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import Request
from forums import actions
from forums.access import may_keep
from forums.document import document_of
from forums.forms.forums import AgendaForm, DecisionForm, MinutesForm, OutcomeForm
from forums.models import ForumMeeting
from forums.pages import agenda_of, decision_row, state_of
from forums.views.doors import finished_decision, kept_meeting, read_meeting
from letters.views.answers import document


@never_cache
@require_safe
def meeting(request: Request, pk: int) -> HttpResponse:
    """Agenda, figures, minutes and decisions."""
    one, now = read_meeting(request, pk), timezone.now()
    on = timezone.localdate(now)
    rows = one.decisions.select_related("owner__organisation")
    tone, word = state_of(one, on=on)
    shown = {
        "meeting": one,
        "tone": tone,
        "word": word,
        "agenda": agenda_of(one),
        "decisions": [decision_row(row, on=on) for row in rows],
        "keeps": may_keep(request.user, one.forum),
        "is_planned": one.state == ForumMeeting.State.PLANNED,
        "is_held": one.state == ForumMeeting.State.HELD,
        "has_begun": one.starts_at <= now,
    }
    return render(request, "forums/meeting.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
def point(request: Request, pk: int) -> HttpResponse:
    """Put a point on the agenda."""
    one = kept_meeting(request, pk)
    form = AgendaForm(request.POST or None)
    if form.carried_out(lambda: actions.add_point(one, **form.arguments, by=request.user)):
        messages.success(request, _("The point is on the agenda."))
        return redirect("forums:meeting", pk)
    return render(request, "forums/point.html", {"meeting": one, "form": form})


@never_cache
@require_POST
def remove_point(request: Request, pk: int, point: int) -> HttpResponse:
    """Take a point off the agenda."""
    one = kept_meeting(request, pk)
    actions.remove_point(get_object_or_404(one.agenda, pk=point), by=request.user)
    messages.success(request, _("The point is off the agenda."))
    return redirect("forums:meeting", pk)


@never_cache
@require_POST
def figures(request: Request, pk: int) -> HttpResponse:
    """Draw the figures anew."""
    actions.draw_figures(kept_meeting(request, pk), by=request.user, at=timezone.now())
    messages.success(request, _("The figures are those of today."))
    return redirect("forums:meeting", pk)


@never_cache
@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    """Call a meeting off."""
    actions.cancel_meeting(kept_meeting(request, pk), by=request.user, at=timezone.now())
    messages.success(request, _("The meeting is cancelled."))
    return redirect("forums:meeting", pk)


@never_cache
@require_http_methods(["GET", "POST"])
def minutes(request: Request, pk: int) -> HttpResponse:
    """Write the minutes."""
    one, now = kept_meeting(request, pk), timezone.now()
    form = MinutesForm(request.POST or None, initial={"minutes": one.minutes})

    def written() -> bool:
        actions.hold_meeting(one, **form.arguments, by=request.user, at=now)
        return True

    if form.carried_out(written):
        messages.success(request, _("The minutes are saved."))
        return redirect("forums:meeting", pk)
    return render(request, "forums/minutes.html", {"meeting": one, "form": form})


@never_cache
@require_POST
def approve(request: Request, pk: int) -> HttpResponse:
    """Approve the minutes."""
    actions.approve_minutes(kept_meeting(request, pk), on=timezone.localdate(), by=request.user)
    messages.success(request, _("The minutes are approved."))
    return redirect("forums:meeting", pk)


@never_cache
@require_http_methods(["GET", "POST"])
def decide(request: Request, pk: int) -> HttpResponse:
    """Write down a decision."""
    one = kept_meeting(request, pk)
    form = DecisionForm(request.POST or None, forum=one.forum)
    if form.carried_out(lambda: actions.decide(one, **form.arguments, by=request.user)):
        messages.success(request, _("The decision is written down."))
        return redirect("forums:meeting", pk)
    return render(request, "forums/decide.html", {"meeting": one, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def finish(request: Request, pk: int) -> HttpResponse:
    """Say what came of a decision."""
    one, now = finished_decision(request, pk), timezone.now()
    form = OutcomeForm(request.POST if request.method == "POST" else None)

    def done() -> bool:
        on = timezone.localdate(now)
        actions.finish_decision(one, **form.arguments, on=on, by=request.user, at=now)
        return True

    if form.carried_out(done):
        messages.success(request, _("The decision is carried out."))
        return redirect("forums:forum", one.meeting.forum_id)
    return render(request, "forums/finish.html", {"decision": one, "form": form})


@never_cache
@require_safe
def pdf(request: Request, pk: int) -> HttpResponse:
    """Agenda, minutes and decisions as a document."""
    one = read_meeting(request, pk)
    day = timezone.localdate(one.starts_at)
    return document(document_of(one, at=timezone.now()), f"forum-{one.forum_id}-{day}")
