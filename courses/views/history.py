"""All that happened in a course, why its dates are what they are, and who looked at it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import Request
from courses.access import may_see_looks, viewer_of
from courses.course_page import course_page
from courses.derivation import derivation_of
from courses.history_page import history_page, looks_as_csv
from courses.views.doors import opened_course, read_or_404
from journal.looks import looked
from journal.models import Look


@never_cache
@require_safe
def history(request: Request, case: int) -> HttpResponse:
    """Acts, moved dates and looks, the newest first."""
    found = opened_course(request, case)
    viewer = viewer_of(request.user, found, on=timezone.localdate())
    page = history_page(found, viewer=viewer, before=request.GET.get("before", ""))
    template = "courses/history.html#older" if request.htmx else "courses/history.html"
    return render(request, template, {"course": found, "page": page})


@never_cache
@require_safe
def why(request: Request, case: int) -> HttpResponse:
    """Every rule of the course with the citizen's own numbers."""
    read, at = read_or_404(request, case), timezone.now()
    viewer = viewer_of(request.user, read.course, on=timezone.localdate(at))
    page = course_page(read, viewer=viewer, at=at)
    shown = {"course": read.course, "page": page, "derivation": derivation_of(page)}
    return render(request, "courses/why.html", shown)


@never_cache
@require_safe
def looks(request: Request, case: int) -> HttpResponse:
    """Who looked at the course, without names, as a file for a spreadsheet."""
    found, on = opened_course(request, case), timezone.localdate()
    if not may_see_looks(viewer_of(request.user, found, on=on), on=on):
        raise Http404
    looked(Look.Kind.EXPORT, by=request.user, case=case)
    return HttpResponse(
        "\ufeff" + looks_as_csv(found, on=on),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{found.case_number}-kig.csv"'},
    )
