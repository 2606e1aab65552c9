"""The app's name in the admin site."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FramesConfig(AppConfig):
    name = "frames"
    verbose_name = _("Economic frames")
