"""Flags on duties that are due soon or were not met on time, and what the night job remembers."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.case_numbers import written
from courses.models.answers import Duty
from courses.models.citizens import Course, visible_courses
from courses.models.words import Party
from shared.written import plain_day


class FlagQuerySet(models.QuerySet["Flag"]):
    """Flags, narrowed."""

    def visible_to(self, user: User, *, on: date | None = None) -> Self:
        return self.filter(visible_courses(user, on=on, path="course__"))

    def open(self) -> Self:
        return self.filter(resolved_at=None)

    def overdue(self) -> Self:
        return self.filter(stage=Flag.Stage.OVERDUE)


class Flag(models.Model):
    """A duty that is due soon, or was not met on time; carries the day it became so.

    One reference, over both columns, sees to it that the duty is there and the course is its own.
    """

    class Stage(models.TextChoices):
        DUE_SOON = "due_soon", _("due soon")
        OVERDUE = "overdue", _("overdue")

    class Resolution(models.TextChoices):
        HELD = "held", _("held")
        LAPSED = "lapsed", _("lapsed")
        OVERTAKEN = "overtaken", _("became overdue")
        ACKNOWLEDGED = "acknowledged", _("acknowledged")

    class Cause(models.TextChoices):
        NO_TIMES = "no_times", _("no times were available")
        NOT_SUMMONED = "not_summoned", _("nobody summoned in time")
        NO_SHOW = "no_show", _("the citizen did not come")
        CITIZEN_CANCELLED = "citizen_cancelled", _("the citizen cancelled")
        PARTY_CANCELLED = "party_cancelled", _("a party cancelled")
        OTHER_PARTY_MISSING = "other_party_missing", _("the other party could not take part")
        LATE_INFORMATION = "late_information", _("information arrived too late")
        NOT_REGISTERED = "not_registered", _("held, but not registered in time")
        ILLNESS = "illness", _("illness not registered in time")
        OTHER = "other", _("other cause")

    course = models.ForeignKey(
        Course,
        models.CASCADE,
        db_index=False,  # `flags_of_a_course` begins with it
        db_constraint=False,  # `flags_name_the_course_of_their_duty`
        related_name="flags",
        verbose_name=_("contact course"),
    )
    duty = models.ForeignKey(
        Duty,
        models.CASCADE,
        db_constraint=False,  # the same
        related_name="flags",
        verbose_name=_("duty"),
    )
    stage = models.CharField(_("stage"), max_length=8, choices=Stage)
    became_on = models.DateField(_("became so on"))
    raised_at = models.DateTimeField(_("raised"))
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolution = models.CharField(_("resolution"), max_length=12, choices=Resolution, blank=True)
    cause = models.CharField(_("cause"), max_length=19, choices=Cause, blank=True)
    responsible_side = models.CharField(
        _("responsible side"), max_length=9, choices=Party, blank=True
    )
    acknowledged_on = models.DateField(_("acknowledged"), null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        User,
        models.PROTECT,
        db_index=False,  # empty in most rows; see `flags_by_who_acknowledged`
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        ordering = ["became_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_flag_a_duty_and_stage",
                fields=["duty", "stage"],
                condition=Q(resolved_at=None),
            ),
            models.UniqueConstraint(
                name="an_acknowledged_flag_is_not_raised_again",
                fields=["duty", "stage", "became_on"],
                condition=Q(resolution="acknowledged"),
            ),
            models.CheckConstraint(
                name="flag_stage_is_known", condition=Q(stage__in=["due_soon", "overdue"])
            ),
            models.CheckConstraint(
                name="a_flag_is_resolved_by_something",
                condition=Q(resolved_at=None, resolution="")
                | (
                    Q(resolved_at__isnull=False)
                    & Q(resolution__in=["held", "lapsed", "overtaken", "acknowledged"])
                ),
            ),
            models.CheckConstraint(
                name="to_acknowledge_takes_cause_side_and_day",
                condition=~Q(resolution="acknowledged")
                | (
                    ~Q(cause="")
                    & ~Q(responsible_side="")
                    & Q(acknowledged_on__isnull=False, acknowledged_by__isnull=False)
                ),
                violation_error_message=_("Say the cause, the responsible side and the date."),
            ),
        ]
        indexes = [
            models.Index(name="flags_of_a_course", fields=["course", "resolved_at"]),
            models.Index(
                name="flags_by_who_acknowledged",
                fields=["acknowledged_by"],
                condition=Q(acknowledged_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {plain_day(self.became_on)}"


class ChangedCourse(models.Model):
    """A mark: the answers of this course changed since the flags were last brought up to date."""

    course = models.OneToOneField(
        Course, models.CASCADE, primary_key=True, related_name="+", verbose_name=_("course")
    )

    class Meta:
        verbose_name = _("changed course")
        verbose_name_plural = _("changed courses")

    def __str__(self) -> str:
        return written(self.course_id)


class Sweep(models.Model):
    """The last time the flags were brought up to date for a day; one row."""

    swept_on = models.DateField(_("for the day"))
    finished_at = models.DateTimeField(_("finished"))

    class Meta:
        verbose_name = _("sweep")
        verbose_name_plural = _("sweeps")

    def __str__(self) -> str:
        return plain_day(self.swept_on)
