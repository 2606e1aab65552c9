"""Sessions that end after hours of idleness, renewed now and then instead of on every request."""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

RENEWED = "renewed"


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
