"""What is asked before a password is looked at."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.checks import DEMO_PASSWORD


class PublishedPasswordRefused(ModelBackend):
    """The demo's password is printed for all to read: outside a demo it opens nothing.

    It signs nobody in; it knows users because Django takes the first backend to find them.
    """

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002 (Django's signature)
        username: str | None = None,  # noqa: ARG002
        password: str | None = None,
        **credentials: Any,  # noqa: ANN401, ARG002
    ) -> None:
        if password == DEMO_PASSWORD and not settings.DEMO:
            raise PermissionDenied
