"""The week of an organisation's people, and the day list of a place for the printer."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import Request
from journal.looks import looked
from journal.models import Look
from slots.calendar_address import Asked, View
from slots.calendar_print import DayList
from slots.calendar_rows import Place
from slots.calendar_seen import Seen, places_of
from slots.calendar_staff import StaffWeek, only
from slots.calendar_staff_page import StaffPage
from slots.calendar_times import Times
from staffing.access import coordinated, staff_of, workplaces


@never_cache
@require_safe
def staff(request: Request) -> HttpResponse:
    """The week of one's colleagues, or of one of them."""
    on = timezone.localdate()
    asked = Asked.read(request.GET, on=on)
    own = [*workplaces(request.user, on=on), *coordinated(request.user, on=on)]
    houses = {one.slug: one for one in own}
    if not houses:
        raise Http404(_("There is no such page for you."))
    house = houses.get(asked.place) or own[0]
    everybody = staff_of(house, on=asked.monday)
    shown = only(everybody, request.GET.get("hvem", ""))
    week = StaffWeek(house, request.user, asked.monday, shown)
    looked(Look.Kind.LIST, by=request.user, courses=week.courses)
    page = StaffPage(asked, list(houses.values()), everybody, week)
    return render(request, "slots/calendar_staff.html", {"page": page})


@never_cache
@require_safe
def day_list(request: Request) -> HttpResponse:
    """A day of a place, room by room, to be printed."""
    now = timezone.now()
    on = timezone.localdate(now)
    asked = replace(Asked.read(request.GET, on=on), view=View.DAY)
    places = places_of(request.user, at=now)
    if not places:
        raise Http404(_("There is no such page for you."))
    house = next((one for one in places if one.slug == asked.place), places[0])
    place = Place(house, request.user, now, on)
    seen = Seen.read(place, first=asked.day, last=asked.day, with_people=True)
    looked(Look.Kind.LIST, by=request.user, courses=seen.courses)
    listed = DayList(asked, seen, Times(seen).all())
    return render(request, "slots/calendar_print.html", {"page": listed, "house": house})
