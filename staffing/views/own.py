"""A worker's own week, leave and calendars; the first two also for the staff that one plans."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import Request
from staffing.actions import calendars as acts
from staffing.actions.hours import set_hours
from staffing.actions.leave import take_back_leave, take_leave
from staffing.forms import CalendarForm, LeaveForm, WeekForm
from staffing.models import BusySource, Leave
from staffing.pages import Desk, calendar_rows, hosts, hours_page, leave_rows
from staffing.views.doors import opened_leave, own_calendar, own_desk, staff_desk
from staffing.week_days import standing_hours


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: Request, pk: int | None = None) -> HttpResponse:
    """The working week as a table to write in; those before it stay to be read."""
    desk = own_desk(request) if pk is None else staff_desk(request, pk)
    week = standing_hours(desk.worker, desk.house, on=desk.on)
    form = WeekForm(request.POST or None, week=week, on=desk.on)
    if form.carried_out(lambda: _set(form, desk)) is not None:
        messages.success(request, _("The working hours are saved."))
        return redirect(desk.hours_url)
    return render(request, "staffing/hours.html", {"form": form, "page": hours_page(desk)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: Request, pk: int | None = None) -> HttpResponse:
    """Leave that lies ahead with what is booked in it, and a form for more."""
    desk, now = own_desk(request) if pk is None else staff_desk(request, pk), timezone.now()
    form = LeaveForm(request.POST or None)
    if form.carried_out(lambda: _take(form, desk)) is not None:
        messages.success(request, _("The leave is saved. It cancels no interview by itself."))
        return redirect(desk.leave_url)
    context = {"form": form, "desk": desk, "rows": leave_rows(desk, at=now)}
    return render(request, "staffing/leave.html", context)


@require_POST
def give_up_leave(request: Request, pk: int) -> HttpResponse:
    """Take leave back; what of it is past stays."""
    found = opened_leave(request, pk)
    desk = Desk(found.user, found.organisation, request.user, timezone.localdate())
    take_back_leave(found, by=request.user, at=timezone.now())
    messages.success(request, _("The leave is taken back."))
    return redirect(desk.leave_url)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendars(request: Request) -> HttpResponse:
    """Calendars of one's own of which the busy times are read."""
    desk = own_desk(request)
    form = CalendarForm(request.POST or None, request.FILES or None, hosts=hosts())
    if form.carried_out(lambda: _read(form, request)) is not None:
        messages.success(request, _("The calendar is saved. Only its times are kept."))
        return redirect("staffing:calendars")
    context = {"form": form, "desk": desk, "rows": calendar_rows(request.user)}
    return render(request, "staffing/calendars.html", context)


@require_POST
def forget_calendar(request: Request, pk: int) -> HttpResponse:
    """Read a calendar no longer."""
    acts.forget(own_calendar(request, pk), by=request.user)
    messages.success(request, _("The calendar is removed, and its times are forgotten."))
    return redirect("staffing:calendars")


def _set(form: WeekForm, desk: Desk) -> object:
    return set_hours(
        desk.worker,
        desk.house,
        form.week,
        starts_on=form.cleaned_data["starts_on"],
        by=desk.reader,
        at=timezone.now(),
    )


def _take(form: LeaveForm, desk: Desk) -> Leave:
    return take_leave(desk.worker, desk.house, **form.arguments, by=desk.reader, at=timezone.now())


def _read(form: CalendarForm, request: Request) -> BusySource:
    said, by = form.cleaned_data, request.user
    if said["file"]:
        return acts.read_file(name=said["name"], content=said["file"], by=by, at=timezone.now())
    return acts.subscribe(name=said["name"], address=said["address"], by=by)
