"""Sessions that end after hours of idleness, renewed now and then; and what follows then."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect

RENEWED = "renewed"
FRONT_PAGE = "/"
LOST = "gemt=nej"  # in the address of the sign-in: what was sent was not saved


class SignInMiddleware(LoginRequiredMiddleware):
    """Ask for the sign-in with the whole page, and come back to where the person stood.

    A fragment would put the sign-in into the middle of a list, and a form that comes too late
    has an address that may not be opened without it.
    """

    def handle_no_permission(  # type: ignore[override]  # htmx goes to a page by a header
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        """Go to the sign-in; after a form, say that nothing was saved."""
        fragment = request.headers.get("HX-Request") == "true"
        asks = request.method in ("GET", "HEAD")
        if asks and not fragment:
            return super().handle_no_permission(request, view_func)
        answer = redirect_to_login(
            _stood_on(request),
            self.get_login_url(view_func),
            self.get_redirect_field_name(view_func),
        )
        url = answer.url if asks else f"{answer.url}&{LOST}"
        answer["Location"] = url
        return HttpResponseClientRedirect(url) if fragment else answer


def _stood_on(request: HttpRequest) -> str:
    """The page of ours that a form or a fragment was sent from, else the front page."""
    said = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    page = urlsplit(said)
    if (page.scheme, page.netloc) != (request.scheme, request.get_host()):
        return FRONT_PAGE
    return urlunsplit(("", "", page.path, page.query, ""))


class RenewingSessionMiddleware:
    """Renew a session some minutes after it was last renewed.

    To write it on every request costs each page a commit; its end is no more exact than that.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and mark the session of a person as used."""
        response = self.get_response(request)
        if request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.get(RENEWED, 0) >= settings.SESSION_RENEWED_SECONDS:
                request.session[RENEWED] = now
        return response
