"""Who can sign in."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person who works for a party; where and as what stands in `partnerships.Membership`."""

    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    keys = models.BooleanField(
        _("keyboard shortcuts"),
        default=True,
        help_text=_("Single keys such as j, k and x act on lists. Press ? to see them all."),
    )
    mail_daily = models.BooleanField(
        _("daily mail"),
        default=True,
        help_text=_("What is late, due soon and planned, on working days. It names nobody."),
    )
    mail_weekly = models.BooleanField(
        _("weekly mail"),
        default=True,
        help_text=_("The key counts of the organisation on Mondays, to those who lead."),
    )
    mail_invitations = models.BooleanField(
        _("invitations to one's calendar"),
        default=True,
        help_text=_("A mail that puts each interview of yours in your calendar, moved or not."),
    )
    lists = models.JSONField(default=dict, editable=False)  # how each was last narrowed, by name

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @property
    def initials(self) -> str:
        """Two letters for a small mark on screen."""
        names = self.get_full_name().split() or [self.username]
        return (names[0][:1] + names[-1][:1]).upper() if len(names) > 1 else names[0][:2].upper()
