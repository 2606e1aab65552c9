"""What a worker can do at an interview: languages, and what may be decided and granted."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from partnerships.access import reach_of
from partnerships.models import Organisation
from shared.dates import lasting


class CompetenceQuerySet(models.QuerySet["Competence"]):
    """Competences, narrowed."""

    def visible_to(self, user: User) -> Self:
        """Those of one's own organisations."""
        return self.filter(organisation__in=reach_of(user).organisations)

    def standing(self, *, on: date) -> Self:
        return self.filter(lasting(on), starts_on__lte=on)


class Competence(models.Model):
    """What a worker may decide or grant on behalf of an organisation, or speaks, for a while."""

    class Kind(models.TextChoices):
        DECIDE = "decide", _("may decide")
        GRANT = "grant", _("may grant money")
        EDUCATION = "education", _("guides on education")
        LANGUAGE = "language", _("speaks")

    user = models.ForeignKey(
        User, models.CASCADE, related_name="competences", verbose_name=_("worker")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    kind = models.CharField(_("competence"), max_length=9, choices=Kind)
    language = models.CharField(
        _("language"), max_length=3, blank=True, help_text=_("The code of a language, such as en.")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("day after the last"), null=True, blank=True)

    objects = CompetenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("competence")
        verbose_name_plural = _("competences")
        ordering = ["user", "kind"]
        constraints = [
            models.CheckConstraint(
                name="competence_kind_is_known",
                condition=Q(kind__in=["decide", "grant", "education", "language"]),
            ),
            models.CheckConstraint(
                name="exactly_languages_name_one",
                condition=(Q(kind="language") & ~Q(language=""))
                | (~Q(kind="language") & Q(language="")),
                violation_error_message=_("Write a language for the kind that speaks one."),
            ),
            models.CheckConstraint(
                name="competence_has_days",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("A competence must end after it starts."),
            ),
            models.UniqueConstraint(
                name="a_competence_begins_once",
                fields=["user", "organisation", "kind", "language", "starts_on"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()} {self.language}".strip()
