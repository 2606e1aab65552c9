"""The list of interviews, and the page of one."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import Request
from journal.looks import looked
from journal.models import Look
from meetings.letter_offers import post_of
from meetings.meeting_list import ROWS, Filter, listed, row_of, run_of, tabs
from meetings.meeting_page import meeting_page
from meetings.models import Meeting
from meetings.panels import panels_of
from meetings.views.doors import opened_meeting


@never_cache
@require_safe
def meetings(request: Request) -> HttpResponse:
    """The interviews one may see, list by list."""
    now = timezone.now()
    asked = Filter.read(request.GET)
    rows = Meeting.objects.visible_to(request.user)
    found = listed(rows, asked, reader=request.user, at=now).for_list()
    page = Paginator(found, ROWS).get_page(request.GET.get("side"))
    courses = sorted({meeting.course_id for meeting in page.object_list})
    looked(Look.Kind.LIST, by=request.user, courses=courses)
    context = {
        "asked": asked,
        "page": page,
        "rows": [row_of(meeting, at=now) for meeting in page.object_list],
        "run_url": run_of(page.object_list, asked, reader=request.user, at=now),
        "all_url": asked.url(mine=""),
        "mine_url": asked.url(mine="ja"),
        "tabs": tabs(rows, asked, reader=request.user, at=now),
    }
    return render(request, "meetings/list.html", context)


@never_cache
@require_safe
def detail(request: Request, pk: int) -> HttpResponse:
    """One interview, and what may be done with it."""
    now, today = timezone.now(), timezone.localdate()
    meeting = opened_meeting(request, pk)
    panels = panels_of(meeting, reader=request.user, on=today)
    page = meeting_page(meeting, reader=request.user, on=today, at=now)
    post = post_of(meeting, reader=request.user, on=today, at=now)
    context = {"page": page, "meeting": meeting, "panels": panels, "post": post}
    return render(request, "meetings/detail.html", context)
