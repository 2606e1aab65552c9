"""Economic frames: what was granted, and a ledger of what was bound and spent.

A frame is money that a jobcentre lets an a-kasse bind for job clubs under an agreement, by default
for a year. The ledger is only ever added to. An entry that continues another (`of`) moves money
on: what was reserved is committed, what was committed is used, and either is released. What a
frame is taken up by is its first entries less what was released; a trigger that locks the frame
keeps that within what was granted, whoever approves at the same moment (frames/migrations/0002).
"""

from decimal import Decimal
from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from partnerships.access import reach_of
from partnerships.models import Agreement, Organisation, Role
from shared.dates import DateSpan, Same

ZERO = Decimal("0.00")


class FrameQuerySet(models.QuerySet["Frame"]):
    """Frames, narrowed."""

    def visible_to(self, user: User) -> Self:
        """Those of a person's own organisations; money concerns who steers, books and pays."""
        if user.is_superuser:
            return self
        reach = reach_of(user)
        if not reach.has(
            Role.FINANCE, Role.AGREEMENT_ADMINISTRATOR, Role.STEERING_GROUP, Role.COORDINATOR,
            Role.CASEWORKER, Role.JOB_CONSULTANT,
        ):  # fmt: skip
            return self.none()
        own = [one.pk for one in reach.organisations] + list(reach.a_kasser)
        return self.filter(Q(a_kasse__in=own) | Q(jobcentre__in=own))


class Frame(models.Model):
    """A frame of one a-kasse under an agreement, for a run of days (half-open)."""

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="frames", verbose_name=_("agreement")
    )
    a_kasse = models.ForeignKey(
        Organisation, models.PROTECT, related_name="frames", verbose_name=_("a-kasse")
    )
    jobcentre = models.ForeignKey(
        Organisation, models.PROTECT, related_name="frames_granted", verbose_name=_("jobcentre")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("day after the last"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = FrameQuerySet.as_manager()

    class Meta:
        verbose_name = _("economic frame")
        verbose_name_plural = _("economic frames")
        ordering = ["-starts_on", "a_kasse"]
        constraints = [
            models.CheckConstraint(
                name="frame_has_days",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("A frame must end after it starts."),
            ),
            ExclusionConstraint(
                name="an_a_kasse_has_one_frame_a_day_under_an_agreement",
                expressions=[
                    (Same("agreement_id"), RangeOperators.OVERLAPS),
                    (Same("a_kasse_id"), RangeOperators.OVERLAPS),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The a-kasse already has a frame on these days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.a_kasse}, {self.starts_on:%Y}"


class Grant(models.Model):
    """Money granted to a frame: the first by the agreement, each later one by an addendum."""

    frame = models.ForeignKey(Frame, models.PROTECT, related_name="grants", verbose_name=_("frame"))
    addendum = models.ForeignKey(
        Agreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name=_("addendum"),
    )
    amount = models.DecimalField(_("amount, kr."), max_digits=12, decimal_places=2)
    granted_at = models.DateTimeField(_("granted"))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        ordering = ["frame", "granted_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_grant_is_money",
                condition=Q(amount__gt=0),
                violation_error_message=_("Write an amount above 0 kr."),
            ),
            models.UniqueConstraint(
                name="a_frame_is_granted_once_without_addendum",
                fields=["frame"],
                condition=Q(addendum__isnull=True),
                violation_error_message=_("A frame is raised by an addendum only."),
            ),
            models.UniqueConstraint(
                name="an_addendum_raises_a_frame_once",
                fields=["frame", "addendum"],
                violation_error_message=_("The addendum has raised the frame already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount}"


class Entry(models.Model):
    """A line of the ledger; never changed, never deleted (frames/migrations/0002)."""

    class Kind(models.TextChoices):
        RESERVED = "reserved", _("reserved")
        COMMITTED = "committed", _("committed")
        USED = "used", _("used")
        RELEASED = "released", _("released")

    frame = models.ForeignKey(
        Frame, models.PROTECT, related_name="entries", verbose_name=_("frame")
    )
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    amount = models.DecimalField(_("amount, kr."), max_digits=12, decimal_places=2)
    of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name=_("continues"),
    )
    carried_from = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_to",
        verbose_name=_("carried over from"),
        help_text=_("The entry of the frame before, at its closing."),
    )
    account_function = models.CharField(_("account function"), max_length=10)
    posted_on = models.DateField(_("posted"))
    text = models.CharField(
        _("text"), max_length=160, help_text=_("What it is for; no name, no CPR number.")
    )
    made_at = models.DateTimeField(_("recorded"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("entry of the ledger")
        verbose_name_plural = _("entries of the ledger")
        ordering = ["frame", "made_at", "pk"]
        indexes = [models.Index(name="entry_of_frame", fields=["frame", "made_at"])]
        constraints = [
            models.CheckConstraint(name="an_entry_is_money", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="entry_kind_is_known",
                condition=Q(kind__in=["reserved", "committed", "used", "released"]),
            ),
            models.CheckConstraint(
                name="only_money_that_was_bound_is_released",
                condition=~Q(kind="released") | Q(of__isnull=False),
            ),
            models.CheckConstraint(
                name="a_reservation_continues_nothing",
                condition=~Q(kind="reserved") | Q(of__isnull=True),
            ),
            models.CheckConstraint(
                name="what_is_carried_over_is_a_first_entry",
                condition=Q(carried_from__isnull=True)
                | Q(of__isnull=True, kind__in=["reserved", "committed"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"


class ShareWarning(models.Model):
    """People were warned that a frame is taken up to some per cent of what was granted then."""

    frame = models.ForeignKey(
        Frame, models.PROTECT, related_name="warnings", verbose_name=_("frame")
    )
    percent = models.PositiveSmallIntegerField(_("per cent"))
    granted = models.DecimalField(_("granted, kr."), max_digits=12, decimal_places=2)
    warned_at = models.DateTimeField(_("warned"))

    class Meta:
        verbose_name = _("warning of a frame")
        verbose_name_plural = _("warnings of frames")
        ordering = ["frame", "warned_at", "percent"]
        constraints = [
            models.UniqueConstraint(
                name="of_a_share_is_warned_once", fields=["frame", "percent", "granted"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent} %"
