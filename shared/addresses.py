"""No address holds a CPR number: addresses end up in logs, bookmarks and histories."""

from collections.abc import Callable
from itertools import chain

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shared.cpr import looks_like_cpr


class CprInAddressMiddleware:
    """Refuses a query string with what may be a CPR number, before anything repeats it.

    It stands before the demand to sign in, which would take the address along.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, unless its query string must not be repeated."""
        said = chain.from_iterable([name, *values] for name, values in request.GET.lists())
        if not any(map(looks_like_cpr, said)):
            return self.get_response(request)
        request.META["QUERY_STRING"] = ""
        return render(request, "cpr_in_address.html", status=400)
