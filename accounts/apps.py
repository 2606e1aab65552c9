"""Tells Django of the checks."""

from django.apps import AppConfig, apps
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from accounts.checks import no_demo_sign_ins


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Users")

    def ready(self) -> None:
        register(no_demo_sign_ins, deploy=True)
        apps.get_app_config("axes").verbose_name = _("Sign-ins")  # it has a heading of its own
