"""What an agreement that is not signed yet would do to the courses that run."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import Request
from agreements.impact import for_reader
from agreements.impact_kept import Progress, ask_for_impact, kept_impact
from agreements.impact_page import page_of
from journal.looks import looked
from journal.models import Look
from partnerships.agreement_pages import agreements_visible_to, may_read_agreements


@never_cache
@require_http_methods(["GET", "POST"])
def impact(request: Request, slug: str) -> HttpResponse:
    """The sums for all who steer, and the courses for those who see citizens.

    Counting is asked for and then read, so that reading costs the same for one course and many.
    """
    if not may_read_agreements(request.user):
        raise Http404
    agreement = get_object_or_404(agreements_visible_to(request.user), slug=slug)
    today = timezone.localdate()
    all_along = request.GET.get("alle") == "1"
    if request.method == "POST":
        ask_for_impact(agreement, on=today, all_along=all_along)
        return redirect(request.get_full_path())
    found = kept_impact(agreement, on=today, all_along=all_along)
    shown = {"agreement": agreement, "all_along": all_along}
    if found is None:
        return render(request, "agreements/impact.html", shown)
    if isinstance(found, Progress):
        return render(request, "agreements/impact.html", {**shown, "progress": found})
    page = page_of(for_reader(found, request.user, on=today), starts_on=agreement.starts_on)
    if page.rows:
        looked(Look.Kind.LIST, by=request.user, courses=[row.course.pk for row in page.rows])
    return render(request, "agreements/impact.html", {**shown, "page": page})
