"""The dates that were moved since yesterday, in the courses that a person may read."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import Request
from courses.moved_dates import moved_dates
from journal.looks import looked
from journal.models import Look
from partnerships.access import reach_of


@never_cache
@require_safe
def moves(request: Request) -> HttpResponse:
    """What moved, from when to when, and why; a look at each of the courses."""
    on = timezone.localdate()
    if not reach_of(request.user, on=on).reads_citizens:
        raise Http404
    found = moved_dates(request.user, on=on)
    looked(Look.Kind.LIST, by=request.user, courses=sorted({one.course.pk for one in found}))
    return render(request, "courses/moves.html", {"moved": found})
