"""Interviews that were not held in time: the list of them, and saying why."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import Request
from courses import access
from courses.actions import flags
from courses.flag_list import LateList
from courses.forms import AcknowledgeForm
from courses.models import Flag
from courses.views.doors import opened_course
from journal.looks import looked
from journal.models import Look
from partnerships.access import reach_of


@never_cache
@require_safe
def overdue(request: Request) -> HttpResponse:
    """Open flags on interviews that were not held in time, the oldest first."""
    on = timezone.localdate()
    if not reach_of(request.user, on=on).reads_citizens:
        raise Http404
    late = LateList.read(request.user, on=on, after=request.GET.get("after", ""))
    looked(Look.Kind.LIST, by=request.user, courses=[row.flag.course_id for row in late.rows])
    return render(request, "courses/overdue.html", {"late": late, "on": on})


@never_cache
@require_http_methods(["GET", "POST"])
def acknowledge(request: Request, case: int, pk: int) -> HttpResponse:
    """Say why an interview was late and whose it was; it still counts as late."""
    found, on = opened_course(request, case), timezone.localdate()
    flag = get_object_or_404(
        Flag.objects.visible_to(request.user).filter(course=found).select_related("duty"), pk=pk
    )
    if not access.may_acknowledge(request.user, found, on=on):
        raise Http404
    form = AcknowledgeForm(request.POST or None, initial={"acknowledged_on": on})
    if form.is_valid():
        flags.acknowledge(flag, **form.cleaned_data, by=request.user)
        messages.success(
            request, _("The flag is acknowledged. The interview still counts as late.")
        )
        return redirect(found)
    return render(
        request, "courses/acknowledge.html", {"course": found, "flag": flag, "form": form, "on": on}
    )
