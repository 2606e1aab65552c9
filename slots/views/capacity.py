"""Capacity: needed against offered, those who find no time, and asking for more."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import Request
from journal.looks import looked
from journal.models import Look
from meetings.views.doors import only_if
from partnerships.access import reach_of
from shared.spreadsheets import BYTE_ORDER_MARK, as_csv
from slots.access import page_of_own_times
from slots.actions.capacity import Missing, ask_for_times
from slots.capacity_chart import drawn
from slots.capacity_page import CapacityPage, capacity_page, cells_of, may_see_capacity
from slots.capacity_without import missing_rows, needs_without, without_page


@never_cache
@require_safe
def capacity(request: Request) -> HttpResponse:
    """Needed against offered by week, and the first week that runs short."""
    page = _page(request)
    chart = drawn(page.scope, f"{page.scope.name}. {page.headline}")
    shown = {"page": page, "chart": chart, "came_from": page_of_own_times(request.user)}
    return render(request, "slots/capacity.html", shown)


@never_cache
@require_safe
def capacity_file(request: Request) -> HttpResponse:
    """The same numbers of all pairs as a file."""
    page = _page(request)
    name = f"capacity-{page.span.on.isoformat()}.csv"
    return HttpResponse(
        BYTE_ORDER_MARK + as_csv(cells_of(page)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@never_cache
@require_safe
def without(request: Request) -> HttpResponse:
    """Those who find no time before the last day, with why and what next."""
    only_if(allowed=reach_of(request.user).reads_citizens)
    asked = request.GET.get("side", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 5 else 1  # noqa: PLR2004
    page = without_page(request.user, page=number, at=timezone.now())
    looked(Look.Kind.LIST, by=request.user, courses=page.courses)
    return render(request, "slots/capacity_without.html", {"page": page})


@never_cache
@require_POST
def ask(request: Request) -> HttpResponse:
    """Ask the coordinators of a jobcentre for more times in a week."""
    only_if(allowed=reach_of(request.user).reads_citizens)
    now = timezone.now()
    asked = (request.POST.get("uge", ""), request.POST.get("par", ""))
    rows = missing_rows(needs_without(request.user, at=now))
    found = next((one for one in rows if (one.week, one.pair) == asked), None)
    if found is None:
        messages.info(request, _("No times are missing in that week any more."))
        return redirect("slots:without")
    missing = Missing(found.jobcentre, found.a_kasse, found.week, found.count)
    ask_for_times(missing, by=request.user, at=now)
    told = _("The booking coordinators are told: %(what)s.") % {"what": missing.said}
    messages.success(request, told)
    return redirect("slots:without")


def _page(request: Request) -> CapacityPage:
    only_if(allowed=may_see_capacity(request.user))
    return capacity_page(
        request.user,
        key=request.GET.get("par", ""),
        area=request.GET.get("omraade", ""),
        at=timezone.now(),
    )
