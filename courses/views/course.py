"""The course page, and the CPR number shown for a reason."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import Request
from courses import access
from courses.course_history import journal_of
from courses.course_page import course_page, handover_of
from courses.course_rows import CourseRows, read_course
from courses.forms import RevealForm
from courses.models import Course
from courses.timeline_strip import strip_of
from courses.views.doors import read_or_404
from journal.looks import looked
from journal.models import Look


@never_cache
@require_safe
def course(request: Request, case: int) -> HttpResponse:
    """One course, as far as the reader may read it."""
    read = read_course(case, user=request.user, on=timezone.localdate())
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
