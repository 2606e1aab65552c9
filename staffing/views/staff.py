"""The staff of an organisation for who plans it: the week, competences, and closing days."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import Request
from shared.dates import monday_to_plan
from shared.form_fields import day_asked
from staffing.access import coordinated
from staffing.actions.closing import close_on, open_again
from staffing.actions.competences import end_competence, give_competence
from staffing.closing_list import closed_rows
from staffing.forms import ClosingForm, CompetenceForm
from staffing.models import ClosingDay, Competence
from staffing.pages import Desk, competences_of, kind_of
from staffing.staff_table import staff_week
from staffing.views.doors import (
    coordinated_house,
    opened_closing_day,
    opened_competence,
    staff_desk,
)

WEEK = timedelta(7)


@never_cache
@require_safe
def staff(request: Request) -> HttpResponse:
    """Who works when in a week, who is away, and who may do what."""
    house, today = coordinated_house(request), timezone.localdate()
    day = day_asked(request.GET.get("dag", ""), on=today)
    monday = monday_to_plan(day)
    context = {
        "week": staff_week(house, monday, words=(_("closed"), _("public holiday"))),
        "houses": coordinated(request.user, on=today),
        "day": day,
        "before": monday - WEEK,
        "after": monday + WEEK,
    }
    return render(request, "staffing/staff.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def competences(request: Request, pk: int) -> HttpResponse:
    """What a worker may decide, grant and speak, and a form for more."""
    desk = staff_desk(request, pk)
    form = CompetenceForm(request.POST or None, initial={"starts_on": desk.on})
    if form.carried_out(lambda: _give(form, desk)) is not None:
        messages.success(request, _("The competence is saved."))
        return redirect(f"{reverse('staffing:competences', args=[pk])}?sted={desk.house.slug}")
    rows = [(row, kind_of(row)) for row in competences_of(desk)]
    return render(request, "staffing/competences.html", {"form": form, "desk": desk, "rows": rows})


@require_POST
def stop_competence(request: Request, pk: int) -> HttpResponse:
    """End a competence with today."""
    found = opened_competence(request, pk)
    end_competence(found, by=request.user, at=timezone.now())
    messages.success(request, _("The competence ends today."))
    url = reverse("staffing:competences", args=[found.user_id])
    return redirect(f"{url}?sted={found.organisation.slug}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def closing_days(request: Request) -> HttpResponse:
    """When the office is closed, what is booked then, and a form for more days."""
    house, today = coordinated_house(request), timezone.localdate()
    form = ClosingForm(request.POST or None)
    if form.carried_out(lambda: _close(form, request)) is not None:
        messages.success(request, _("The closing days are saved. They cancel no interview."))
        return redirect(f"{reverse('staffing:closing_days')}?sted={house.slug}")
    context = {
        "form": form,
        "house": house,
        "houses": coordinated(request.user, on=today),
        "rows": closed_rows(house, reader=request.user, on=today),
    }
    return render(request, "staffing/closing_days.html", context)


@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    """Take closing days back."""
    found = opened_closing_day(request, pk)
    open_again(found, by=request.user, at=timezone.now())
    messages.success(request, _("The closing days are taken back."))
    return redirect("staffing:closing_days")


def _give(form: CompetenceForm, desk: Desk) -> Competence:
    return give_competence(
        desk.worker, desk.house, **form.cleaned_data, by=desk.reader, at=timezone.now()
    )


def _close(form: ClosingForm, request: Request) -> ClosingDay:
    house = coordinated_house(request)
    return close_on(house, **form.cleaned_data, by=request.user, at=timezone.now())
