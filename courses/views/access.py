"""Opening one case for a written, logged reason: system administrators only."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import Request
from courses.access import may_open_with_reason
from courses.actions.access import open_with_reason
from courses.forms import AccessForm
from courses.models import AccessGrant
from courses.rehearsal import carried_out


@never_cache
@require_http_methods(["GET", "POST"])
def access(request: Request) -> HttpResponse:
    """Ask for a case number and a reason, and open the case for an hour."""
    if not may_open_with_reason(request.user, on=timezone.localdate()):
        raise Http404
    form = AccessForm(request.POST or None)
    opened: list[AccessGrant] = []
    if form.is_valid() and carried_out(
        form, lambda: opened.append(open_with_reason(**form.cleaned_data, by=request.user))
    ):
        return redirect(opened[0].course)
    return render(request, "courses/access.html", {"form": form})
