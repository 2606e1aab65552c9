"""The address in a summons by which a citizen sees one interview, without an account."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models.interviews import Meeting


class CitizenLinkQuerySet(models.QuerySet["CitizenLink"]):
    """Links, narrowed."""

    def standing(self, *, at: datetime) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=at)


class CitizenLink(models.Model):
    """A link to one interview; what stands in the address is signed and made from the key.

    Whoever has it sees time, place and case number and no more (`meetings.citizen_links`).
    """

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="citizen_links", verbose_name=_("interview")
    )
    made_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    opened_at = models.DateTimeField(_("last opened"), null=True, blank=True)

    objects = CitizenLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("citizen's link")
        verbose_name_plural = _("citizens' links")
        constraints = [
            models.UniqueConstraint(
                name="an_interview_has_one_standing_link",
                fields=["meeting"],
                condition=Q(revoked_at=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)
