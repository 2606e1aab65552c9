"""Evidence that no times were available when somebody looked for one."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models import Course, Duty
from courses.models.citizens import visible_courses


class NoTimesQuerySet(models.QuerySet["NoTimes"]):
    """Evidence, narrowed."""

    def visible_to(self, user: User, *, on: date | None = None) -> Self:
        return self.filter(visible_courses(user, on=on, path="course__"))


class NoTimes(models.Model):
    """A search that found nothing, kept on the case: for each day what stood in the way.

    `reasons` is a list of `{"day": "2026-11-24", "codes": ["all-taken", …]}`, codes as in
    `slots.reasons`.
    """

    course = models.ForeignKey(
        Course, models.PROTECT, related_name="no_times", verbose_name=_("contact course")
    )
    duty = models.ForeignKey(
        Duty, models.PROTECT, null=True, related_name="no_times", verbose_name=_("duty")
    )
    searched_at = models.DateTimeField(_("searched"))
    searched_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("searched by")
    )
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    reasons = models.JSONField(_("what stood in the way"), default=list)

    objects = NoTimesQuerySet.as_manager()

    class Meta:
        verbose_name = _("search without times")
        verbose_name_plural = _("searches without times")
        ordering = ["-searched_at", "-pk"]
        indexes = [models.Index(name="no_times_of_a_course", fields=["course", "searched_at"])]

    def __str__(self) -> str:
        return f"{self.course}: {self.first_on}–{self.last_on}"
