"""Citizens and their courses."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from partnerships.access import reach_of
from partnerships.models import Municipality, Organisation, Role
from shared.cpr import index_of, masked, opened, sealed
from shared.dates import DateSpan, Same


class Citizen(models.Model):
    """A person with at least one course; the CPR number is stored encrypted only."""

    cpr_sealed = models.BinaryField(editable=False)
    cpr_index = models.BinaryField(unique=True, editable=False)
    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100)
    sort_key = models.CharField(max_length=210, editable=False)
    born_on = models.DateField(_("born"))
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    address_protected = models.BooleanField(_("address protected"), default=False)
    digital_post_exempt = models.BooleanField(_("exempt from Digital Post"), default=False)
    interpreter = models.CharField(_("interpreter"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("citizen")
        verbose_name_plural = _("citizens")
        indexes = [
            GinIndex(
                SearchVector("first_name", "last_name", config="simple"), name="citizens_by_name"
            ),
            models.Index(name="citizens_by_phone", fields=["phone"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"

    @property
    def masked_cpr(self) -> str:
        """What may stand on screen without a logged reason."""
        return masked(self.born_on)

    @property
    def cpr(self) -> str:
        """The ten digits; the reader logs the look first."""
        return opened(self.cpr_sealed, bound_to=self.cpr_index).decode()

    @staticmethod
    def cpr_columns(digits: str) -> dict[str, bytes]:
        """The two columns that hold a CPR number: sealed, and its fingerprint."""
        fingerprint = index_of(digits)
        return {
            "cpr_sealed": sealed(digits.encode(), bound_to=fingerprint),
            "cpr_index": fingerprint,
        }


class CourseQuerySet(models.QuerySet["Course"]):
    """Courses; every page reaches them through `visible_to` or `forecast_to`."""

    def visible_to(self, user: User, *, on: date | None = None) -> Self:
        """Courses whose page the user may read on a day (today when not said)."""
        return self.filter(visible_courses(user, on=on))

    def forecast_to(self, user: User, *, on: date | None = None) -> Self:
        """Courses of which a jobcentre may read the header and the forecast alone."""
        on = on or timezone.localdate()
        reach = reach_of(user, on=on)
        return self.filter(
            Q(jobcentre_from=None) | Q(jobcentre_from__gt=on),
            jobcentre__in=reach.jobcentres,
            forecast_from__lte=on,
        )

    def active(self, *, on: date) -> Self:
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=on))

    def for_page(self) -> Self:
        return self.select_related(
            "citizen",
            "a_kasse",
            "jobcentre",
            "municipality",
            "caseworker",
            "consultant",
            "agreement",
        )


def visible_courses(user: User, *, on: date | None = None, path: str = "") -> Q:
    """The condition behind `visible_to`, for courses or for rows that hang on one by `path`.

    A jobcentre reads a course of its municipality from the day it has a duty, meeting or
    responsibility there; an a-kasse reads its members' courses; a logged grant opens one course.
    """
    reach = reach_of(user, on=on)
    jobcentre = Q(
        **{f"{path}jobcentre__in": reach.jobcentres, f"{path}jobcentre_from__lte": reach.on}
    )
    theirs = jobcentre | Q(**{f"{path}a_kasse__in": reach.a_kasser})
    if not reach.has(Role.SYSTEM_ADMINISTRATOR):
        return theirs
    granted = AccessGrant.objects.standing().filter(user=user.pk).values("course")
    return theirs | Q(**{f"{path}pk__in": granted})


class Course(models.Model):
    """One run of unemployment of a citizen as a member of one a-kasse.

    The columns after `placed_on` are answers: what the registration that stands says, and what
    the law makes of it. Written by `courses.deadlines` alone.
    """

    citizen = models.ForeignKey(
        Citizen, models.PROTECT, related_name="courses", verbose_name=_("citizen")
    )
    a_kasse = models.ForeignKey(
        Organisation, models.PROTECT, related_name="courses", verbose_name=_("a-kasse")
    )
    source_id = models.CharField(_("the a-kasse's own number"), max_length=60, blank=True)
    caseworker = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="courses",
        verbose_name=_("caseworker"),
    )
    consultant = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="courses_as_consultant",
        verbose_name=_("job consultant"),
        help_text=_("Who takes the course in the a-kasse."),
    )
    registered_on = models.DateField(_("registered unemployed"))
    placed_on = models.DateField(_("placed in a benefit period"))
    starts_on = models.DateField(_("first day of membership"))
    ends_on = models.DateField(_("day after the last"), null=True, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="courses", verbose_name=_("municipality")
    )
    jobcentre = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="courses_of_jobcentre",
        verbose_name=_("jobcentre"),
    )
    regime = models.CharField(_("rules"), max_length=4, blank=True)
    eligible = models.BooleanField(_("under the agreement"), null=True)
    criteria = models.JSONField(_("criteria"), default=list)
    agreement = models.ForeignKey(
        "partnerships.Agreement",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="courses",
        verbose_name=_("agreement"),
    )
    handover_on = models.DateField(_("last day at the a-kasse"), null=True, blank=True)
    handover_rule = models.CharField(_("rule of the hand-over"), max_length=8, blank=True)
    handover_is_forecast = models.BooleanField(_("hand-over is a forecast"), default=False)
    jobcentre_from = models.DateField(_("read by the jobcentre from"), null=True, blank=True)
    called_on = models.DateField(
        _("first called by the jobcentre"),
        null=True,
        blank=True,
        help_text=_("The day on which the jobcentre first booked an interview."),
    )
    forecast_from = models.DateField(_("forecast to the jobcentre from"), null=True, blank=True)
    refreshed_at = models.DateTimeField(_("dates computed"), null=True, blank=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact course")
        verbose_name_plural = _("contact courses")
        constraints = [
            models.CheckConstraint(
                name="course_has_days",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("A course must end after it starts."),
            ),
            models.CheckConstraint(
                name="course_regime_is_known",
                condition=Q(regime__in=["", "2009", "2015", "2020", "2024", "2026"]),
            ),
            ExclusionConstraint(
                name="days_of_membership_do_not_overlap",
                expressions=[
                    (Same("citizen_id"), RangeOperators.OVERLAPS),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The citizen is registered elsewhere for these days."),
            ),
        ]
        indexes = [
            models.Index(name="courses_of_an_a_kasse", fields=["a_kasse", "-registered_on"]),
            models.Index(  # these two answer a front page's counts without the table
                name="courses_of_a_jobcentre",
                fields=["jobcentre", "jobcentre_from", "id"],
                include=[
                    *("a_kasse", "ends_on", "handover_on", "citizen", "registered_on"),
                    "forecast_from",
                ],
            ),
            models.Index(
                name="running_courses_of_an_a_kasse",
                fields=["a_kasse", "id"],
                include=["ends_on", "handover_on", "citizen", "registered_on"],
            ),
        ]

    def __str__(self) -> str:
        return self.case_number  # no name: it stands in logs and in the admin site

    def get_absolute_url(self) -> str:
        """The course page; the address holds the case number and nothing personal."""
        return reverse("courses:course", args=[self.case_number])

    @property
    def case_number(self) -> str:
        """What both parties call the case; made of the key, so it says nothing of the person."""
        return f"K-{self.pk:06d}"

    def is_active(self, *, on: date) -> bool:
        """Whether the course runs on a day."""
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)


class AccessGrantQuerySet(models.QuerySet["AccessGrant"]):
    """Grants, narrowed."""

    def standing(self) -> Self:
        return self.filter(until__gt=timezone.now())


class AccessGrant(models.Model):
    """A system administrator's look at one course, for a written reason, for a short while."""

    user = models.ForeignKey(
        User, models.PROTECT, related_name="access_grants", verbose_name=_("user")
    )
    course = models.ForeignKey(
        Course, models.PROTECT, related_name="access_grants", verbose_name=_("contact course")
    )
    reason = models.CharField(_("reason"), max_length=300)
    granted_at = models.DateTimeField(_("granted"), auto_now_add=True)
    until = models.DateTimeField(_("until"))

    objects = AccessGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("access with a reason")
        verbose_name_plural = _("accesses with a reason")
        constraints = [
            models.CheckConstraint(
                name="access_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Write why you need to see this case."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.course_id}"
