"""That a person decided whether an agreement takes one member in: a dated fact, with a reason."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.case_numbers import written
from courses.models.citizens import Course
from courses.models.facts import STANDS, Fact, FactQuerySet
from courses.models.words import Party
from partnerships.models import Agreement, Role
from shared.written import plain_day


class EntryDecisionQuerySet(FactQuerySet["EntryDecision"]):
    """Facts of this kind."""


class EntryDecision(Fact):
    """One member taken into an agreement, or kept out of it, from a day on (R09-11a)."""

    class Ground(models.TextChoices):
        UNKNOWN = "unknown", _("a criterion cannot be computed")
        EXCEPTION = "exception", _("the parties agreed on an exception")
        YOUNG_GROUP = "young_group", _("belongs to a group of young people that was agreed on")
        SPECIAL_EFFORT = "special_effort", _("under the jobcentre's special effort")

    FOR = (Ground.UNKNOWN, Ground.EXCEPTION, Ground.YOUNG_GROUP)
    AGAINST = (Ground.UNKNOWN, Ground.EXCEPTION, Ground.SPECIAL_EFFORT)

    course = models.ForeignKey(
        Course, models.PROTECT, related_name="entry_decisions", verbose_name=_("contact course")
    )
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="entry_decisions", verbose_name=_("agreement")
    )
    takes_in = models.BooleanField(_("takes the member in"))
    decided_from = models.DateField(_("counts from"))
    by = models.CharField(_("decided by"), max_length=9, choices=Party)
    role = models.CharField(_("role"), max_length=24, choices=Role)
    ground = models.CharField(_("ground"), max_length=14, choices=Ground)
    reason = models.CharField(_("reason"), max_length=300)

    objects = EntryDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on entry")
        verbose_name_plural = _("decisions on entry")
        constraints = [
            models.UniqueConstraint(
                name="one_decision_on_entry_counts_from_a_day",
                fields=["course", "decided_from"],
                condition=STANDS,
            ),
            models.CheckConstraint(
                name="entry_is_decided_by_a_party", condition=Q(by__in=["a_kasse", "jobcentre"])
            ),
            models.CheckConstraint(name="entry_has_its_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="entry_has_a_ground_of_its_side",
                condition=Q(takes_in=True, ground__in=["unknown", "exception", "young_group"])
                | Q(takes_in=False, ground__in=["unknown", "exception", "special_effort"]),
            ),
            models.CheckConstraint(
                name="special_effort_is_the_jobcentres_to_say",
                condition=~Q(ground="special_effort") | Q(by="jobcentre"),
            ),
        ]

    def __str__(self) -> str:
        return f"{written(self.course_id)}: {plain_day(self.decided_from)}"
