"""The doors of the pages of agreements: what a person reads, and whose steps they take."""

from django.shortcuts import get_object_or_404

from accounts.requests import Request
from agreements.access import written_by
from partnerships.agreement_pages import agreements_visible_to
from partnerships.models import Agreement


def own_agreement(request: Request, slug: str) -> Agreement:
    """An agreement whose steps the person takes."""
    return get_object_or_404(written_by(request.user).select_related("parent"), slug=slug)


def read_agreement(request: Request, slug: str) -> Agreement:
    """An agreement that the person reads."""
    return get_object_or_404(agreements_visible_to(request.user), slug=slug)
