"""Referrals: the inbox of both sides, one of them, and what is done with it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import Request
from activities.models import Referral


@never_cache
@require_safe
def inbox(request: Request) -> HttpResponse:
    """Referrals that wait for the reader, that are answered, that run or are done."""
    return render(request, "activities/referrals.html", {})


@never_cache
@require_safe
def referral(request: Request, pk: int) -> HttpResponse:
    """One referral: who, to what, at what price, and what was answered."""
    found = get_object_or_404(Referral.objects.visible_to(request.user), pk=pk)
    return render(request, "activities/referral.html", {"referral": found})
