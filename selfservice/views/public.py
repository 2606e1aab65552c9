"""The citizen's page of one interview, and what may be said from it."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from meetings import calendar
from meetings.models import CitizenLink, Meeting
from selfservice import actions
from selfservice.citizen_page import citizen_page, place_of
from selfservice.forms import WishForm
from selfservice.models import Statement
from selfservice.offered import chosen, may_choose, proposals, times
from selfservice.views.doors import LANGUAGE, by_link
from shared.refusals import Refused
from slots.models import Slot

Kind = Statement.Kind
KEY_DIGITS = 18  # of a key in the database, at most


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, link: CitizenLink, token: str) -> HttpResponse:
    """When, where and how; what was said, with a way back; what may be said."""
    now, undone = timezone.now(), request.POST.get("undo", "")
    if request.method == "POST":
        if undone.isascii() and undone.isdigit() and len(undone) <= KEY_DIGITS:
            actions.take_back(link, int(undone), at=now)
        return _back(request, token)
    actions.opened(link, at=now)
    shown = {"page": citizen_page(link, token, at=now)}
    return render(request, "selfservice/page.html", shown)


@by_link
@require_safe
def calendar_file(request: HttpRequest, link: CitizenLink, token: str) -> HttpResponse:
    """The interview for the citizen's own calendar."""
    meeting = link.meeting
    if meeting.state == Meeting.State.CANCELLED:
        return _back(request, token)
    return HttpResponse(
        calendar.for_citizen(meeting, place=place_of(meeting)),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="samtale.ics"'},
    )


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def sick(request: HttpRequest, link: CitizenLink, token: str) -> HttpResponse:
    """Report to be ill."""
    return _said(request, link, token, Kind.SICK, "selfservice/sick.html")


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def participation(request: HttpRequest, link: CitizenLink, token: str) -> HttpResponse:
    """Have the other party there, or not."""
    kind = Kind.WITHOUT if link.meeting.with_other_party else Kind.TOGETHER
    return _said(request, link, token, kind, "selfservice/participation.html")


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def other_time(request: HttpRequest, link: CitizenLink, token: str) -> HttpResponse:
    """Ask for another time: one of the free ones where the rules let the citizen choose."""
    now, has_gone = timezone.now(), False
    form = WishForm(request.POST if "wish" in request.POST else None, at=now)
    if form.is_bound and form.is_valid():
        return _kept(request, link, token, Kind.OTHER_TIME, wanted_at=form.wanted_at)
    if "tid" in request.POST:
        slot = chosen(request.POST["tid"], proposals(link.meeting, at=now))
        if slot:
            return _kept(request, link, token, Kind.OTHER_TIME, slot=slot)
        has_gone = True
    shown = {
        "page": citizen_page(link, token, at=now),
        "form": form,
        "may_choose": may_choose(link.meeting),
        "times": times(link.meeting, at=now),
        "has_gone": has_gone,
        "is_unchosen": request.method == "POST" and not (form.is_bound or has_gone),
    }
    return render(request, "selfservice/other_time.html", shown)


def _said(
    request: HttpRequest, link: CitizenLink, token: str, kind: Statement.Kind, template: str
) -> HttpResponse:
    """Ask whether it is meant; once it is sent, keep it."""
    if request.method == "POST":
        return _kept(request, link, token, kind)
    return render(request, template, {"page": citizen_page(link, token, at=timezone.now())})


def _kept(  # noqa: PLR0913 (what is stated)
    request: HttpRequest,
    link: CitizenLink,
    token: str,
    kind: Statement.Kind,
    *,
    slot: Slot | None = None,
    wanted_at: datetime | None = None,
) -> HttpResponse:
    """Keep what is stated, and go back to the page, which says so; or say why it cannot be."""
    now = timezone.now()
    when = slot.starts_at if slot else wanted_at
    try:
        actions.state(link, kind, at=now, slot=slot, wanted_at=when)
    except Refused as error:
        shown = {"page": citizen_page(link, token, at=now), "refusal": str(error)}
        return render(request, "selfservice/page.html", shown, status=409)
    return _back(request, token)


def _back(request: HttpRequest, token: str) -> HttpResponse:
    """To the page, in the language that was asked for."""
    asked = request.GET.get(LANGUAGE, "")
    query = f"?{LANGUAGE}={asked}" if asked in ("da", "en") else ""
    return redirect(reverse("selfservice:page", args=[token]) + query + "#said")
