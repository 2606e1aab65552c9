"""The page with one form and one button that the acts on activities share."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from accounts.requests import Request
from activities.models import Activity


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page is called, what its button does, and where one goes without it."""

    title: str
    button: str
    back: str
    activity: Activity | None = None
    lead: str = ""


def asked(request: Request, page: Shown, form: Any) -> HttpResponse:  # noqa: ANN401 (any form)
    """The page of a form."""
    return render(request, "activities/act.html", {"page": page, "form": form})
