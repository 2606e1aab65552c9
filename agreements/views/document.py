"""The agreement as a PDF, as it reads now or as it read on a day."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import Request
from agreements.document import document_of
from letters.views.answers import document
from partnerships.agreement_pages import agreements_visible_to, may_read_agreements
from partnerships.versions import as_of, content_of
from shared.form_fields import day_asked
from shared.written import language

LANGUAGES = ("da", "en")


@never_cache
@require_safe
def pdf(request: Request, slug: str) -> HttpResponse:
    """The document, with `?dag=` as it read on a day, with `?sprog=en` in English."""
    if not may_read_agreements(request.user):
        raise Http404
    found = agreements_visible_to(request.user).select_related("parent")
    agreement = get_object_or_404(found, slug=slug)
    now = timezone.now()
    today = timezone.localdate(now)
    day = day_asked(request.GET.get("dag", ""), on=today)
    content = content_of(agreement) if day >= today else as_of(agreement, day)
    asked = request.GET.get("sprog", "")
    with override(asked if asked in LANGUAGES else language()):
        return document(document_of(agreement, content, at=now), agreement.slug)
