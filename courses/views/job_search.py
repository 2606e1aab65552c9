"""The page where either party says where the search for work stands."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import Request
from courses import access
from courses.actions import job_search
from courses.job_search import newest
from courses.job_search_form import JobSearchForm
from courses.models import Course
from courses.views.doors import opened_course
from shared.refusals import Refused


@never_cache
@require_http_methods(["GET", "POST"])
def record_job_search(request: Request, case: int) -> HttpResponse:
    """Say how CV, Min Plan, job log, requirements and applications stand."""
    found, on = opened_course(request, case), timezone.localdate()
    if not access.may_record_job_search(request.user, found, on=on):
        raise Http404
    back = _way_back(request, found)
    form = JobSearchForm(request.POST or None, course=found, known=newest(found), on=on)
    if form.is_valid():
        try:
            for said in form.changed:
                job_search.record(course=found, **said, by=request.user)
        except Refused as error:
            form.add_error("as_of", str(error))
        else:
            messages.success(request, _("The search for work is recorded."))
            return redirect(back)
    return render(request, "courses/job_search.html", {"course": found, "form": form, "back": back})


def _way_back(request: Request, found: Course) -> str:
    asked = request.GET.get("naeste", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, {request.get_host()}):
        return asked
    return found.get_absolute_url()
