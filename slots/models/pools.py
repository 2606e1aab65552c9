"""Pools: what a jobcentre publishes as a series of times, with its exceptions."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models import MeetingForm, MeetingKind
from meetings.models import GroupMeeting, Room
from partnerships.access import reach_of
from partnerships.models import Agreement, Organisation


class PoolQuerySet(models.QuerySet["Pool"]):
    """Pools, narrowed."""

    def visible_to(self, user: User) -> Self:
        """One's own jobcentre's, and what is open to one's a-kasse; no citizens are in them."""
        reach = reach_of(user)
        mine = Q(jobcentre__in=reach.organisations)
        a_kasser = [one for one in reach.organisations if one.kind == Organisation.Kind.A_KASSE]
        if not a_kasser:
            return self.filter(mine)
        shared = Q(is_published=True) & (Q(a_kasser=None) | Q(a_kasser__in=a_kasser))
        return self.filter(pk__in=Pool.objects.filter(mine | shared).values("pk"))

    def published(self) -> Self:
        return self.filter(is_published=True)


class Pool(models.Model):
    """A series of times that a jobcentre opens: where, how long, for whom, and how it repeats.

    `slots.actions.pools` makes the rows of `Slot` from it; a slot, once made, is a fact of its own.
    """

    class Model(models.TextChoices):
        SHARED = "shared", _("shared times")  # any a-kasse of the pool may book at once
        CLAIMED = "claimed", _("times to reserve")  # the host opens, a guest reserves and books

    class Purpose(models.TextChoices):
        INTERVIEWS = "interviews", _("interviews")
        POOL_DAY = "pool_day", _("pool day")  # back to back, for a visiting colleague
        STATIONING = "stationing", _("stationing")  # a jobcentre worker at the a-kasse
        TALKS = "talks", _("talks of a group meeting")

    class Repeats(models.TextChoices):
        ONCE = "once", _("once")
        WEEKLY = "weekly", _("every week")
        FORTNIGHTLY = "fortnightly", _("every other week")
        MONTHLY = "monthly", _("every month, same weekday")

    jobcentre = models.ForeignKey(
        Organisation, models.PROTECT, related_name="pools", verbose_name=_("jobcentre")
    )
    name = models.CharField(_("name"), max_length=80)
    model = models.CharField(_("model"), max_length=7, choices=Model, default=Model.SHARED)
    purpose = models.CharField(
        _("what for"), max_length=10, choices=Purpose, default=Purpose.INTERVIEWS
    )
    kind = models.CharField(
        _("interview"), max_length=12, choices=MeetingKind, default=MeetingKind.JOINT
    )
    a_kasser = models.ManyToManyField(
        Organisation,
        blank=True,
        related_name="pools_open_to",
        verbose_name=_("a-kasser"),
        help_text=_("Empty: open to all."),
    )
    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pools",
        verbose_name=_("agreement"),
        help_text=_("Says how long before the day an unused reservation is released."),
    )
    at_a_kasse = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("held at the a-kasse"),
        help_text=_("Where a jobcentre worker is stationed."),
    )
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="pools", verbose_name=_("room")
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    form = models.CharField(
        _("form"), max_length=9, choices=MeetingForm, default=MeetingForm.IN_PERSON
    )
    group = models.ForeignKey(
        GroupMeeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pools",
        verbose_name=_("group meeting"),
        help_text=_("Whose individual talks these are."),
    )
    worker = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("jobcentre's worker"),
        help_text=_("Empty: the citizen's own caseworker, or whoever is free."),
    )
    minutes = models.PositiveSmallIntegerField(_("minutes each"), default=45)
    pause_minutes = models.PositiveSmallIntegerField(_("minutes between"), default=0)
    seats = models.PositiveSmallIntegerField(
        _("interviews at a time"),
        default=1,
        help_text=_("More than one needs as many rooms: leave the room empty, write the place."),
    )
    starts = models.TimeField(_("first time"))
    ends = models.TimeField(_("last time ends by"))
    lunch_starts = models.TimeField(_("break from"), null=True, blank=True)
    lunch_ends = models.TimeField(_("break to"), null=True, blank=True)
    repeats = models.CharField(_("repeats"), max_length=11, choices=Repeats, default=Repeats.WEEKLY)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("day after the last"))
    is_published = models.BooleanField(_("published"), default=False)
    made_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = PoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("pool of times")
        verbose_name_plural = _("pools of times")
        ordering = ["jobcentre", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="pool_has_days",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("The last day must not come before the first."),
            ),
            models.CheckConstraint(
                name="pool_has_hours",
                condition=Q(ends__gt=F("starts")),
                violation_error_message=_("The times must end after they start."),
            ),
            models.CheckConstraint(
                name="pool_has_seats",
                condition=Q(seats=1) | Q(seats__gt=1, room=None, worker=None),
                violation_error_message=_("One room and one worker have one interview at a time."),
            ),
            models.CheckConstraint(
                name="pool_interviews_take_time",
                condition=Q(minutes__gte=5, minutes__lte=480),
                violation_error_message=_("An interview takes from 5 minutes to 8 hours."),
            ),
            models.CheckConstraint(
                name="pool_words_are_known",
                condition=Q(model__in=["shared", "claimed"])
                & Q(purpose__in=["interviews", "pool_day", "stationing", "talks"])
                & Q(repeats__in=["once", "weekly", "fortnightly", "monthly"]),
            ),
            models.CheckConstraint(
                name="exactly_talks_belong_to_a_group_meeting",
                condition=Q(purpose="talks", group__isnull=False)
                | (~Q(purpose="talks") & Q(group=None)),
            ),
            models.CheckConstraint(
                name="exactly_stationing_is_at_an_a_kasse",
                condition=Q(purpose="stationing", at_a_kasse__isnull=False)
                | (~Q(purpose="stationing") & Q(at_a_kasse=None)),
                violation_error_message=_("Choose the a-kasse for a stationing, and only then."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PoolException(models.Model):
    """A day on which a series is not held."""

    pool = models.ForeignKey(
        Pool, models.CASCADE, related_name="exceptions", verbose_name=_("pool of times")
    )
    day = models.DateField(_("day"))
    reason = models.CharField(_("why"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("day without times")
        verbose_name_plural = _("days without times")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(name="a_day_is_left_out_once", fields=["pool", "day"]),
        ]

    def __str__(self) -> str:
        return str(self.day)
