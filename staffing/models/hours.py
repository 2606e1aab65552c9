"""Working hours, leave and closing days."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from partnerships.access import reach_of
from partnerships.models import Organisation
from shared.dates import lasting


class Weekday(models.IntegerChoices):
    """Days of the week as Python counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class WorkingHoursQuerySet(models.QuerySet["WorkingHours"]):
    """Working hours, narrowed."""

    def visible_to(self, user: User) -> Self:
        """One's own, and those of everybody who works in the same organisations."""
        return self.filter(Q(user=user) | Q(organisation__in=reach_of(user).organisations))

    def standing(self, *, first: date, last: date) -> Self:
        """Hours that hold on a day from the first to the last."""
        return self.filter(lasting(first), starts_on__lte=last)


class WorkingHours(models.Model):
    """When a person works on a day of the week, for a while; two rows a day leave a break.

    Somebody without any rows works the organisation's office hours.
    """

    user = models.ForeignKey(
        User, models.CASCADE, related_name="working_hours", verbose_name=_("worker")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    weekday = models.PositiveSmallIntegerField(_("day of the week"), choices=Weekday)
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("day after the last"), null=True, blank=True)

    objects = WorkingHoursQuerySet.as_manager()

    class Meta:
        verbose_name = _("working hours")
        verbose_name_plural = _("working hours")
        ordering = ["user", "weekday", "starts"]
        constraints = [
            models.CheckConstraint(
                name="working_hours_take_time",
                condition=Q(ends__gt=F("starts")),
                violation_error_message=_("Working hours must end after they start."),
            ),
            models.CheckConstraint(
                name="working_hours_have_days",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("Working hours must end after the day they begin."),
            ),
            models.CheckConstraint(
                name="weekday_is_of_the_week", condition=Q(weekday__in=Weekday.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_weekday_display()} {self.starts:%H.%M}–{self.ends:%H.%M}"


class LeaveQuerySet(models.QuerySet["Leave"]):
    """Leave, narrowed."""

    def visible_to(self, user: User) -> Self:
        """One's own, and that of colleagues; pages show no kind to colleagues."""
        return self.filter(Q(user=user) | Q(organisation__in=reach_of(user).organisations))

    def overlapping(self, *, first: date, last: date) -> Self:
        return self.filter(starts_at__date__lte=last, ends_at__date__gte=first)


class Leave(models.Model):
    """A worker is away: from a moment to a moment."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("holiday")
        COURSE = "course", _("course")
        OTHER = "other", _("away")

    user = models.ForeignKey(User, models.CASCADE, related_name="leave", verbose_name=_("worker"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    kind = models.CharField(
        _("kind"),
        max_length=7,
        choices=Kind,
        default=Kind.OTHER,
        help_text=_("Write nothing about illness: away is enough."),
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("recorded by")
    )

    objects = LeaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("leave")
        verbose_name_plural = _("leave")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="leave_takes_time",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("Leave must end after it starts."),
            ),
            models.CheckConstraint(
                name="leave_kind_is_known", condition=Q(kind__in=["holiday", "course", "other"])
            ),
        ]
        indexes = [models.Index(name="leave_of_a_worker", fields=["user", "ends_at"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()}"


class ClosingDayQuerySet(models.QuerySet["ClosingDay"]):
    """Closing days, narrowed."""

    def visible_to(self, user: User) -> Self:
        """Everybody who is signed in may know when an office is closed."""
        return self.filter(organisation__isnull=not user.is_authenticated)

    def overlapping(self, *, first: date, last: date) -> Self:
        return self.filter(starts_on__lte=last, ends_on__gt=first)


class ClosingDay(models.Model):
    """Days on which an organisation is closed, beside weekends and public holidays."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="closing_days", verbose_name=_("organisation")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("day after the last"))
    reason = models.CharField(_("why"), max_length=120, blank=True)

    objects = ClosingDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("closing day")
        verbose_name_plural = _("closing days")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="closing_days_have_days",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("The office must open after it closes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.starts_on}"
