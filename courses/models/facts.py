"""What happened: facts are superseded by later ones, never edited (a trigger sees to it)."""

from typing import Self, TypeVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.case_numbers import written
from courses.models.citizens import Citizen, Course
from courses.models.words import (
    AbsenceKind,
    ChoiceKind,
    Insurance,
    MeetingForm,
    MeetingKind,
    Party,
)
from law.absence import EFFECTS
from partnerships.models import Municipality, Organisation
from shared.dates import DateSpan, Same
from shared.written import month_text, plain_day

__all__ = [
    "Absence",
    "AbsenceKind",
    "Choice",
    "ChoiceKind",
    "Fact",
    "HeldMeeting",
    "MeetingForm",
    "MeetingKind",
    "Registration",
    "ReportedHours",
]

STANDS = Q(superseded_at=None)


FactT = TypeVar("FactT", bound="Fact")


class FactQuerySet(models.QuerySet[FactT]):
    """Facts, narrowed."""

    def standing(self) -> Self:
        """The facts that no later one has replaced and nobody has taken back."""
        return self.filter(superseded_at=None)


class Fact(models.Model):
    """Something that happened. A later row may supersede it, or it is taken back; never changed."""

    class Source(models.TextChoices):
        FILE = "file", _("the a-kasse's file")
        PERSON = "person", _("entered by a person")
        MEETING = "meeting", _("an interview's outcome")
        DEMO = "demo", _("demo world")

    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    source = models.CharField(_("source"), max_length=7, choices=Source, default=Source.PERSON)
    superseded_at = models.DateTimeField(_("superseded"), null=True, editable=False)
    superseded_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="supersedes",
        verbose_name=_("superseded by"),
    )

    class Meta:
        abstract = True


class RegistrationQuerySet(FactQuerySet["Registration"]):
    """Facts of this kind."""


class Registration(Fact):
    """What the a-kasse says of a course as a whole."""

    course = models.ForeignKey(
        Course, models.PROTECT, related_name="registrations", verbose_name=_("contact course")
    )
    registered_on = models.DateField(_("registered unemployed"))
    placed_on = models.DateField(_("placed in a benefit period"))
    member_from = models.DateField(_("member from"))
    ended_on = models.DateField(_("first day after the course"), null=True, blank=True)
    ended_reason = models.CharField(_("why it ended"), max_length=60, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", verbose_name=_("municipality")
    )
    insured = models.CharField(
        _("insured"), max_length=9, choices=Insurance, default=Insurance.FULL_TIME
    )
    special_effort = models.BooleanField(_("special effort"), default=False)
    benefit_ends_on = models.DateField(_("benefit ends"), null=True, blank=True)
    graduate = models.BooleanField(_("graduate"), default=False)
    occupation = models.CharField(_("occupation"), max_length=100, blank=True)
    skilled = models.BooleanField(_("skilled"), null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            models.UniqueConstraint(
                name="one_registration_of_a_course_stands", fields=["course"], condition=STANDS
            ),
            models.CheckConstraint(
                name="registration_insurance_is_known",
                condition=Q(insured__in=["full_time", "part_time"]),
            ),
            models.CheckConstraint(
                name="registration_ends_after_it_starts",
                condition=Q(ended_on=None) | Q(ended_on__gt=F("member_from")),
                violation_error_message=_("The course must end after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{written(self.course_id)}: {plain_day(self.registered_on)}"


AWAY = tuple(kind.value for kind, effect in EFFECTS.items() if effect.excused_from is not None)


class AbsenceQuerySet(FactQuerySet["Absence"]):
    """Facts of this kind."""

    def away(self) -> Self:
        """Those in which the citizen need not come; whoever works part of the week still does."""
        return self.filter(kind__in=AWAY)


class Absence(Fact):
    """Days on which the citizen was not plainly unemployed."""

    citizen = models.ForeignKey(
        Citizen, models.PROTECT, related_name="absences", verbose_name=_("citizen")
    )
    kind = models.CharField(_("kind"), max_length=14, choices=AbsenceKind)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("day after the last"), null=True, blank=True)
    hours = models.DecimalField(
        _("benefit hours a week still paid"), max_digits=4, decimal_places=2, null=True, blank=True
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        indexes = [
            models.Index(name="absences_that_stand", fields=["citizen"], condition=STANDS),
        ]
        constraints = [
            models.CheckConstraint(
                name="absence_kind_is_known", condition=Q(kind__in=AbsenceKind.values)
            ),
            models.CheckConstraint(
                name="absence_has_days",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("An absence must end after it starts."),
            ),
            models.CheckConstraint(
                name="a_part_time_job_says_its_hours",
                condition=~Q(kind="part_time_job") | Q(hours__isnull=False),
                violation_error_message=_("Say how many benefit hours a week are still paid."),
            ),
            *(
                ExclusionConstraint(
                    name=f"absences_of_kind_{kind}_do_not_overlap",
                    expressions=[
                        (Same("citizen_id"), RangeOperators.OVERLAPS),
                        (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                    ],
                    condition=STANDS & Q(kind=kind),
                    violation_error_message=_("This absence overlaps another of its kind."),
                )
                for kind in AbsenceKind.values
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {plain_day(self.starts_on)}"


class ReportedHoursQuerySet(FactQuerySet["ReportedHours"]):
    """Facts of this kind."""


class ReportedHours(Fact):
    """Benefit hours paid in a month, as an a-kasse reports them."""

    citizen = models.ForeignKey(
        Citizen, models.PROTECT, related_name="reported_hours", verbose_name=_("citizen")
    )
    month = models.DateField(_("month"), help_text=_("The first day of the month."))
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=2)
    a_kasse = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("a-kasse")
    )

    objects = ReportedHoursQuerySet.as_manager()

    class Meta:
        verbose_name = _("reported hours")
        verbose_name_plural = _("reported hours")
        constraints = [
            models.UniqueConstraint(
                name="hours_of_a_month_stand_once", fields=["citizen", "month"], condition=STANDS
            ),
            models.CheckConstraint(
                name="reported_hours_lie_between_0_and_250",
                condition=Q(hours__gte=0, hours__lte=250),
                violation_error_message=_("Hours of a month lie between 0 and 250."),
            ),
            models.CheckConstraint(
                name="a_month_is_named_by_its_first_day",
                condition=Q(month__day=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{month_text(self.month)}: {self.hours}"


class HeldMeetingQuerySet(FactQuerySet["HeldMeeting"]):
    """Facts of this kind."""


class HeldMeeting(Fact):
    """An interview that took place, as the law counts it."""

    citizen = models.ForeignKey(
        Citizen, models.PROTECT, related_name="held_meetings", verbose_name=_("citizen")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=MeetingKind)
    held_on = models.DateField(_("held"))
    by = models.CharField(
        _("held by"),
        max_length=9,
        choices=[
            (Party.A_KASSE.value, Party.A_KASSE.label),
            (Party.JOBCENTRE.value, Party.JOBCENTRE.label),
        ],
    )
    form = models.CharField(_("form"), max_length=9, choices=MeetingForm, blank=True)
    registered_type = models.PositiveSmallIntegerField(_("type registered"), null=True, blank=True)
    ordinal = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    other_party_came = models.BooleanField(_("the other party came"), null=True, blank=True)

    objects = HeldMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("held interview")
        verbose_name_plural = _("held interviews")
        constraints = [
            models.UniqueConstraint(
                name="an_interview_of_a_kind_stands_once_a_day",
                fields=["citizen", "kind", "held_on"],
                condition=STANDS,
            ),
            models.CheckConstraint(
                name="held_meeting_kind_is_known", condition=Q(kind__in=MeetingKind.values)
            ),
            models.CheckConstraint(
                name="held_meeting_is_held_by_a_party",
                condition=Q(by__in=["a_kasse", "jobcentre"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {plain_day(self.held_on)}"


class ChoiceQuerySet(FactQuerySet["Choice"]):
    """Facts of this kind."""

    def of_departure(self) -> Self:
        """Those with which a course left, and which are taken back with all that followed."""
        return self.filter(departure__isnull=False, departure__undone_at=None)


class Choice(Fact):
    """What the citizen, the a-kasse or the jobcentre chose for a course."""

    course = models.ForeignKey(
        Course, models.PROTECT, related_name="choices", verbose_name=_("contact course")
    )
    kind = models.CharField(_("choice"), max_length=19, choices=ChoiceKind)
    chosen_on = models.DateField(_("chosen"))
    by = models.CharField(_("chosen by"), max_length=9, choices=Party)
    rule = models.CharField(_("rule"), max_length=8, blank=True)
    ordinal = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    postponed_to = models.DateField(_("postponed to"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        indexes = [
            models.Index(name="choices_that_stand", fields=["course"], condition=STANDS),
        ]
        constraints = [
            models.CheckConstraint(
                name="choice_kind_is_known", condition=Q(kind__in=ChoiceKind.values)
            ),
            models.CheckConstraint(name="choice_party_is_known", condition=Q(by__in=Party.values)),
            models.CheckConstraint(
                name="a_postponement_says_what_and_until_when",
                condition=~Q(kind="postpone")
                | (~Q(rule="") & Q(ordinal__isnull=False, postponed_to__isnull=False)),
                violation_error_message=_("Say which interview is postponed, and to which day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {plain_day(self.chosen_on)}"
