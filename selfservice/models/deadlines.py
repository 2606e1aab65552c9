"""By when a citizen is to book the time of an interview."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models import Course, Duty, Party
from courses.models.citizens import visible_courses
from letters.models import Letter
from meetings.models import Meeting
from shared.written import plain_day


class BookingDeadlineQuerySet(models.QuerySet["BookingDeadline"]):
    """Deadlines, narrowed."""

    def visible_to(self, user: User, *, on: date | None = None) -> Self:
        """Those of citizens one may read."""
        return self.filter(visible_courses(user, on=on, path="course__"))

    def open(self) -> Self:
        """Not settled yet: neither met nor missed, as far as anybody has looked."""
        return self.filter(outcome="")

    def flagged(self) -> Self:
        """Missed, with the interview still owed and no time booked for it since."""
        booked = Meeting.objects.booked().filter(duty=OuterRef("duty"))
        missed = self.filter(outcome=BookingDeadline.Outcome.MISSED)
        return missed.filter(duty__outcome=Duty.Outcome.PENDING).exclude(Exists(booked))

    def for_page(self) -> Self:
        return self.select_related("course__citizen", "duty", "set_by")


class BookingDeadline(models.Model):
    """One deadline; what follows a missed one is for people to do (R15-13, R24-09)."""

    class Outcome(models.TextChoices):
        MET = "met", _("booked in time")
        CLOSED = "closed", _("closed")
        MISSED = "missed", _("not booked in time")

    class Reason(models.TextChoices):
        EXEMPT = "56", _("exempted from the duty to book (56)")
        DEPRIVED = "57", _("deprived of the right to book (57)")
        A_KASSE = "75", _("the contact course is with the a-kasse (75)")
        MISTAKE = "mistake", _("set by mistake")

    course = models.ForeignKey(
        Course, models.PROTECT, related_name="booking_deadlines", verbose_name=_("contact course")
    )
    duty = models.ForeignKey(
        Duty, models.PROTECT, related_name="booking_deadlines", verbose_name=_("duty")
    )
    held_by = models.CharField(_("held by"), max_length=9, choices=Party)
    book_by = models.DateField(_("book by"))
    set_on = models.DateField(_("set"))
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("set by"))
    reminded_on = models.DateField(_("reminded"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=6, choices=Outcome, blank=True)
    settled_on = models.DateField(_("settled"), null=True, blank=True)
    reason = models.CharField(_("why closed"), max_length=7, choices=Reason, blank=True)
    letters = models.ManyToManyField(
        Letter, related_name="booking_deadlines", blank=True, verbose_name=_("letters")
    )

    objects = BookingDeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("deadline for booking")
        verbose_name_plural = _("deadlines for booking")
        ordering = ["-set_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_deadline_a_duty", fields=["duty"], condition=Q(outcome="")
            ),
            models.CheckConstraint(
                name="a_deadline_lies_after_the_day_it_is_set",
                condition=Q(book_by__gt=models.F("set_on")),
            ),
            models.CheckConstraint(
                name="exactly_settled_deadlines_say_since_when",
                condition=Q(outcome="", settled_on=None)
                | Q(outcome__in=["met", "closed", "missed"], settled_on__isnull=False),
            ),
            models.CheckConstraint(
                name="exactly_closed_deadlines_say_why",
                condition=Q(outcome="closed", reason__in=["56", "57", "75", "mistake"])
                | (~Q(outcome="closed") & Q(reason="")),
            ),
        ]
        indexes = [
            models.Index(name="deadlines_that_run", fields=["book_by"], condition=Q(outcome="")),
        ]

    def __str__(self) -> str:
        return plain_day(self.book_by)
