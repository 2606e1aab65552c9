"""What else keeps a worker busy: times alone, read from a calendar of the worker's own."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class AllowedHost(models.Model):
    """A host that calendars may be fetched from; an administrator lists it."""

    host = models.CharField(_("host"), max_length=253, unique=True)
    note = models.CharField(_("what it is"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("host of calendars")
        verbose_name_plural = _("hosts of calendars")
        ordering = ["host"]

    def __str__(self) -> str:
        return self.host


class BusySourceQuerySet(models.QuerySet["BusySource"]):
    """Calendars that are read, narrowed."""

    def visible_to(self, user: User) -> Self:
        """One's own alone."""
        return self.filter(user=user)

    def subscribed(self) -> Self:
        return self.exclude(address="")


class BusySource(models.Model):
    """A worker's own calendar: a file that was handed in, or an address that is read again."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="busy_sources", verbose_name=_("worker")
    )
    name = models.CharField(_("name"), max_length=80)
    address = models.URLField(
        _("address"),
        max_length=500,
        blank=True,
        help_text=_("Empty for a file. Only times are kept, no titles, places or people."),
    )
    read_at = models.DateTimeField(_("last read"), null=True, blank=True)
    failure = models.CharField(_("why it could not be read"), max_length=200, blank=True)
    etag = models.CharField(max_length=200, blank=True, editable=False)

    objects = BusySourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar that is read")
        verbose_name_plural = _("calendars that are read")
        ordering = ["user", "name"]
        constraints = [
            models.UniqueConstraint(name="a_worker_names_a_calendar_once", fields=["user", "name"]),
        ]

    def __str__(self) -> str:
        return self.name


class BusyTimeQuerySet(models.QuerySet["BusyTime"]):
    """Busy times, narrowed."""

    def overlapping(self, *, first: date, last: date) -> Self:
        return self.filter(starts_at__date__lte=last, ends_at__date__gte=first)


class BusyTime(models.Model):
    """A time at which a worker is busy; nothing is known of what it is."""

    source = models.ForeignKey(
        BusySource, models.CASCADE, related_name="times", verbose_name=_("calendar")
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))

    objects = BusyTimeQuerySet.as_manager()

    class Meta:
        verbose_name = _("busy time")
        verbose_name_plural = _("busy times")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="busy_time_takes_time", condition=Q(ends_at__gt=F("starts_at"))
            ),
        ]
        indexes = [models.Index(name="busy_times_of_a_calendar", fields=["source", "ends_at"])]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"
