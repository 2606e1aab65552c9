"""What a citizen stated by a link: not verified, and without effect until a worker confirms."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import ExpressionWrapper, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models.citizens import visible_courses
from meetings.models import CitizenLink, Meeting
from slots.models import Slot


class StatementQuerySet(models.QuerySet["Statement"]):
    """Statements, narrowed."""

    def visible_to(self, user: User, *, on: date | None = None) -> Self:
        """Those of citizens one may read."""
        return self.filter(visible_courses(user, on=on, path="meeting__course__"))

    def waiting(self, *, at: datetime) -> Self:
        """Nobody has answered them, and an answer is still of use.

        That somebody was ill matters after the interview too; a wish for another time ends when
        the interview gets one.
        """
        return self.filter(_waits(at))

    def marked(self, *, at: datetime) -> Self:
        """Each with `waits`: whether it waits for an answer."""
        return self.annotate(waits=ExpressionWrapper(_waits(at), models.BooleanField()))

    def for_answer(self) -> Self:
        return self.select_related(
            "meeting__course__citizen",
            "meeting__course__jobcentre",
            "meeting__course__a_kasse",
            "meeting__duty",
            "meeting__organisation",
            "meeting__room",
            "slot__pool",
            "slot__room",
        )


def _waits(at: datetime) -> Q:
    ahead = Q(meeting__state=Meeting.State.BOOKED, meeting__starts_at__gt=at)
    same_time = ~Q(kind=Statement.Kind.OTHER_TIME) | Q(about=F("meeting__starts_at"))
    was_ill = Q(kind=Statement.Kind.SICK) & ~Q(meeting__state=Meeting.State.CANCELLED)
    return (was_ill | (ahead & same_time)) & Q(answer="")


class Statement(models.Model):
    """One thing stated by link: sick, another time wanted, or whether the a-kasse takes part."""

    class Kind(models.TextChoices):
        SICK = "sick", _("says to be ill")
        OTHER_TIME = "other_time", _("asks for another time")
        WITHOUT = "without", _("does not want the other party to take part")
        TOGETHER = "together", _("wants the other party to take part")

    class Answer(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        REJECTED = "rejected", _("not confirmed")
        OVERTAKEN = "overtaken", _("overtaken")

    link = models.ForeignKey(
        CitizenLink, models.PROTECT, related_name="statements", verbose_name=_("link")
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="statements", verbose_name=_("interview")
    )
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    slot = models.ForeignKey(
        Slot,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("wanted slot"),
    )
    wanted_at = models.DateTimeField(_("wanted time"), null=True, blank=True)
    stated_at = models.DateTimeField(_("stated"))
    about = models.DateTimeField(_("time of the interview then"))
    answer = models.CharField(_("answer"), max_length=9, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("answered by")
    )
    why = models.CharField(_("why"), max_length=300, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement by link")
        verbose_name_plural = _("statements by link")
        ordering = ["-stated_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="statement_words_are_known",
                condition=Q(kind__in=["sick", "other_time", "without", "together"])
                & Q(answer__in=["", "confirmed", "rejected", "overtaken"]),
            ),
            models.CheckConstraint(
                name="exactly_answered_statements_say_when",
                condition=(Q(answer="") & Q(answered_at=None))
                | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
            models.UniqueConstraint(
                name="one_open_statement_of_a_kind",
                fields=["meeting", "kind"],
                condition=Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.get_kind_display()}"

    @property
    def day(self) -> date:
        """The day on which it was stated, in Denmark."""
        return timezone.localdate(self.stated_at)
