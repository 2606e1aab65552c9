"""Calendars: the file of one interview, private addresses, and the pages that give them out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import Request
from meetings import calendar, feeds
from meetings.actions.feeds import renew_own_feed, renew_room_feed, revoke_feed
from meetings.models import CalendarFeed
from meetings.views.doors import found_or_404, only_if, opened_meeting
from partnerships.access import reach_of

KIND = "text/calendar; charset=utf-8"


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The calendar behind a private address; it asks for no session and names nobody."""
    now = timezone.now()
    found = feeds.feed_behind(token)
    if found is None:
        raise Http404
    feeds.noticed(found, at=now)
    answer = feeds.answer_of(found, at=now)
    response = HttpResponse(answer.body, content_type=KIND)
    response["ETag"] = answer.etag
    response["Last-Modified"] = http_date(answer.modified_at.timestamp())
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, no_cache=True)
    modified = int(answer.modified_at.timestamp())
    return get_conditional_response(request, answer.etag, modified, response) or response


@never_cache
@require_safe
def download(request: Request, pk: int) -> HttpResponse:
    """One interview as a calendar file."""
    meeting = opened_meeting(request, pk)
    name = f"samtale-{meeting.course.case_number}-{meeting.pk}.ics"
    return HttpResponse(
        calendar.download(meeting),
        content_type=KIND,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_feed(request: Request) -> HttpResponse:
    """One's own calendar address; a new one is shown once, on the answer that made it."""
    token = ""
    if request.method == "POST":
        token = renew_own_feed(by=request.user, at=timezone.now())
    context = {
        "address": feeds.own_address(request.user),
        "new_url": feeds.url_of(token) if token else "",
        "new_name": str(request.user),
        "plans_rooms": bool(reach_of(request.user).booking_at),
    }
    return render(request, "meetings/own_calendar.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def room_feeds(request: Request) -> HttpResponse:
    """The calendar addresses of the rooms that one plans."""
    only_if(allowed=bool(reach_of(request.user).booking_at))
    token, room = "", None
    asked = request.POST.get("room", "")
    if request.method == "POST":
        room = found_or_404(feeds.room_of(request.user, int(asked) if asked.isdecimal() else 0))
        token = renew_room_feed(room, by=request.user, at=timezone.now())
    context = {
        "addresses": feeds.room_addresses(request.user),
        "new_url": feeds.url_of(token) if token else "",
        "new_name": str(room or ""),
    }
    return render(request, "meetings/room_calendars.html", context)


@require_POST
def revoke(request: Request, pk: int) -> HttpResponse:
    """Withdraw a calendar address."""
    found = get_object_or_404(CalendarFeed.objects.visible_to(request.user), pk=pk)
    revoke_feed(found, by=request.user, at=timezone.now())
    messages.success(request, _("The address is withdrawn. Calendars that read it find nothing."))
    return redirect("meetings:room_feeds" if found.room_id else "meetings:own_feed")
