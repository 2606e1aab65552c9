"""How an action says no, and how a person gets to hear it."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from shared.written import plain_day


class Refused(Exception):
    """The rules do not allow it; the message is meant for the person who asked.

    A text marked with `gettext_noop` is said in the language of whoever reads it, with its values;
    so it can be kept, and read by another person later.
    """

    def __init__(self, text: str | Promise, **values: str | int | date) -> None:
        super().__init__(text)
        self.text, self.values = str(text), values

    def __str__(self) -> str:
        """In the language of the one who reads."""
        text = gettext(self.text) if self.text else ""
        shown = {
            name: plain_day(value) if isinstance(value, date) else value
            for name, value in self.values.items()
        }
        return text % shown if shown else text


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
