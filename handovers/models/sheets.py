"""The hand-over sheet, version by version; one that was sent is never changed."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

PARTS = (
    "cv", "min_plan", "requirements", "interviews", "agreed", "barriers", "job_club",
    "next_actions",
)  # fmt: skip


class SheetQuerySet(models.QuerySet["Sheet"]):
    """Versions of a sheet, narrowed."""

    def sent(self) -> Self:
        return self.filter(sent_at__isnull=False)

    def drafts(self) -> Self:
        return self.filter(sent_at=None)


class Sheet(models.Model):
    """One version of what the a-kasse passes on; a draft until it is sent."""

    class Participation(models.TextChoices):
        NOT_ASKED = "", _("not asked yet")
        WANTED = "wanted", _("wants the a-kasse to take part")
        DECLINED = "declined", _("does not want the a-kasse to take part")
        UNDECIDED = "undecided", _("asked, and has not decided")

    handover = models.ForeignKey(
        "handovers.Handover", models.PROTECT, related_name="sheets", verbose_name=_("hand-over")
    )
    version = models.PositiveSmallIntegerField(_("version"))
    cv = models.TextField(_("CV"), blank=True)
    min_plan = models.TextField(_("Min Plan"), blank=True)
    requirements = models.TextField(_("Requirements for the job search"), blank=True)
    interviews = models.TextField(_("Interviews held"), blank=True)
    agreed = models.TextField(_("Agreements"), blank=True)
    barriers = models.TextField(_("What makes it hard to find work"), blank=True)
    job_club = models.TextField(_("Ongoing job club"), blank=True)
    next_actions = models.TextField(_("Next steps"), blank=True)
    citizen_told_on = models.DateField(_("The citizen was told on"), null=True, blank=True)
    participation = models.CharField(
        _("The a-kasse at the first interview"),
        max_length=9,
        choices=Participation,
        blank=True,
    )
    written_at = models.DateTimeField(_("written"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    sent_at = models.DateTimeField(_("sent"), null=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("hand-over sheet")
        verbose_name_plural = _("hand-over sheets")
        ordering = ["handover", "-version"]
        constraints = [
            models.UniqueConstraint(
                name="each_version_of_a_sheet_stands_once", fields=["handover", "version"]
            ),
            models.UniqueConstraint(
                name="a_sheet_has_one_draft", fields=["handover"], condition=Q(sent_at=None)
            ),
            models.CheckConstraint(
                name="a_sent_sheet_says_when_the_citizen_was_told",
                condition=Q(sent_at=None) | Q(citizen_told_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handover_id}/{self.version}"
