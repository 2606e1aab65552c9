"""Interviews that were not held in time: the list of them, and saying why."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import Request
from courses import access
from courses.actions import flags
from courses.flag_list import ROWS, LateFilter, LateList
from courses.forms import AcknowledgeForm
from courses.late_causes import MINE, SIDE, causes_of, scope_url
from courses.late_table import cells_of, late_rows
from courses.models import Flag
from courses.party_words import said_to
from courses.rehearsal import carried_out
from courses.views.doors import opened_course
from courses.wording import duty_name
from journal.looks import looked
from journal.models import Look
from partnerships.access import reach_of
from shared.spreadsheets import BYTE_ORDER_MARK, as_csv


@never_cache
@require_safe
def overdue(request: Request) -> HttpResponse:
    """Interviews that were not held in time, the oldest first; open, or with their cause."""
    on = _on_for_readers(request)
    asked = LateFilter.read(request.GET)
    late = LateList.read(request.user, asked, on=on, after=request.GET.get("after", ""))
    looked(Look.Kind.LIST, by=request.user, courses=[row.flag.course_id for row in late.rows])
    side = access.own_side(request.user, on=on)
    choices = [(value, said_to(side, str(said))) for value, said in Flag.Cause.choices]
    shown = {"late": late, "asked": asked, "on": on, "causes": choices}
    return render(request, "courses/overdue.html", shown)


@never_cache
@require_safe
def overdue_file(request: Request) -> HttpResponse:
    """The same list as a file; that it was taken out is a logged look."""
    on = _on_for_readers(request)
    rows = late_rows(request.user, LateFilter.read(request.GET), on=on)
    courses = sorted({flag.course_id for flag in rows})
    looked(Look.Kind.EXPORT, by=request.user, page="overdue", courses=courses)
    return HttpResponse(
        BYTE_ORDER_MARK + as_csv(cells_of(rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="overdue-{on.isoformat()}.csv"'},
    )


@never_cache
@require_safe
def causes(request: Request) -> HttpResponse:
    """Why interviews were late in a period, in numbers."""
    on = _on_for_readers(request)
    shown = {
        "causes": causes_of(request.user, request.GET, on=on),
        "mine_url": scope_url(MINE, request.GET),
        "side_url": scope_url(SIDE, request.GET),
    }
    return render(request, "courses/causes.html", shown)


@never_cache
@require_POST
def acknowledge_several(request: Request) -> HttpResponse:
    """Say one cause of several late interviews: first which and why, then each one's result."""
    on = _on_for_readers(request)
    keys = [int(one) for one in request.POST.getlist("flag")[:ROWS] if one.isdecimal()]
    rows = Flag.objects.visible_to(request.user, on=on).overdue().filter(pk__in=keys)
    chosen = list(rows.select_related("duty", "course__citizen").order_by("became_on", "pk"))
    looked(Look.Kind.LIST, by=request.user, courses=[flag.course_id for flag in chosen])
    if not chosen:
        messages.warning(request, _("Tick at least one interview first."))
        return redirect("courses:overdue")
    asked = "cause" in request.POST
    side = access.own_side(request.user, on=on)
    form = AcknowledgeForm(request.POST if asked else None, side=side, on=on)
    shown = {"form": form, "chosen": [(flag, duty_name(flag.duty)) for flag in chosen]}
    if form.is_valid():
        results = flags.acknowledge_each(chosen, **form.cleaned_data, by=request.user)
        shown = {"results": [(one, duty_name(one.flag.duty)) for one in results]}
    return render(request, "courses/acknowledge_several.html", shown)


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
    side = access.acting_side(request.user, found, on=on)
    form = AcknowledgeForm(request.POST or None, side=side, on=on)
    if form.is_valid() and carried_out(
        form, lambda: flags.acknowledge(flag, **form.cleaned_data, by=request.user)
    ):
        messages.success(
            request, _("The flag is acknowledged. The interview still counts as late.")
        )
        return redirect(found)
    shown = {"course": found, "flag": flag, "form": form, "on": on, "name": duty_name(flag.duty)}
    return render(request, "courses/acknowledge.html", shown)


def _on_for_readers(request: Request) -> date:
    """The day, for those who read citizens; for everyone else there is no such page."""
    on = timezone.localdate()
    if not reach_of(request.user, on=on).reads_citizens:
        raise Http404
    return on
