"""Referrals: the inbox of both sides, and one of them."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import Request
from activities.access import reads_referrals
from activities.activity_flows import own_steps as steps_of
from activities.referral_list import inbox_of
from activities.referral_page import referral_page
from activities.views.doors import opened_referral
from journal.looks import looked
from journal.models import Look


@never_cache
@require_safe
def inbox(request: Request) -> HttpResponse:
    """Referrals that wait for the reader, that are answered, that run or are done."""
    on = timezone.localdate()
    if not reads_referrals(request.user, on=on):
        raise Http404
    shown = inbox_of(request.user, asked=request.GET.get("vis", ""), on=on)
    looked(Look.Kind.LIST, by=request.user, courses=list(shown.courses))
    listed = {"tabs": shown.tabs, "rows": shown.rows, "nothing": shown.empty, "hint": shown.hint}
    return render(request, "activities/referrals.html", listed)


@never_cache
@require_safe
def own_steps(request: Request) -> HttpResponse:
    """What the reader has to do in the individual hands that run."""
    on = timezone.localdate()
    if not reads_referrals(request.user, on=on):
        raise Http404
    steps = steps_of(request.user, on=on)
    looked(Look.Kind.LIST, by=request.user, courses=[one.step.referral.course_id for one in steps])
    return render(request, "activities/own_steps.html", {"steps": steps})


@never_cache
@require_safe
def referral(request: Request, pk: int) -> HttpResponse:
    """One referral: who, to what, at what price, and what was answered."""
    on = timezone.localdate()
    found = opened_referral(request, pk, on=on)
    page = referral_page(found, request.user, on=on)
    return render(request, "activities/referral.html", {"page": page, "referral": found})
