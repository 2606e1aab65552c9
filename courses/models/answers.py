"""What the law says of a course, stored so that it can be searched; `courses.deadlines` writes."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.case_numbers import written
from courses.models.citizens import Course, visible_courses
from courses.models.words import MeetingKind, Party
from partnerships.models import Organisation
from shared.dates import DateSpan, Same

COUNTED = [  # what front pages ask of thousands of duties, to be read from the index alone
    *("course", "late_from", "soon_from", "exempt_from", "exempt_to"),
    *("responsible", "with_party", "kind"),
]


class DutyQuerySet(models.QuerySet["Duty"]):
    """Duties, narrowed."""

    def visible_to(self, user: User, *, on: date | None = None) -> Self:
        return self.filter(visible_courses(user, on=on, path="course__"))

    def pending(self) -> Self:
        """Not met, and still owed."""
        return self.filter(outcome=Duty.Outcome.PENDING)

    def late(self, *, on: date) -> Self:
        """Owed, and past the last timely day."""
        return self.filter(outcome=Duty.Outcome.PENDING, late_from__lte=on)

    def due_soon(self, *, on: date) -> Self:
        """Owed, not late, and inside the agreed working days before the last timely day."""
        return self.filter(outcome=Duty.Outcome.PENDING, soon_from__lte=on, late_from__gt=on)

    def for_worklist(self) -> Self:
        return self.select_related(
            "course__citizen", "course__a_kasse", "course__jobcentre", "course__caseworker"
        )


class Duty(models.Model):
    """One interview that is owed in a course: its days, its reason, and how it was met.

    `state_on` gives the state of a day; nothing in the row changes because a day passes.
    A duty that the law no longer gives is `withdrawn`, so that flags and meetings keep their row.
    """

    class Outcome(models.TextChoices):
        PENDING = "pending", _("not held")
        MET = "met", _("held in time")
        LATE = "late", _("held too late")
        NOT_REQUIRED = "not_required", _("not required")
        VOLUNTARY = "voluntary", _("voluntary")
        LAPSED = "lapsed", _("lapsed")
        WITHDRAWN = "withdrawn", _("no longer owed")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        MET = "met", _("held in time")
        LATE = "late", _("held too late")
        OVERDUE = "overdue", _("overdue")
        NOT_REQUIRED = "not_required", _("not required")
        VOLUNTARY = "voluntary", _("voluntary")
        SUSPENDED = "suspended", _("suspended")
        LAPSED = "lapsed", _("lapsed")
        WITHDRAWN = "withdrawn", _("no longer owed")

    class Basis(models.TextChoices):
        CALENDAR = "calendar", _("calendar")
        CUMULATIVE = "cumulative", _("cumulative unemployment")
        WEEKS = "weeks", _("counted weeks")
        MONTH_END = "month_end", _("end of the month")

    course = models.ForeignKey(
        Course,
        models.CASCADE,
        db_index=False,  # `each_rule_and_number_has_one_duty` begins with it
        related_name="duties",
        verbose_name=_("contact course"),
    )
    a_kasse = models.ForeignKey(Organisation, models.PROTECT, db_index=False, related_name="+")
    jobcentre = models.ForeignKey(Organisation, models.PROTECT, db_index=False, related_name="+")
    rule = models.CharField(_("rule"), max_length=8)
    ordinal = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=12, choices=MeetingKind)
    responsible = models.CharField(_("responsible"), max_length=9, choices=Party)
    with_party = models.CharField(_("together with"), max_length=9, choices=Party, blank=True)
    opens_on = models.DateField(_("not before"), null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    latest_on = models.DateField(_("due with the longest postponement"), null=True, blank=True)
    late_from = models.DateField(_("late from"), null=True, blank=True)
    soon_from = models.DateField(_("due soon from"), null=True, blank=True)
    exempt_from = models.DateField(_("suspended from"), null=True, blank=True)
    exempt_to = models.DateField(_("suspended until before"), null=True, blank=True)
    basis = models.CharField(_("counted by"), max_length=10, choices=Basis)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    met_on = models.DateField(_("held"), null=True, blank=True)
    because = models.JSONField(_("because"))
    notes = models.JSONField(_("notes"), default=list)
    certain = models.BooleanField(_("certain"))

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = [F("due_on").asc(nulls_last=True), "rule", "ordinal"]
        constraints = [
            models.UniqueConstraint(
                name="each_rule_and_number_has_one_duty", fields=["course", "rule", "ordinal"]
            ),
            models.UniqueConstraint(name="flags_refer_to_duty_and_course", fields=["id", "course"]),
            models.CheckConstraint(
                name="duty_outcome_is_known",
                condition=Q(
                    outcome__in=[
                        "pending",
                        "met",
                        "late",
                        "not_required",
                        "voluntary",
                        "lapsed",
                        "withdrawn",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="duty_is_met_exactly_when_it_has_a_day",
                condition=Q(outcome__in=["met", "late"], met_on__isnull=False)
                | (~Q(outcome__in=["met", "late"]) & Q(met_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="only_pending_duties_become_late",
                condition=Q(outcome="pending") | Q(late_from=None, soon_from=None),
            ),
            models.CheckConstraint(
                name="duty_kind_is_known", condition=Q(kind__in=MeetingKind.values)
            ),
        ]
        indexes = [
            models.Index(
                name="pending_duties_by_late_day",
                fields=["late_from"],
                condition=Q(outcome="pending"),
            ),
            models.Index(
                name="pending_duties_by_soon_day",
                fields=["soon_from"],
                condition=Q(outcome="pending"),
            ),
            models.Index(
                name="pending_duties_by_exempt_day",
                fields=["exempt_from"],
                condition=Q(outcome="pending", exempt_from__isnull=False),
            ),
            models.Index(
                name="pending_duties_by_resumed_day",
                fields=["exempt_to"],
                condition=Q(outcome="pending", exempt_to__isnull=False),
            ),
            models.Index(
                name="worklist_of_a_jobcentre",
                fields=["jobcentre", "due_on", "id"],
                include=COUNTED,
                condition=Q(outcome="pending"),
            ),
            models.Index(
                name="worklist_of_an_a_kasse",
                fields=["a_kasse", "due_on", "id"],
                include=COUNTED,
                condition=Q(outcome="pending"),
            ),
        ]

    def __str__(self) -> str:
        return f"{written(self.course_id)}: {self.get_kind_display()} ({self.rule}/{self.ordinal})"

    def state_on(self, day: date) -> State:
        """The state of the duty on a day."""
        if self.outcome != self.Outcome.PENDING:
            return self.State(self.outcome)
        if self.is_suspended(on=day):
            return self.State.SUSPENDED
        if self.late_from and self.late_from <= day:
            return self.State.OVERDUE
        return self.State.OPEN

    def is_suspended(self, *, on: date) -> bool:
        """Whether the citizen is exempt from the duty on a day."""
        if self.exempt_from is None or on < self.exempt_from:
            return False
        return self.exempt_to is None or on < self.exempt_to


class Responsibility(models.Model):
    """Who holds a course from a day on; the intervals of a course leave no gap."""

    course = models.ForeignKey(
        Course, models.CASCADE, related_name="responsibilities", verbose_name=_("contact course")
    )
    party = models.CharField(_("responsible"), max_length=9, choices=Party)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("day after the last"), null=True, blank=True)

    class Meta:
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        ordering = ["course", "starts_on"]
        constraints = [
            models.CheckConstraint(
                name="responsibility_has_days",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="responsibility_lies_with_a_party",
                condition=Q(party__in=["a_kasse", "jobcentre"]),
            ),
            ExclusionConstraint(
                name="one_party_is_responsible_at_a_time",
                expressions=[
                    (Same("course_id"), RangeOperators.OVERLAPS),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Two parties cannot hold a course on the same day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_party_display()} {self.starts_on}"


class DateMove(models.Model):
    """What was said before of a duty or the hand-over, what is said now, and why; append-only."""

    course = models.ForeignKey(
        Course, models.PROTECT, related_name="date_moves", verbose_name=_("contact course")
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    rule = models.CharField(_("rule"), max_length=8)
    ordinal = models.PositiveSmallIntegerField(_("number"), null=True)
    cause = models.SlugField(_("cause"))
    before = models.JSONField(_("before"))
    after = models.JSONField(_("after"))
    notes = models.JSONField(_("notes"), default=list)

    class Meta:
        verbose_name = _("moved date")
        verbose_name_plural = _("moved dates")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(name="moves_by_course", fields=["course", "-at"])]

    def __str__(self) -> str:
        return f"{self.rule}/{self.ordinal}"
