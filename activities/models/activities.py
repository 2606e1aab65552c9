"""What the parties of an agreement hold beside the interviews: clubs, workshops, events."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from meetings.models import GroupMeeting
from partnerships.access import reach_of
from partnerships.models import Agreement, Organisation


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Activities, narrowed."""

    def visible_to(self, user: User) -> Self:
        """Those that a person's organisation holds, provides or has agreed on."""
        if user.is_superuser:
            return self
        reach = reach_of(user)
        own = [one.pk for one in reach.organisations] + list(reach.a_kasser)
        mine = Q(host__in=own) | Q(provider__in=own) | Q(agreements__parties__organisation__in=own)
        return self.filter(pk__in=Activity.objects.filter(mine).values("pk"))


class Activity(models.Model):
    """A job club, workshop, flow, event or course of one or several agreements."""

    class Kind(models.TextChoices):
        JOB_CLUB = "job_club", _("job club")
        WORKSHOP = "workshop", _("workshop")
        HAND = "hand", _("an individual hand")
        EDUCATION = "education", _("education focus")
        INFORMATION = "information", _("information meeting")
        STATIONING = "stationing", _("stationing day")
        RECRUITMENT = "recruitment", _("recruitment event")
        EARLY_EFFORT = "early_effort", _("early effort against long-term unemployment")
        CAMPAIGN = "campaign", _("joint campaign")
        CONFERENCE = "conference", _("conference")
        STAFF_COURSE = "staff_course", _("course for staff")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PROPOSED = "proposed", _("proposed")
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")

    class Refers(models.TextChoices):
        A_KASSE = "a_kasse", _("the a-kasse")
        JOBCENTRE = "jobcentre", _("the jobcentre")
        BOTH = "both", _("both")

    PHASE_TWO = 2
    FOR_STAFF = ("campaign", "conference", "staff_course")

    title = models.CharField(_("title"), max_length=160)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    agreements = models.ManyToManyField(
        Agreement, related_name="activities", verbose_name=_("agreements")
    )
    host = models.ForeignKey(
        Organisation, models.PROTECT, related_name="activities", verbose_name=_("held by")
    )
    provider = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities_provided",
        verbose_name=_("other provider"),
        help_text=_("A recognised other provider, or an education institution."),
    )
    phase = models.PositiveSmallIntegerField(_("phase"), default=1)
    purpose = models.TextField(_("purpose"), blank=True)
    target_group = models.TextField(_("target group"), blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("day after the last"))
    seats = models.PositiveSmallIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Empty: no limit.")
    )
    price = models.DecimalField(
        _("price a seat, kr."), max_digits=12, decimal_places=2, null=True, blank=True
    )
    refers = models.CharField(_("who may refer"), max_length=9, choices=Refers, default=Refers.BOTH)
    open_to_others = models.BooleanField(
        _("open to others than the a-kasse's own members"), default=False
    )
    mandatory = models.BooleanField(_("attendance is mandatory"), default=False)
    decision_remark = models.TextField(_("remark on the decision"), blank=True)
    evaluation = models.TextField(_("evaluation"), blank=True)
    why_cancelled = models.CharField(_("why cancelled"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("recorded"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-starts_on", "title"]
        constraints = [
            models.CheckConstraint(
                name="activity_kind_is_known",
                condition=Q(
                    kind__in=[
                        "job_club",
                        "workshop",
                        "hand",
                        "education",
                        "information",
                        "stationing",
                        "recruitment",
                        "early_effort",
                        "campaign",
                        "conference",
                        "staff_course",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="activity_state_is_known",
                condition=Q(
                    state__in=[
                        "draft",
                        "proposed",
                        "approved",
                        "rejected",
                        "running",
                        "done",
                        "cancelled",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="activity_phase_is_one_or_two",
                condition=Q(phase__in=[1, 2]),
            ),
            models.CheckConstraint(
                name="activity_has_days",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("An activity must end after it starts."),
            ),
            models.CheckConstraint(
                name="activity_price_is_not_below_zero",
                condition=Q(price__isnull=True) | Q(price__gte=0),
            ),
            models.CheckConstraint(
                name="activity_refers_is_known",
                condition=Q(refers__in=["a_kasse", "jobcentre", "both"]),
            ),
            models.CheckConstraint(
                name="an_early_effort_is_of_phase_two",
                condition=~Q(kind="early_effort") | Q(phase=2),
                violation_error_message=_("Early effort is an activity of phase 2."),
            ),
            models.CheckConstraint(
                name="exactly_cancelled_activities_say_why",
                condition=Q(state="cancelled", why_cancelled__gt="")
                | (~Q(state="cancelled") & Q(why_cancelled="")),
                violation_error_message=_("Write why the activity is cancelled."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the activity."""
        return reverse("activities:activity", args=[self.pk])

    @property
    def is_for_staff(self) -> bool:
        """Whether colleagues take part and no citizens."""
        return self.kind in self.FOR_STAFF


class Session(models.Model):
    """One gathering of an activity; one with letters and seats is a group meeting as well."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="sessions", verbose_name=_("activity")
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    group_meeting = models.OneToOneField(
        GroupMeeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="session",
        verbose_name=_("group meeting"),
    )

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["activity", "starts_at"]
        constraints = [
            models.CheckConstraint(
                name="session_has_length",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("A session must end after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity} {self.starts_at:%d.%m.%Y}"


class VolumeChange(models.Model):
    """Seats asked for by one party and answered by the other: both must consent (S4)."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="volume_changes", verbose_name=_("activity")
    )
    seats = models.PositiveSmallIntegerField(_("seats wanted"))
    seats_before = models.PositiveSmallIntegerField(_("seats before"), null=True)
    reason = models.CharField(_("reason"), max_length=200)
    party = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    accepted = models.BooleanField(_("accepted"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("change of volume")
        verbose_name_plural = _("changes of volume")
        ordering = ["activity", "-asked_at"]
        constraints = [
            models.UniqueConstraint(
                name="one_change_of_volume_waits_at_a_time",
                fields=["activity"],
                condition=Q(accepted__isnull=True),
                violation_error_message=_("A change of volume already waits for an answer."),
            ),
            models.CheckConstraint(
                name="nobody_accepts_ones_own_change_of_volume",
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("asked_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.seats}"


class EmployerOrder(models.Model):
    """An employer's order behind a recruitment event: an occupation and a number wanted."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="orders", verbose_name=_("activity")
    )
    employer = models.CharField(_("employer"), max_length=120)
    occupation = models.CharField(_("occupation"), max_length=120)
    wanted = models.PositiveSmallIntegerField(_("wanted"))

    class Meta:
        verbose_name = _("employer's order")
        verbose_name_plural = _("employers' orders")
        ordering = ["activity", "employer"]
        constraints = [
            models.CheckConstraint(name="an_order_wants_someone", condition=Q(wanted__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.employer}: {self.occupation}"
