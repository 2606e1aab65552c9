"""Municipalities and organisations, with their names, coverage and succession over time."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shared.dates import DateSpan, Same


class Municipality(models.Model):
    """A municipality, by its three-digit code."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    sort_key = models.CharField(max_length=60, editable=False)
    region = models.CharField(_("region"), max_length=40)
    rar_area = models.CharField(_("labour market council area"), max_length=40)
    employment_region = models.CharField(_("employment region of 2009"), max_length=40)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations, narrowed."""

    def a_kasser(self) -> Self:
        return self.filter(kind=Organisation.Kind.A_KASSE)

    def jobcentres(self) -> Self:
        return self.filter(kind=Organisation.Kind.JOBCENTRE)

    def existing(self, *, on: date) -> Self:
        return self.filter(
            Q(starts_on=None) | Q(starts_on__lte=on), Q(ends_on=None) | Q(ends_on__gt=on)
        )

    def with_predecessors(self, organisation_pk: int) -> Self:
        """An organisation and those that merged into it, so that its people keep their cases."""
        mine = Q(pk=organisation_pk) | Q(successor=organisation_pk)
        return self.filter(mine | Q(successor__successor=organisation_pk))


class Organisation(models.Model):
    """A jobcentre, an a-kasse, or another party to an agreement."""

    class Kind(models.TextChoices):
        JOBCENTRE = "jobcentre", _("jobcentre")
        A_KASSE = "a_kasse", _("a-kasse")
        PROVIDER = "provider", _("other provider")
        UMBRELLA = "umbrella", _("umbrella body")
        AUTHORITY = "authority", _("authority")

    slug = models.SlugField(_("id"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    name = models.CharField(_("name today"), max_length=120)
    short_name = models.CharField(
        _("short name"),
        max_length=30,
        blank=True,
        help_text=_("What people call it, for narrow columns; empty means the name."),
    )
    sort_key = models.CharField(max_length=120, editable=False)
    town = models.CharField(_("town"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    register_code = models.CharField(_("code in the register"), max_length=10, blank=True)
    interviews_a_day = models.PositiveSmallIntegerField(
        _("interviews a day"),
        default=6,
        help_text=_(
            "How many interviews one worker can hold on a working day; used to warn when there are"
            " fewer places than deadlines."
        ),
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("day after the last"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("merged into"),
    )

    mail_from = models.PositiveSmallIntegerField(
        _("mail from"),
        default=7,
        help_text=_("The full hour from which mail goes to the people who work here."),
    )
    mail_until = models.PositiveSmallIntegerField(
        _("mail until"),
        default=18,
        help_text=_(
            "The full hour from which mail waits for the next day."
            " What waits already keeps its hours."
        ),
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["kind", "sort_key"]
        constraints = [
            models.CheckConstraint(
                name="organisation_kind_is_known",
                condition=Q(kind__in=["jobcentre", "a_kasse", "provider", "umbrella", "authority"]),
            ),
            models.CheckConstraint(
                name="organisation_has_days",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("An organisation must end after it starts."),
            ),
            models.CheckConstraint(
                name="organisation_is_not_its_own_successor", condition=~Q(successor=F("id"))
            ),
            models.CheckConstraint(
                name="mail_has_hours_of_a_day",
                condition=Q(mail_until__gt=F("mail_from"), mail_until__lte=24),
                violation_error_message=_("The hours of mail end after they begin, by 24."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def short(self) -> str:
        """What people call the organisation, for narrow columns."""
        return self.short_name or self.name

    def name_on(self, day: date) -> str:
        """What the organisation is called on a day; reads the prefetched or stored names."""
        for named in self.names.all():
            if named.starts_on <= day and (named.ends_on is None or day < named.ends_on):
                return named.name
        return self.name


class OrganisationName(models.Model):
    """What an organisation is called for a while."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="names", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=120)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("day after the last"), null=True, blank=True)

    class Meta:
        verbose_name = _("name of an organisation")
        verbose_name_plural = _("names of organisations")
        ordering = ["organisation", "starts_on"]
        constraints = [
            models.CheckConstraint(
                name="organisation_name_has_days",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
            ),
            ExclusionConstraint(
                name="an_organisation_has_one_name_a_day",
                expressions=[
                    (Same("organisation_id"), RangeOperators.OVERLAPS),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The organisation already has a name on these days."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Coverage(models.Model):
    """The jobcentre that serves a municipality, for a while."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="coverages", verbose_name=_("municipality")
    )
    municipality_number = models.PositiveIntegerField(editable=False)
    jobcentre = models.ForeignKey(
        Organisation, models.PROTECT, related_name="coverages", verbose_name=_("jobcentre")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("day after the last"), null=True, blank=True)

    class Meta:
        verbose_name = _("area of a jobcentre")
        verbose_name_plural = _("areas of jobcentres")
        ordering = ["municipality", "starts_on"]
        constraints = [
            models.CheckConstraint(
                name="coverage_has_days",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
            ),
            ExclusionConstraint(
                name="a_municipality_has_one_jobcentre_a_day",
                expressions=[
                    (Same("municipality_number"), RangeOperators.OVERLAPS),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Another jobcentre serves this municipality then."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.jobcentre}"
