"""Files that an a-kasse uploaded, and what became of them."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from partnerships.access import reach_of
from partnerships.models import Organisation


class MemberFileQuerySet(models.QuerySet["MemberFile"]):
    """Uploads, narrowed."""

    def visible_to(self, user: User) -> Self:
        """The uploads of the a-kasser whose members the user may read."""
        return self.filter(a_kasse__in=reach_of(user).a_kasser)


class MemberFile(models.Model):
    """One upload: the files sealed, the preview, the progress and the report."""

    class State(models.TextChoices):
        LOOKING = "looking", _("being looked through")
        PREVIEWED = "previewed", _("looked through, not taken in")
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("being taken in")
        STOPPED = "stopped", _("stopped")
        DONE = "done", _("taken in")
        FAILED = "failed", _("could not be read")

    a_kasse = models.ForeignKey(
        Organisation, models.PROTECT, related_name="member_files", verbose_name=_("a-kasse")
    )
    uploaded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    name = models.CharField(_("file"), max_length=200)
    content_sealed = models.BinaryField(null=True, editable=False)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PREVIEWED)
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    rows_done = models.PositiveIntegerField(_("rows taken"), default=0)
    preview = models.JSONField(_("preview"), default=dict)
    report = models.JSONField(_("report"), default=dict)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = MemberFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("uploaded member file")
        verbose_name_plural = _("uploaded member files")
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                name="member_file_state_is_known",
                condition=Q(
                    state__in=[
                        "looking",
                        "previewed",
                        "waiting",
                        "running",
                        "stopped",
                        "done",
                        "failed",
                    ]
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name
