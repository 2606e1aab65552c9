"""What is asked before a password is looked at."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.checks import DEMO_PASSWORD


class PublishedPasswordRefused(BaseBackend):
    """The demo's password is printed for all to read: outside a demo it opens nothing."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:  # noqa: ANN401, ARG002 (Django's signature)
        if credentials.get("password") == DEMO_PASSWORD and not settings.DEMO:
            raise PermissionDenied
