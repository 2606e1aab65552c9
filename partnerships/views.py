"""The front door, and the agreements as those who steer read them."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.requests import Request
from partnerships.navigation import front_page_of


@require_safe
def front_door(request: Request) -> HttpResponse:
    """Send a person to the own front page."""
    return redirect(front_page_of(request.user))


@require_safe
def nothing_here(request: Request) -> HttpResponse:
    """Say honestly that the system has no page yet for what the person does."""
    return render(request, "partnerships/nothing_here.html")
