"""An agreement beside others of the region."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import Request
from agreements.compare_page import compare_page
from agreements.views.doors import read_agreement


@never_cache
@require_safe
def compare(request: Request, slug: str) -> HttpResponse:
    """Terms and points beside those of another agreement, with `?med=` naming it."""
    agreement = read_agreement(request, slug)
    page = compare_page(agreement, asked=request.GET.get("med", ""), on=timezone.localdate())
    return render(request, "agreements/compare.html", {"agreement": agreement, "page": page})
