"""How an action says no, and how a person gets to hear it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme


class Refused(Exception):
    """The rules do not allow it; the message is meant for the person who asked."""


class RefusalMiddleware:
    """Turns a refusal into a message: in place for htmx, else back where they came from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; only exceptions matter here."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal; leave everything else to Django."""
        if not isinstance(error, Refused):
            return None
        if request.headers.get("HX-Request"):
            return render(request, "refused.html", {"reason": str(error)}, status=409)
        messages.error(request, str(error))
        return redirect(_came_from(request))


def _came_from(request: HttpRequest) -> str:
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, {request.get_host()}, request.is_secure()):
        return referer
    return request.path
