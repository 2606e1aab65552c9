"""Acts on a course beside its duties: leaving for the jobcentre, sickness, recruitment calls."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import Request
from courses.access import acting_side
from courses.models import Course, Party
from courses.party_words import word_form
from courses.rehearsal import carried_out, rehearsed
from handovers import access, actions
from handovers.act_pages import Words, calling, leaving, talking, undoing
from handovers.forms import CallForm, CancelForm, LeaveForm, NothingForm, TalkForm
from handovers.sick_bookings import bookings_of, on_sick_days
from handovers.sickness_page import sickness_page
from handovers.views.doors import own_course

CONFIRM, EDIT = "confirm", "edit"


@never_cache
@require_http_methods(["GET", "POST"])
def leave(request: Request, case: int) -> HttpResponse:
    """A member goes to the jobcentre before the time."""
    now, on = timezone.now(), timezone.localdate()
    course = own_course(request, case, access.may_let_go, on=on)
    standing = course.departures.filter(undone_at=None, choice__superseded_at=None).last()
    if standing and not request.POST:
        shown = {"course": course, "departure": standing}
        return render(request, "handovers/departure.html", shown)
    form = LeaveForm(request.POST or None, initial={"chosen_on": on})
    word_form(form, Party.A_KASSE)

    def act() -> object:
        said = actions.Leaving(**form.cleaned_data)
        return actions.leave(course, said, by=request.user, at=now)

    return _asked(request, course, form, leaving(course), act)


@never_cache
@require_http_methods(["GET", "POST"])
def undo_leaving(request: Request, case: int, pk: int) -> HttpResponse:
    """Take the leaving back; what the a-kasse had booked stays cancelled."""
    now, on = timezone.now(), timezone.localdate()
    course = own_course(request, case, access.may_let_go, on=on)
    departure = get_object_or_404(course.departures.all(), pk=pk)
    form = NothingForm(request.POST or None)
    words = undoing(departure)
    departure.course = course
    return _asked(
        request,
        course,
        form,
        words,
        lambda: actions.undo_leaving(departure, by=request.user, at=now),
    )


@never_cache
@require_safe
def sickness(request: Request, case: int) -> HttpResponse:
    """The sicknesses of a citizen: health data, and each look is logged as that."""
    on = timezone.localdate()
    course = own_course(request, case, access.may_follow_sickness, on=on, health=True)
    side = acting_side(request.user, course, on=on)
    may_talk = access.may_talk_of_sickness(request.user, course, on=on)
    page = sickness_page(course, side, on=on, may_talk=may_talk)
    booked = bookings_of(
        on_sick_days(course, at=timezone.now()).for_list().order_by("starts_at"), side, on=on
    )
    return render(
        request, "handovers/sickness.html", {"page": page, "course": course, "booked": booked}
    )


@never_cache
@require_http_methods(["GET", "POST"])
def cancel_for_sickness(request: Request, case: int) -> HttpResponse:
    """Cancel the interviews that are booked on sick days: which, and what follows, before it."""
    now, on = timezone.now(), timezone.localdate()
    course = own_course(request, case, access.may_cancel_for_sickness, on=on, health=True)
    side = acting_side(request.user, course, on=on)
    form = CancelForm(request.POST or None, found=on_sick_days(course, at=now), side=side, on=on)
    if form.is_valid() and carried_out(
        form,
        lambda: actions.cancel_for_sickness(course, form.chosen, by=request.user, at=now),
    ):
        messages.success(request, _("The interviews are cancelled, and their times are free."))
        return redirect(course)
    if not form.bookings:
        return redirect("handovers:sickness", course.case_number)
    return render(request, "handovers/cancel_for_sickness.html", {"course": course, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def record_talk(request: Request, case: int) -> HttpResponse:
    """Record the talk with a sick member."""
    now, on = timezone.now(), timezone.localdate()
    course = own_course(request, case, access.may_talk_of_sickness, on=on, health=True)
    form = TalkForm(request.POST or None, initial={"held_on": on})
    word_form(form, Party.A_KASSE)
    return _asked(
        request,
        course,
        form,
        talking(course),
        lambda: actions.record_talk(course, **form.cleaned_data, by=request.user, at=now),
    )


@never_cache
@require_POST
def inform_municipality(request: Request, case: int, pk: int) -> HttpResponse:
    """Tell the municipality of a talk."""
    on = timezone.localdate()
    course = own_course(request, case, access.may_talk_of_sickness, on=on, health=True)
    talk = get_object_or_404(course.sickness_talks.all(), pk=pk)
    actions.inform_municipality(talk, by=request.user, at=timezone.now())
    messages.success(request, _("The municipality is told."))
    return redirect("handovers:sickness", course.case_number)


@never_cache
@require_http_methods(["GET", "POST"])
def record_call(request: Request, case: int) -> HttpResponse:
    """Record a recruitment call."""
    now, on = timezone.now(), timezone.localdate()
    course = own_course(request, case, access.may_record_call, on=on)
    form = CallForm(request.POST or None, initial={"called_on": on})
    return _asked(
        request,
        course,
        form,
        calling(course),
        lambda: actions.record_call(course, **form.cleaned_data, by=request.user, at=now),
    )


def _asked(
    request: Request, course: Course, form: forms.Form, words: Words, act: Callable[[], Any]
) -> HttpResponse:
    """The form until it can be read, then what would move, then the act."""
    step = request.POST.get("step", "")
    shown = {"course": course, "form": form, "words": words}
    if form.is_valid() and step == CONFIRM:
        messages.success(request, words.said_of(act()))
        return redirect(words.back)
    if form.is_valid() and step != EDIT and (rehearsal := rehearsed(form, course, act)):
        return render(request, "handovers/preview.html", shown | {"rehearsal": rehearsal})
    return render(request, "handovers/act.html", shown)
