"""Where a citizen's search for work stands, item by item: the newest word on each counts."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.citizens import Course


class JobSearchStatusQuerySet(models.QuerySet["JobSearchStatus"]):
    """What was said of the search for work, narrowed."""

    def newest(self) -> Self:
        """The last word on each item of each course."""
        latest = ("course", "item", "-as_of", "-pk")
        return self.order_by(*latest).distinct("course", "item")


class JobSearchStatus(models.Model):
    """How one item stood on a day, as either party saw it; a later row says what is new."""

    class Item(models.TextChoices):
        CV = "cv", _("CV")
        MIN_PLAN = "min_plan", _("Min Plan")
        JOB_LOG = "job_log", _("job log")
        REQUIREMENTS = "requirements", _("requirements for the job search")
        APPLICATIONS = "applications", _("two uploaded applications")

    class State(models.TextChoices):
        DONE = "done", _("in order")
        NEEDS_WORK = "needs_work", _("needs work")
        MISSING = "missing", _("missing")

    course = models.ForeignKey(
        Course, models.PROTECT, related_name="job_search", verbose_name=_("contact course")
    )
    item = models.CharField(_("item"), max_length=12, choices=Item)
    state = models.CharField(_("state"), max_length=10, choices=State)
    as_of = models.DateField(_("seen on"))
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    objects = JobSearchStatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("status of the search for work")
        verbose_name_plural = _("statuses of the search for work")
        indexes = [
            models.Index(
                name="the_newest_word_on_an_item", fields=["course", "item", "-as_of", "-id"]
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="job_search_item_is_known",
                condition=Q(item__in=["cv", "min_plan", "job_log", "requirements", "applications"]),
            ),
            models.CheckConstraint(
                name="job_search_state_is_known",
                condition=Q(state__in=["done", "needs_work", "missing"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_item_display()}: {self.get_state_display()} {self.as_of}"
