"""What the parties of an agreement went through, point by point, and how they work."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnerships.models.agreements import Agreement


class Point(models.Model):
    """One point of an agreement's check-list: of the template of 2015, or of the parties' own."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        AGREED = "agreed", _("agreed")
        NOT_RELEVANT = "not_relevant", _("not relevant")

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="points", verbose_name=_("agreement")
    )
    order = models.PositiveSmallIntegerField(_("number"))
    template_key = models.SlugField(
        _("point of the template"),
        max_length=30,
        blank=True,
        help_text=_("Empty where the parties added the point themselves."),
    )
    title = models.CharField(_("point"), max_length=160)
    guide = models.TextField(_("guide text"), blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.OPEN)
    text = models.TextField(_("what was agreed"), blank=True)

    class Meta:
        verbose_name = _("point of an agreement")
        verbose_name_plural = _("points of agreements")
        ordering = ["agreement", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="an_agreement_has_a_template_point_once",
                fields=["agreement", "template_key"],
                condition=~Q(template_key=""),
            ),
            models.CheckConstraint(
                name="point_state_is_known",
                condition=Q(state__in=["open", "agreed", "not_relevant"]),
            ),
            models.CheckConstraint(
                name="an_agreed_point_says_what",
                condition=~Q(state="agreed") | ~Q(text=""),
                violation_error_message=_("Write what was agreed."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class WorkflowStep(models.Model):
    """One step of a workflow that the parties agreed on: who does what, registered where."""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="workflow_steps", verbose_name=_("agreement")
    )
    workflow = models.CharField(_("workflow"), max_length=80)
    order = models.PositiveSmallIntegerField(_("step"))
    who = models.CharField(_("who"), max_length=80)
    what = models.CharField(_("what"), max_length=300)
    registered_in = models.CharField(_("registered in"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("step of a workflow")
        verbose_name_plural = _("steps of workflows")
        ordering = ["agreement", "workflow", "order"]
        constraints = [
            models.UniqueConstraint(
                name="a_workflow_has_a_step_once", fields=["agreement", "workflow", "order"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workflow} {self.order}"
