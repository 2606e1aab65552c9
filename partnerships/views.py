"""The front door, and the agreements as those who steer read them."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import Request
from partnerships.agreement_pages import (
    agreements_visible_to,
    may_read_agreements,
    page_of,
    rows_of,
    state_of,
)
from partnerships.checklist import progress_of
from partnerships.life_page import life_of, may_write
from partnerships.models import Agreement
from partnerships.navigation import front_page_of
from partnerships.versions import as_of
from shared.form_fields import day_asked


@never_cache
@require_safe
def front_door(request: Request) -> HttpResponse:
    """Send a person to the own front page."""
    return redirect(front_page_of(request.user))


@never_cache
@require_safe
def nothing_here(request: Request) -> HttpResponse:
    """Say honestly that the system has no page yet for what the person does."""
    return render(request, "partnerships/nothing_here.html")


@never_cache
@require_safe
def agreements(request: Request) -> HttpResponse:
    """The agreements of one's own parties, as they are on a day."""
    if not may_read_agreements(request.user):
        raise Http404
    day = day_asked(request.GET.get("dag", ""), on=timezone.localdate())
    state = request.GET.get("tilstand", "")
    found = agreements_visible_to(request.user)
    if state in Agreement.State.values:
        found = found.filter(state=state)
    shown = {
        "rows": rows_of(found, on=day),
        "day": day,
        "state": state,
        "states": Agreement.State.choices,
        "may_write": may_write(request.user),
    }
    return render(request, "partnerships/agreements.html", shown)


@never_cache
@require_safe
def agreement(request: Request, slug: str) -> HttpResponse:
    """One agreement with the terms of a day; numbers, never people."""
    found = agreements_visible_to(request.user).select_related("parent", "phase_two", "renews")
    one = get_object_or_404(
        found.prefetch_related("parties__organisation", "municipalities", "terms"), slug=slug
    )
    day = day_asked(request.GET.get("dag", ""), on=timezone.localdate())
    tone, word = state_of(one, on=day)
    shown = {
        "shown": page_of(one, on=day),
        "life": life_of(one, request.user, on=timezone.localdate()),
        "said": as_of(one, day),
        "progress": progress_of([one]).get(one.pk),
        "day": day,
        "tone": tone,
        "word": word,
    }
    return render(request, "partnerships/agreement.html", shown)
