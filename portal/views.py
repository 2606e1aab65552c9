"""The a-kasse's front page."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import Request
from courses.models import Party
from courses.search import may_be_cpr
from courses.worklist import Side
from journal.looks import looked
from journal.models import Look
from meetings.front_page import front_page
from partnerships.access import reach_of


@require_safe
def today(request: Request) -> HttpResponse:
    """What the a-kasse owes its members, and the day of the person who looks."""
    reach = reach_of(request.user)
    if not reach.a_kasser:
        raise Http404
    if may_be_cpr(request.GET.get("navn", "")):
        return render(request, "courses/search_refused.html", status=400)
    side = Side(Party.A_KASSE, reach.a_kasser)
    shown = front_page(request.user, side, request.GET, at=timezone.now())
    looked(Look.Kind.LIST, by=request.user, cases=shown.cases)
    template = "courses/_worklist.html" if request.htmx else "portal/today.html"
    return render(request, template, {"front": shown})
