"""Acts on several rows at once: what was asked, and what became of each row."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.case_numbers import written
from courses.models import Course, Duty, MeetingForm
from letters.models import Letter
from meetings.models.groups import Enrolment, GroupMeeting
from meetings.models.interviews import Meeting
from meetings.models.rooms import Room
from shared.written import moment_text

UNDO = timedelta(minutes=10)  # letters wait as long in the outbox


class BatchQuerySet(models.QuerySet["Batch"]):
    """Batches, narrowed."""

    def visible_to(self, user: User) -> Self:
        """One's own: what a colleague did stands in the journal of each case."""
        return self.filter(by=user)


class Batch(models.Model):
    """One act on several rows, as its maker asked for it. `meetings.actions.several` writes it.

    `key` was on the page that asked, so that a page sent twice is one batch.
    """

    class Act(models.TextChoices):
        BOOK = "book", _("book")
        SUMMON = "summon", _("summon")
        ASSIGN = "assign", _("assign")
        ENROL = "enrol", _("enrol")

    key = models.UUIDField(_("key"), editable=False)
    act = models.CharField(_("act"), max_length=6, choices=Act)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    worker = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("worker")
    )
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("room")
    )
    group = models.ForeignKey(
        GroupMeeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("group meeting"),
    )
    form = models.CharField(_("form"), max_length=9, choices=MeetingForm, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("act on several rows")
        verbose_name_plural = _("acts on several rows")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="a_page_sent_twice_is_one_batch", fields=["by", "key"]),
            models.CheckConstraint(
                name="batch_act_is_known",
                condition=Q(act__in=["book", "summon", "assign", "enrol"]),
            ),
            models.CheckConstraint(
                name="exactly_who_enrols_several_names_a_group_meeting",
                condition=Q(act="enrol", group__isnull=False) | (~Q(act="enrol") & Q(group=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {moment_text(self.at)}"

    def get_absolute_url(self) -> str:
        """The page that keeps what became of each row."""
        return reverse("meetings:batch", args=[self.pk])

    def may_be_undone(self, *, at: datetime) -> bool:
        """Whether its letters still wait."""
        return at < self.at + UNDO


class BatchRow(models.Model):
    """One row of a batch: what was planned for it, and what became of it, in words."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("done")
        SKIPPED = "skipped", _("skipped")
        REFUSED = "refused", _("refused")
        UNDONE = "undone", _("undone")

    batch = models.ForeignKey(
        Batch, models.CASCADE, related_name="rows", verbose_name=_("act on several rows")
    )
    course = models.ForeignKey(
        Course, models.PROTECT, related_name="+", verbose_name=_("contact course")
    )
    duty = models.ForeignKey(
        Duty, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("duty")
    )
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("interview"),
    )
    enrolment = models.ForeignKey(
        Enrolment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("enrolment"),
    )
    letter = models.ForeignKey(
        Letter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("letter")
    )
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    before = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("had the course before"),
    )
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome, default=Outcome.WAITING)
    said = models.JSONField(_("what became of it"), default=dict)

    class Meta:
        verbose_name = _("row of an act on several")
        verbose_name_plural = _("rows of acts on several")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="batch_row_outcome_is_known",
                condition=Q(outcome__in=["waiting", "done", "skipped", "refused", "undone"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}: {written(self.course_id)}"  # no name: it stands in logs
