"""What some kinds of activity have beside the rest: a flow's template, staff who took part."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models.activities import Activity
from courses.models import Party
from partnerships.models import Organisation


class FlowTemplateStep(models.Model):
    """A step that each citizen of an individual hand is to go through, from the first day on."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="flow_template", verbose_name=_("activity")
    )
    order = models.PositiveSmallIntegerField(_("step"))
    what = models.CharField(_("what"), max_length=200)
    party = models.CharField(
        _("whose step"),
        max_length=9,
        choices=[(one.value, one.label) for one in (Party.A_KASSE, Party.JOBCENTRE)],
    )
    after_days = models.PositiveSmallIntegerField(_("due: days after the start"))

    class Meta:
        verbose_name = _("step of a flow's template")
        verbose_name_plural = _("steps of flows' templates")
        ordering = ["activity", "order"]
        constraints = [
            models.UniqueConstraint(
                name="a_template_has_a_step_once", fields=["activity", "order"]
            ),
            models.CheckConstraint(
                name="a_step_is_a_partys", condition=Q(party__in=["a_kasse", "jobcentre"])
            ),
        ]

    def __str__(self) -> str:
        return self.what


class Turnout(models.Model):
    """How many of an organisation's own people took part in a campaign, conference or course."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="turnouts", verbose_name=_("activity")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    people = models.PositiveSmallIntegerField(_("people"))

    class Meta:
        verbose_name = _("turnout of staff")
        verbose_name_plural = _("turnouts of staff")
        ordering = ["activity", "organisation__sort_key"]
        constraints = [
            models.UniqueConstraint(
                name="an_organisation_turns_out_once", fields=["activity", "organisation"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.people}"
