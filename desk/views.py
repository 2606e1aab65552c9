"""The jobcentre's front page, and the booking coordinator's day in the rooms."""

from datetime import date, timedelta

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
from meetings.agenda import rooms_of_day
from meetings.front_page import front_page
from partnerships.access import Reach, reach_of


@require_safe
def today(request: Request) -> HttpResponse:
    """What the jobcentre owes, and the day of the person who looks."""
    reach = reach_of(request.user)
    if not reach.jobcentres:
        return _rooms(request, reach)
    if may_be_cpr(request.GET.get("navn", "")):
        return render(request, "courses/search_refused.html", status=400)
    side = Side(Party.JOBCENTRE, reach.jobcentres)
    shown = front_page(request.user, side, request.GET, at=timezone.now())
    looked(Look.Kind.LIST, by=request.user, cases=shown.cases)
    template = "courses/_worklist.html" if request.htmx else "desk/today.html"
    return render(request, template, {"front": shown})


def _rooms(request: Request, reach: Reach) -> HttpResponse:
    """Rooms and times without names, for those who plan them."""
    if not reach.booking_at:
        raise Http404
    day = _day(request.GET.get("dag", ""))
    shown = {
        "day": day,
        "before": day - timedelta(1),
        "after": day + timedelta(1),
        "rooms": rooms_of_day(request.user, on=day),
    }
    return render(request, "desk/rooms.html", shown)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()
