"""How often a citizen's link was opened."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import CitizenLink


class Opening(models.Model):
    """The count of one link; a scanner of mail counts as well, so it proves nothing."""

    link = models.OneToOneField(
        CitizenLink, models.CASCADE, related_name="opening", verbose_name=_("link")
    )
    times = models.PositiveIntegerField(_("times opened"), default=0)

    class Meta:
        verbose_name = _("count of openings")
        verbose_name_plural = _("counts of openings")

    def __str__(self) -> str:
        return f"{self.link}: {self.times}"
