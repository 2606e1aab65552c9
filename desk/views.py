"""The jobcentre's front page, and the booking coordinator's day in the rooms."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import Request
from courses.models import Party
from courses.worklist import Side
from desk.caught_mail import caught, waiting
from meetings.room_days import rooms_page
from meetings.views.front import front
from partnerships.access import Reach, reach_of
from shared.form_fields import day_asked
from slots.capacity_without import WEEKS, joint_of, missing_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def today(request: Request) -> HttpResponse:
    """What the jobcentre owes, and the day of the person who looks."""
    reach = reach_of(request.user)
    if not reach.jobcentres:
        return _rooms(request, reach)
    side = Side(Party.JOBCENTRE, reach.jobcentres)
    return front(request, side, template="desk/today.html", joint=joint_of)


@never_cache
@require_safe
def caught_mail(request: Request) -> HttpResponse:
    """What a demo has sent, and what waits; there is no such page where people work."""
    if not settings.DEMO:
        raise Http404
    shown = {"caught": caught(), "waiting": waiting(), "catches": bool(settings.CAUGHT_MAIL)}
    return render(request, "desk/caught_mail.html", shown)


def _rooms(request: Request, reach: Reach) -> HttpResponse:
    """Rooms and times without names, for those who plan them."""
    if not reach.booking_at:
        raise Http404
    day = day_asked(request.GET.get("dag", ""), on=timezone.localdate())
    shown = {
        "day": day,
        "before": day - timedelta(1),
        "after": day + timedelta(1),
        "week_before": day - timedelta(7),
        "week_after": day + timedelta(7),
        "page": rooms_page(request.user, shown=day, on=timezone.localdate()),
        "missing": missing_of(request.user, at=timezone.now()),
        "weeks_looked_at": WEEKS,
    }
    return render(request, "desk/rooms.html", shown)
