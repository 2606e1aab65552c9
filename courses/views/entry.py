"""Deciding whether an agreement takes one member in: see what would move, then confirm it."""

from datetime import date
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import Request
from courses import access
from courses.actions import entry
from courses.entry_form import EntryForm, WithdrawEntryForm
from courses.models import Course, Party
from courses.views.fact_doors import Words, allowed, asked

ENTRY = Words(_("Entry into the agreement"), _("The decision is recorded."))
WITHDRAWN = Words(_("Take the decision on entry back?"), _("The decision is taken back."))


def _side(request: Request, course: Course, on: date) -> Party:
    """The party that the person decides for; for everyone else there is no such page."""
    side = access.acting_side(request.user, course, on=on)
    if side is None:
        raise Http404
    return side


@never_cache
@require_http_methods(["GET", "POST"])
def decide_entry(request: Request, case: int) -> HttpResponse:
    """Take one member into an agreement, or keep them out, with role and reason."""
    found, on = allowed(request, case, access.may_decide_entry), timezone.localdate()
    side = _side(request, found, on)
    form = EntryForm(request.POST or None, course=found, side=side, on=on)
    if not form.offered:
        shown = {"course": found, "form": form, "words": ENTRY}
        return render(request, "courses/entry_without.html", shown)
    act = partial(entry.decide_entry, course=found, by_party=side, by=request.user, on=on)
    return asked(request, found, form, ENTRY, lambda: act(**form.cleaned_data))


@never_cache
@require_http_methods(["GET", "POST"])
def withdraw_entry(request: Request, case: int, pk: int) -> HttpResponse:
    """Take a decision on entry back, with the reason."""
    found, on = allowed(request, case, access.may_decide_entry), timezone.localdate()
    side = _side(request, found, on)
    decision = get_object_or_404(
        found.entry_decisions.select_related("agreement"), pk=pk, by=side.value
    )
    form = WithdrawEntryForm(request.POST or None)
    act = partial(
        entry.withdraw_entry, decision=decision, course=found, by_party=side, by=request.user
    )
    return asked(request, found, form, WITHDRAWN, lambda: act(**form.cleaned_data))
