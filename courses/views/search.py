"""Searching: the text is posted, so that no name or number stands in an address or a log."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.requests import Request
from courses.search import Found, find, may_be_cpr
from courses.search_rows import groups_of, recent_of
from journal.looks import looked
from journal.models import Look
from partnerships.access import reach_of


@never_cache
@sensitive_post_parameters("q")
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: Request) -> HttpResponse:
    """Courses by name, case number, CPR number or phone, inside the reader's reach."""
    on = timezone.localdate()
    if not reach_of(request.user, on=on).reads_citizens:
        raise Http404
    if may_be_cpr(request.GET.get("q", "")):
        request.META["QUERY_STRING"] = ""  # the page repeats its address, to come back to
        return render(request, "cpr_in_address.html", status=400)
    text = request.POST.get("q") or request.GET.get("q", "")
    if not text.strip():
        return _start(request, on)
    found = find(text, user=request.user, on=on)
    looked(
        Look.Kind.SEARCH,
        by=request.user,
        sought=str(found.by),
        count=found.count,
        courses=found.keys,
    )
    if found.single:
        return redirect(found.single)
    return _results(request, found, text)


def _start(request: Request, on: date) -> HttpResponse:
    """Nothing is sought yet: what was opened last, which is a logged look."""
    recent, keys = recent_of(request.user, on=on)
    if keys:
        looked(Look.Kind.LIST, by=request.user, courses=keys)
    shown = {"found": None, "text": "", "on": on, "groups": [recent] if keys else []}
    return render(request, "courses/search.html", shown)


def _results(request: Request, found: Found, text: str) -> HttpResponse:
    """What was found; a CPR number is not repeated."""
    shown = "" if may_be_cpr(text) else text
    on = timezone.localdate()
    context = {"found": found, "groups": groups_of(found, on=on), "text": shown, "on": on}
    return render(request, "courses/search.html", context)
