"""What an agreement that is not signed yet would do to the courses that run."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import Request
from agreements.impact import for_reader
from agreements.impact_kept import Progress, impact_or_progress
from agreements.impact_page import page_of
from journal.looks import looked
from journal.models import Look
from partnerships.agreement_pages import agreements_visible_to, may_read_agreements


@never_cache
@require_safe
def impact(request: Request, slug: str) -> HttpResponse:
    """The sums for all who steer, and the courses for those who see citizens."""
    if not may_read_agreements(request.user):
        raise Http404
    agreement = get_object_or_404(agreements_visible_to(request.user), slug=slug)
    today = timezone.localdate()
    all_along = request.GET.get("alle") == "1"
    found = impact_or_progress(agreement, on=today, all_along=all_along)
    shown = {"agreement": agreement, "all_along": all_along}
    if isinstance(found, Progress):
        return render(request, "agreements/impact.html", {**shown, "progress": found})
    page = page_of(for_reader(found, request.user, on=today), starts_on=agreement.starts_on)
    if page.rows:
        looked(Look.Kind.LIST, by=request.user, courses=[row.course.pk for row in page.rows])
    return render(request, "agreements/impact.html", {**shown, "page": page})
