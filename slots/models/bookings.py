"""Who sits in a slot, and who is about to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models import Course
from meetings.models import Meeting
from slots.models.slots import Slot


class SlotBooking(models.Model):
    """An interview in a seat of a slot.

    `is_live` repeats the interview: triggers free the seat when it is cancelled or moved away, and
    refuse a seat beyond the slot's, another time than the slot's, and strangers to the slot.
    """

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="bookings", verbose_name=_("slot"))
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="slot_bookings", verbose_name=_("interview")
    )
    seat = models.PositiveSmallIntegerField(_("seat"), default=1)
    is_live = models.BooleanField(default=True, editable=False)

    class Meta:
        verbose_name = _("booking of a slot")
        verbose_name_plural = _("bookings of slots")
        constraints = [
            models.UniqueConstraint(
                name="a_seat_is_taken_once",
                fields=["slot", "seat"],
                condition=Q(is_live=True),
                violation_error_message=_("This time has just been taken."),
            ),
            models.UniqueConstraint(
                name="an_interview_sits_in_one_slot",
                fields=["meeting"],
                condition=Q(is_live=True),
            ),
            models.CheckConstraint(name="seats_count_from_one", condition=Q(seat__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.slot} ({self.seat})"


class Hold(models.Model):
    """A seat kept for somebody who is deciding; it lapses by itself."""

    slot = models.ForeignKey(Slot, models.CASCADE, related_name="holds", verbose_name=_("slot"))
    seat = models.PositiveSmallIntegerField(_("seat"), default=1)
    course = models.ForeignKey(
        Course, models.CASCADE, related_name="+", verbose_name=_("contact course")
    )
    user = models.ForeignKey(
        User, models.CASCADE, null=True, related_name="+", verbose_name=_("held by")
    )
    until = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("held time")
        verbose_name_plural = _("held times")
        constraints = [
            models.UniqueConstraint(name="a_seat_is_held_once", fields=["slot", "seat"]),
            models.UniqueConstraint(name="a_course_holds_one_time", fields=["course"]),
        ]

    def __str__(self) -> str:
        return f"{self.slot} ({self.seat})"
