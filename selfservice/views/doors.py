"""The citizen's door: a link that is right, or one and the same answer to every other."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from accounts.requests import Request
from journal.looks import looked
from journal.models import Look
from meetings.citizen_links import link_behind
from meetings.models import CitizenLink
from meetings.views.doors import only_if
from selfservice.access import may_answer
from selfservice.limits import WRONG_LINK, is_over
from selfservice.models import Statement

Page = Callable[[HttpRequest, CitizenLink, str], HttpResponse]
ByToken = Callable[[HttpRequest, str], HttpResponse]
LANGUAGE = "sprog"
POLICY = {
    "default-src": [NONE],
    "style-src": [SELF],
    "font-src": [SELF],
    "img-src": [SELF, "data:"],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}


def by_link(page: Page) -> ByToken:
    """A page for whoever has the link; it sets no cookie and reads no session.

    A token against forged forms would need a cookie and would guard nothing: who does not know the
    address cannot send a form to it, and who knows it needs no forgery.
    """

    @wraps(page)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        with override(_language(request)):
            return _sealed(_answer(page, request, token))

    policed = csp_replace(POLICY)(
        cast("Any", never_cache(opened))
    )  # typed for views without a token
    return cast("ByToken", login_not_required(csrf_exempt(policed)))


def _answer(page: Page, request: HttpRequest, token: str) -> HttpResponse:
    link = link_behind(token, at=timezone.now())
    if is_over(request, cost=1 if link else WRONG_LINK):
        return render(request, "selfservice/busy.html", status=429)
    if link is None:
        return render(request, "selfservice/gone.html", status=404)
    return page(request, link, token)


def _language(request: HttpRequest) -> str:
    """The language that the address asks for, else the browser's."""
    asked = request.GET.get(LANGUAGE, "")
    return asked if asked in dict(settings.LANGUAGES) else str(request.LANGUAGE_CODE)


def _sealed(response: HttpResponse) -> HttpResponse:
    """Neither found by a search engine nor passed on to the next page."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def opened_statement(request: Request, pk: int) -> Statement:
    """A statement that the person may answer; that it is of illness is a look of its own kind."""
    rows = Statement.objects.visible_to(request.user).for_answer()
    statement = get_object_or_404(rows, pk=pk)
    only_if(allowed=may_answer(request.user, statement, on=timezone.localdate()))
    kind = Look.Kind.HEALTH if statement.kind == Statement.Kind.SICK else Look.Kind.COURSE
    looked(kind, by=request.user, case=statement.meeting.course_id, page="selfservice:answer")
    return statement
