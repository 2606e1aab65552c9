"""Who works where, and as what."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partnerships.models.parties import Organisation


class Role(models.TextChoices):
    """What a person does for a party."""

    CASEWORKER = "caseworker", _("caseworker")
    BOOKING_COORDINATOR = "booking_coordinator", _("booking coordinator")
    JOB_CONSULTANT = "job_consultant", _("job consultant")
    COORDINATOR = "coordinator", _("a-kasse coordinator")
    AGREEMENT_ADMINISTRATOR = "agreement_administrator", _("agreement administrator")
    STEERING_GROUP = "steering_group", _("steering group member")
    FINANCE = "finance", _("finance controller")
    PROVIDER = "provider", _("provider of a job club")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("system administrator")


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships, narrowed."""

    def standing(self, *, on: date) -> Self:
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on, user__is_active=True
        )


class Membership(models.Model):
    """A person's role in an organisation; the system's own administrators have none."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="memberships",
        verbose_name=_("user"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="memberships",
        null=True,
        blank=True,
        verbose_name=_("organisation"),
    )
    role = models.CharField(_("role"), max_length=24, choices=Role)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("day after the last"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["user", "role"]
        constraints = [
            models.UniqueConstraint(
                name="a_person_has_a_role_once_in_an_organisation",
                fields=["user", "organisation", "role"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="membership_has_days",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="membership_role_is_known", condition=Q(role__in=Role.values)
            ),
            models.CheckConstraint(
                name="only_the_system_administrator_works_for_no_party",
                condition=Q(organisation__isnull=False) | Q(role="system_administrator"),
                violation_error_message=_("Choose the organisation that the person works for."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
