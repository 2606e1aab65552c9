"""The versions of an agreement, compared side by side."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import Request
from agreements.versions_page import versions_page
from agreements.views.doors import read_agreement


@never_cache
@require_safe
def versions(request: Request, slug: str) -> HttpResponse:
    """All versions of an agreement, and two of them side by side."""
    agreement = read_agreement(request, slug)
    page = versions_page(
        agreement, one=request.GET.get("fra", ""), other=request.GET.get("til", "")
    )
    return render(request, "agreements/versions.html", {"agreement": agreement, "page": page})
