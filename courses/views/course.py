"""The course page, the CPR number shown for a reason, and who takes the course."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import Request
from courses import access
from courses.actions import assignment
from courses.course_history import journal_of
from courses.course_page import course_page, handover_of
from courses.course_rows import CourseRows, read_course
from courses.forms import CaseworkerForm, ConsultantForm, RevealForm
from courses.models import Course
from courses.timeline_strip import strip_of
from courses.views.doors import opened_course, read_or_404
from journal.looks import looked
from journal.models import Look


@never_cache
@require_safe
def course(request: Request, case: int) -> HttpResponse:
    """One course, as far as the reader may read it."""
    courses = Course.objects.visible_to(request.user, on=timezone.localdate())
    read = read_course(courses, case, user=request.user)
    if read is None:
        return _forecast(request, case)
    looked(Look.Kind.COURSE, by=request.user, case=case)
    return _page(request, read, reveal=RevealForm())


@never_cache
@require_http_methods(["GET", "POST"])
def show_cpr(request: Request, case: int) -> HttpResponse:
    """The course page with the CPR number on it, this once, for a reason that is logged."""
    read = read_or_404(request, case)
    if request.method == "GET":
        return redirect(read.course)
    form = RevealForm(request.POST)
    if not form.is_valid():
        return _page(request, read, reveal=form)
    looked(Look.Kind.CPR, by=request.user, case=case, reason=form.cleaned_data["reason"])
    return _page(request, read, reveal=form, cpr=read.course.citizen.cpr)


@never_cache
@require_http_methods(["GET", "POST"])
def assign(request: Request, case: int) -> HttpResponse:
    """Give the course to someone of the reader's own side."""
    found, on = opened_course(request, case), timezone.localdate()
    form: CaseworkerForm | ConsultantForm
    act: Callable[..., Course]
    if access.may_assign(request.user, found, on=on):
        form, act = CaseworkerForm(request.POST or None, course=found, on=on), assignment.assign
        said = _("The course has a new caseworker.")
    elif access.may_assign_consultant(request.user, found, on=on):
        form = ConsultantForm(request.POST or None, course=found, on=on)
        act, said = assignment.assign_consultant, _("The course has a new job consultant.")
    else:
        raise Http404
    if form.is_valid():
        act(found, **form.cleaned_data, by=request.user, on=on)
        messages.success(request, said)
        return redirect(found)
    return render(request, "courses/assign.html", {"course": found, "form": form})


def _page(request: Request, read: CourseRows, **shown: Any) -> HttpResponse:  # noqa: ANN401
    """The page of a course with what this request adds to it."""
    at, course = timezone.now(), read.course
    viewer = access.viewer_of(request.user, course, on=timezone.localdate(at))
    page = course_page(read, viewer=viewer, at=at)
    context = {"page": page, "strip": strip_of(page), "course": course, "cpr": ""}
    context["journal"] = journal_of(course, viewer=viewer)
    return render(request, "courses/course.html", context | shown)


def _forecast(request: Request, case: int) -> HttpResponse:
    """The header and the hand-over alone, for a jobcentre before its day."""
    on = timezone.localdate()
    found = Course.objects.forecast_to(request.user, on=on).for_page().filter(pk=case).first()
    if found is None:
        raise Http404
    looked(Look.Kind.FORECAST, by=request.user, case=case)
    viewer = access.Viewer(request.user, None, on)
    handover = handover_of(found, viewer=viewer)
    return render(
        request, "courses/forecast.html", {"course": found, "handover": handover, "on": on}
    )
