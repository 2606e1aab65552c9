"""How long it takes from one place to another."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partnerships.models import Organisation


class Travel(models.Model):
    """Minutes by car between two jobcentres, each pair once; an estimate (data/README)."""

    start = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", verbose_name=_("from")
    )
    end = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name=_("to"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    road_km = models.DecimalField(_("kilometres"), max_digits=5, decimal_places=1)

    class Meta:
        verbose_name = _("travel time")
        verbose_name_plural = _("travel times")
        constraints = [
            models.UniqueConstraint(name="a_pair_of_places_stands_once", fields=["start", "end"]),
            models.CheckConstraint(
                name="travel_is_written_from_the_lower_key", condition=Q(start__lt=F("end"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start} – {self.end}"
