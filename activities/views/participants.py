"""A provider's page: who comes to its activities, and when; nothing else of anyone."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import Request
from activities.participants import clubs_of
from journal.looks import looked
from journal.models import Look
from partnerships.access import reach_of
from partnerships.models import Role


@never_cache
@require_safe
def participants(request: Request) -> HttpResponse:
    """The provider's own activities, each with its participants, sessions and attendance."""
    on = timezone.localdate()
    if not reach_of(request.user, on=on).has(Role.PROVIDER):
        raise Http404
    shown = clubs_of(request.user, at=timezone.now())
    looked(Look.Kind.LIST, by=request.user, courses=list(shown.courses))
    return render(request, "activities/participants.html", {"clubs": shown.clubs})
