"""Times that were withdrawn together, what became of the interviews in them, and the way back."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from meetings.models import BatchRow, Meeting
from meetings.models.batches import UNDO
from partnerships.access import reach_of
from partnerships.models import Organisation
from shared.written import moment_text
from slots.models.slots import Reservation, Slot


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    """Withdrawals, narrowed."""

    def visible_to(self, user: User) -> Self:
        """Those of the jobcentres whose times one plans: a colleague may have to undo."""
        return self.filter(jobcentre__in=reach_of(user).booking_at)


class Withdrawal(models.Model):
    """That a coordinator took back some times, and why. `slots.actions.withdrawing` writes it.

    `key` was on the page that asked, so that a page sent twice is one withdrawal.
    """

    jobcentre = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("jobcentre")
    )
    key = models.UUIDField(_("key"), editable=False)
    reason = models.CharField(_("why"), max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = _("withdrawal of times")
        verbose_name_plural = _("withdrawals of times")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_page_sent_twice_is_one_withdrawal", fields=["by", "key"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jobcentre}: {moment_text(self.at)}"

    def get_absolute_url(self) -> str:
        """The page that keeps what became of each time."""
        return reverse("slots:withdrawn", args=[self.pk])

    def may_be_undone(self, *, at: datetime) -> bool:
        """Whether its letters still wait."""
        return at < self.at + UNDO


class WithdrawnTime(models.Model):
    """One time of a withdrawal with one interview in it, or with none.

    `to_slot` is where the interview is to go; without it, it is planned again from the worklist.
    `worker`, `guest` and `reservation` are as they were, so that all of it can be undone.
    """

    withdrawal = models.ForeignKey(
        Withdrawal, models.CASCADE, related_name="rows", verbose_name=_("withdrawal of times")
    )
    slot = models.ForeignKey(Slot, models.PROTECT, related_name="+", verbose_name=_("slot"))
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, related_name="+", verbose_name=_("interview")
    )
    to_slot = models.ForeignKey(
        Slot, models.PROTECT, null=True, related_name="+", verbose_name=_("moved to")
    )
    to_starts_at = models.DateTimeField(_("starts"), null=True)
    to_worker = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("with")
    )
    worker = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("held by")
    )
    guest = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("a-kasse's worker")
    )
    reservation = models.ForeignKey(
        Reservation, models.SET_NULL, null=True, related_name="+", verbose_name=_("reservation")
    )
    outcome = models.CharField(
        _("outcome"),
        max_length=7,
        choices=BatchRow.Outcome,
        default=BatchRow.Outcome.WAITING,
    )
    said = models.JSONField(_("what became of it"), default=dict)

    class Meta:
        verbose_name = _("withdrawn time")
        verbose_name_plural = _("withdrawn times")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="withdrawn_time_outcome_is_known",
                condition=Q(outcome__in=["waiting", "done", "skipped", "refused", "undone"]),
            ),
            models.CheckConstraint(
                name="only_an_interview_goes_to_another_time",
                condition=Q(to_slot=None) | Q(meeting__isnull=False, to_starts_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.withdrawal_id}: {self.slot}"
