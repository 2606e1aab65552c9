"""Writing down what happened: say it, see every date that would move, then confirm it."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import Request
from courses import access
from courses.actions import facts
from courses.forms import AbsenceForm, ChoiceForm, HoursForm, WithdrawForm
from courses.models import Absence, Party
from courses.views.fact_doors import Words, allowed, asked
from shared.form_fields import day_asked
from shared.written import plain_day

ONE_DAY = timedelta(1)
ABSENCE = Words(_("Record absence"), _("The absence is recorded."))
WITHDRAWN_ABSENCE = Words(_("Take the absence back?"), _("The absence is taken back."))
HOURS = Words(_("Hours of a month"), _("The hours are recorded."))
CHOICE = Words(_("Record a choice"), _("The choice is recorded."))
WITHDRAWN_CHOICE = Words(_("Take the choice back?"), _("The choice is taken back."))


@never_cache
@require_http_methods(["GET", "POST"])
def record_absence(request: Request, case: int) -> HttpResponse:
    """Days on which the citizen is away."""
    found = allowed(request, case, access.may_record_absence)
    form = AbsenceForm(request.POST or None, initial=_absence_asked(request))
    act = partial(facts.record_absence, course=found, by=request.user)
    return asked(request, found, form, ABSENCE, lambda: act(**form.cleaned_data))


@never_cache
@require_http_methods(["GET", "POST"])
def report_hours(request: Request, case: int) -> HttpResponse:
    """The benefit hours of a month, or their correction."""
    found = allowed(request, case, access.may_report_hours)
    given = {name: request.GET[name] for name in ("month", "hours") if name in request.GET}
    form = HoursForm(request.POST or None, course=found, on=timezone.localdate(), initial=given)
    act = partial(facts.report_hours, course=found, by=request.user)
    return asked(request, found, form, HOURS, lambda: act(**form.cleaned_data))


@never_cache
@require_http_methods(["GET", "POST"])
def record_choice(request: Request, case: int) -> HttpResponse:
    """What the citizen, the a-kasse or the jobcentre decided."""
    found = allowed(request, case, access.may_record_choice)
    viewer = access.viewer_of(request.user, found, on=timezone.localdate())
    form = ChoiceForm(request.POST or None, course=found, viewer=viewer)
    act = partial(facts.record_choice, course=found, by=request.user)
    return asked(request, found, form, CHOICE, lambda: act(**form.arguments))


@never_cache
@require_http_methods(["GET", "POST"])
def withdraw_absence(request: Request, case: int, pk: int) -> HttpResponse:
    """Take an absence back: the citizen was not away."""
    found = allowed(request, case, access.may_record_absence)
    of_course = found.citizen.absences.filter(starts_on__lt=found.ends_on or date.max)
    absence = get_object_or_404(of_course, pk=pk)
    form = WithdrawForm(request.POST or {})
    act = partial(facts.withdraw_absence, absence=absence, course=found, by=request.user)
    words = replace(WITHDRAWN_ABSENCE, subject=_days(absence))
    return asked(request, found, form, words, lambda: act(**form.cleaned_data))


@never_cache
@require_http_methods(["GET", "POST"])
def withdraw_choice(request: Request, case: int, pk: int) -> HttpResponse:
    """Take back what was noted as chosen."""
    found = allowed(request, case, access.may_record_choice)
    choice = get_object_or_404(found.choices.select_related("departure"), pk=pk)
    own = access.acting_side(request.user, found, on=timezone.localdate()) == Party.A_KASSE
    if own and (departure := getattr(choice, "departure", None)):
        return redirect("handovers:undo_leaving", found.case_number, departure.pk)
    form = WithdrawForm(request.POST or {})
    act = partial(facts.withdraw_choice, choice=choice, course=found, by=request.user)
    words = replace(WITHDRAWN_CHOICE, subject=choice.get_kind_display())
    return asked(request, found, form, words, lambda: act(**form.cleaned_data))


def _absence_asked(request: Request) -> dict[str, object]:
    """What the address says of an absence that is about to be written down."""
    given: dict[str, object] = {}
    if "kind" in request.GET:
        given["kind"] = request.GET["kind"]
    if "starts_on" in request.GET:
        given["starts_on"] = day_asked(request.GET["starts_on"], on=timezone.localdate())
    return given


def _days(absence: Absence) -> str:
    """What an absence is called where it is about to go."""
    first = f"{absence.get_kind_display()} {plain_day(absence.starts_on)}"
    return f"{first} – {plain_day(absence.ends_on - ONE_DAY)}" if absence.ends_on else first
