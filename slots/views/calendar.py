"""The calendar of a jobcentre's times, for both parties."""

from dataclasses import replace
from datetime import date, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import Request
from courses.models import Course
from journal.looks import looked, looked_at_case_and_list
from journal.models import Look
from meetings.models import Meeting
from meetings.views.doors import opened_meeting
from partnerships.models import Organisation
from shared.refusals import Refused
from slots.actions.booking import hold
from slots.calendar_address import Asked, View
from slots.calendar_case import CaseBox, MeetingBox, case_box, may_move, moving_box
from slots.calendar_page import CalendarPage
from slots.calendar_rows import Place
from slots.calendar_seen import Seen, opens_calendar, places_of
from slots.models import Hold

PAGE = "calendar"  # as the log of looks says it


@never_cache
@require_safe
def calendar(request: Request) -> HttpResponse:
    """The times of a week or a day; beside them a case to book for, or an interview to move."""
    now = timezone.now()
    on = timezone.localdate(now)
    if not opens_calendar(request.user):
        raise Http404(_("There is no such page for you."))
    asked, places = Asked.read(request.GET, on=on), places_of(request.user, at=now)
    picked = opened_meeting(request, asked.meeting) if asked.meeting else None
    if picked and not may_move(request.user, picked, at=now, on=on):
        return redirect(picked)
    case = _case(request, asked, picked, at=now, on=on)
    if case and not case.is_moving and (booked := case.booked):
        looked(Look.Kind.COURSE, by=request.user, case=case.page.course.pk, page=PAGE)
        return redirect(asked.url(sag="", krav="", tid="", uge="", **_shown(booked)))
    course = case.page.course if case else picked.course if picked else None
    house = _house(asked, places, course)
    if house is None:
        return render(request, "slots/calendar_none.html")
    page = _page(request, Place(house, request.user, now, on), asked, places, case)
    if picked and not case:
        asked = page.asked
        page.meeting = MeetingBox(picked, on, asked.url(flyt="ja"), asked.url(samtale=""))
    return render(request, "slots/calendar.html", {"page": page, "course": course})


def _shown(booked: Meeting) -> dict[str, str]:
    """What an address says of an interview that is booked, on its day."""
    return {"samtale": str(booked.pk), "dag": timezone.localdate(booked.starts_at).isoformat()}


def _page(
    request: Request,
    place: Place,
    asked: Asked,
    places: list[Organisation],
    case: CaseBox | None,
) -> CalendarPage:
    """The days that are asked for, or those of the first time that suits; the look is logged."""
    if case and not asked.is_dated:
        asked = replace(asked, day=case.day_to_show())
    asked = replace(asked, place=place.house.slug if len(places) > 1 else "")
    first, last = asked.span
    seen = Seen.read(
        place,
        first=first,
        last=last,
        course=case.page.course if case else None,
        with_people=asked.view == View.DAY,
    )
    if case:
        case.page.absences = seen.absences
    if case and not case.is_moving:
        one = case.page.course.pk
        looked_at_case_and_list(by=request.user, case=one, page=PAGE, courses=seen.courses)
    else:
        looked(Look.Kind.LIST, by=request.user, courses=seen.courses)
    return CalendarPage(asked, places, seen, case and replace(case, asked=asked))


def _case(
    request: Request, asked: Asked, picked: Meeting | None, *, at: datetime, on: date
) -> CaseBox | None:
    """The case that the address names, or the interview that it moves; a picked time is held."""
    if picked and asked.moves:
        return moving_box(asked, picked, user=request.user, at=at, on=on)
    if picked or not asked.case:
        return None
    rows = Course.objects.visible_to(request.user).for_page()
    course = get_object_or_404(rows, pk=asked.case)  # the look is logged with that at the week
    case = case_box(asked, course, user=request.user, at=at, on=on)
    if _picks(request) and case.may_act and case.page.chosen and not case.page.chosen.in_the_way:
        case.page.held = _held(case, request, at=at)
    return case


def _picks(request: Request) -> bool:
    """Whether a time is being picked on the page: an address that is opened keeps nothing."""
    said = request.headers
    is_picked = "HX-Request" in said and "HX-History-Restore-Request" not in said
    return is_picked and bool(request.GET.get("tid"))


def _held(case: CaseBox, request: Request, *, at: datetime) -> Hold | None:
    chosen = case.page.chosen
    if chosen is None:
        return None
    try:
        return hold(chosen.slot, case.page.course, by=request.user, at=at)
    except Refused:
        return None


def _house(asked: Asked, places: list[Organisation], course: Course | None) -> Organisation | None:
    """The citizen's jobcentre; else the one that the address names, else the first."""
    if course:
        return course.jobcentre.successor or course.jobcentre
    named = (one for one in places if one.slug == asked.place)
    return next(named, places[0] if places else None)
