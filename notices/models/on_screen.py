"""Notices: something happened in a case that a person is to know of."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices, narrowed."""

    def visible_to(self, user: User) -> Self:
        """One's own, and nobody else's."""
        return self.filter(user=user)

    def unread(self) -> Self:
        return self.filter(read_at=None)


class Notice(models.Model):
    """What one person is told: a kind, a case number and a link; never a name.

    The same again while it is unread is one notice, moved up (`notices.actions.tell`).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        db_index=False,  # `notices_of_a_person` begins with it
        related_name="notices",
        verbose_name=_("user"),
    )
    kind = models.SlugField(_("kind"), max_length=30, db_index=False)
    case_number = models.CharField(_("case number"), max_length=12, blank=True)
    url = models.CharField(_("link"), max_length=200)
    about = models.CharField(_("about"), max_length=120, blank=True)
    at = models.DateTimeField(_("at"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="an_unread_notice_stands_once",
                fields=["user", "kind", "url"],
                condition=Q(read_at=None),
            ),
        ]
        indexes = [
            models.Index(name="notices_of_a_person", fields=["user", "-at", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_number}".strip()
