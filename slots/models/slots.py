"""Slots: stored times that can be reserved by an a-kasse and booked."""

from datetime import date, datetime
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models import MeetingForm
from meetings.models import Room
from partnerships.access import reach_of
from partnerships.models import Organisation
from shared.dates import MomentSpan, Same
from slots.models.pools import Pool

OPEN = Q(state="open")


class SlotQuerySet(models.QuerySet["Slot"]):
    """Slots, narrowed."""

    def visible_to(self, user: User) -> Self:
        """Those of pools one may see; a slot says nothing of who sits in it."""
        return self.filter(pool__in=Pool.objects.visible_to(user))

    def open(self) -> Self:
        return self.filter(OPEN)

    def between(self, starts_at: datetime, ends_at: datetime) -> Self:
        return self.filter(starts_at__gte=starts_at, starts_at__lt=ends_at)

    def usable_by(self, a_kasse: int) -> Self:
        """Slots that members of an a-kasse may be booked into.

        Shared times are anybody's of the pool until reserved; times to reserve are for who
        has reserved them, and once they were released unused, anybody's of the pool.
        """
        named = Q(pool__a_kasser=a_kasse)
        nobody = ~Q(pool__in=Pool.a_kasser.through.objects.values("pool"))
        theirs = Q(a_kasse=a_kasse)
        unclaimed = Q(pool__model=Pool.Model.SHARED) | Exists(self._unused())
        unreserved = Q(a_kasse=None) & unclaimed
        return self.open().filter(theirs | (unreserved & (named | nobody))).distinct()

    def with_release(self) -> Self:
        """With `is_released`: whether an a-kasse let the time go unused, so that anybody may."""
        return self.annotate(is_released=Exists(self._unused()))

    @staticmethod
    def _unused() -> models.QuerySet["Reservation"]:
        return Reservation.objects.filter(
            slot=OuterRef("pk"), released_why=Reservation.Released.UNUSED
        )

    def for_list(self) -> Self:
        return self.select_related("pool", "jobcentre", "room", "a_kasse", "worker", "guest")


class Slot(models.Model):
    """One time of a pool, stored: where, for how many, who has reserved it, who holds it.

    The database forbids two open slots at once in one room or with one worker, more bookings than
    seats, and a booking of another jobcentre or a-kasse than the slot's (migration 0002).
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("withdrawn")

    pool = models.ForeignKey(
        Pool, models.PROTECT, related_name="slots", verbose_name=_("pool of times")
    )
    jobcentre = models.ForeignKey(
        Organisation, models.PROTECT, related_name="slots", verbose_name=_("jobcentre")
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="slots", verbose_name=_("room")
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    form = models.CharField(_("form"), max_length=9, choices=MeetingForm)
    seats = models.PositiveSmallIntegerField(_("seats"), default=1)
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.OPEN)
    a_kasse = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reserved_slots",
        verbose_name=_("reserved by"),
    )
    worker = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="slots_as_host",
        verbose_name=_("jobcentre's worker"),
    )
    guest = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="slots_as_guest",
        verbose_name=_("a-kasse's worker"),
    )
    release_on = models.DateField(
        _("released on"), null=True, blank=True, help_text=_("When unused. Empty: never.")
    )

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="slot_state_is_known", condition=Q(state__in=["open", "closed"])
            ),
            models.CheckConstraint(
                name="slot_takes_time",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("A slot must end after it starts."),
            ),
            models.CheckConstraint(
                name="slot_has_seats",
                condition=Q(seats=1) | Q(seats__gt=1, room=None, worker=None, guest=None),
                violation_error_message=_("One room and one worker have one interview at a time."),
            ),
            models.CheckConstraint(
                name="a_guest_sits_in_a_reserved_slot",
                condition=Q(guest=None) | Q(a_kasse__isnull=False),
                violation_error_message=_("Reserve the slot before you staff it."),
            ),
            *(
                ExclusionConstraint(
                    name=name,
                    expressions=[
                        (Same(f"{who}_id"), RangeOperators.OVERLAPS),
                        (MomentSpan("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                    ],
                    condition=OPEN & Q(**{f"{who}__isnull": False}),
                    violation_error_message=message,
                )
                for who, name, message in [
                    ("room", "a_room_is_in_one_slot_at_a_time", _("The room has another slot.")),
                    (
                        "worker",
                        "a_worker_is_in_one_slot_at_a_time",
                        _("The jobcentre's worker has another slot at this time."),
                    ),
                    (
                        "guest",
                        "a_guest_is_in_one_slot_at_a_time",
                        _("The a-kasse's worker has another slot at this time."),
                    ),
                ]
            ),
        ]
        indexes = [
            models.Index(
                name="open_slots_of_a_jobcentre",
                fields=["jobcentre", "starts_at"],
                condition=OPEN,
            ),
            models.Index(name="slots_of_an_a_kasse", fields=["a_kasse", "starts_at"]),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.starts_at):%Y-%m-%d %H:%M} {self.room or self.place}"

    @property
    def day(self) -> date:
        """The day in Denmark."""
        return timezone.localdate(self.starts_at)


class ReservationQuerySet(models.QuerySet["Reservation"]):
    """Reservations, narrowed."""

    def visible_to(self, user: User) -> Self:
        """Those of one's own organisations, on either side."""
        houses = reach_of(user).organisations
        return self.filter(Q(a_kasse__in=houses) | Q(slot__jobcentre__in=houses))

    def standing(self) -> Self:
        return self.filter(released_at=None)


class Reservation(models.Model):
    """That an a-kasse had a slot from a moment until it was released: the history."""

    class Released(models.TextChoices):
        BY_A_KASSE = "by_a_kasse", _("given back")
        UNUSED = "unused", _("released: not used in time")
        CLOSED = "closed", _("the time was withdrawn")

    slot = models.ForeignKey(
        Slot, models.CASCADE, related_name="reservations", verbose_name=_("slot")
    )
    a_kasse = models.ForeignKey(
        Organisation, models.PROTECT, related_name="reservations", verbose_name=_("a-kasse")
    )
    reserved_at = models.DateTimeField(_("reserved"))
    reserved_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("reserved by")
    )
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    released_why = models.CharField(_("why"), max_length=10, choices=Released, blank=True)

    objects = ReservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        ordering = ["reserved_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_slot_is_reserved_once_at_a_time",
                fields=["slot"],
                condition=Q(released_at=None),
            ),
            models.CheckConstraint(
                name="exactly_released_reservations_say_why",
                condition=(Q(released_at=None) & Q(released_why=""))
                | (Q(released_at__isnull=False) & ~Q(released_why="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.a_kasse}: {self.slot}"
