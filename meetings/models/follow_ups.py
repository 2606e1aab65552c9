"""What was agreed at an interview, and what one party asks the other before the next."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models import Party
from meetings.models.interviews import Meeting
from meetings.models.no_shows import Notification


class AgreedQuerySet(models.QuerySet["Agreed"]):
    """Agreements, narrowed."""

    def visible_to(self, user: User) -> Self:
        """Those of interviews that a person may read."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def carried_to(self, meeting: Meeting, *, until: date | None = None) -> Self:
        """What was agreed at the held interviews of a course before this one, the newest first.

        What a former a-kasse was never told of (`until`) is left out.
        """
        found = self.filter(
            meeting__course=meeting.course_id,
            meeting__state=Meeting.State.HELD,
            meeting__starts_at__lt=meeting.starts_at,
        )
        if until:
            found = found.filter(meeting__settled_at__date__lt=until)
        return found.select_related("meeting").order_by("-meeting__starts_at", "pk")


class Agreed(models.Model):
    """One thing that was agreed at an interview: who does what, by which day."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="agreements", verbose_name=_("interview")
    )
    who = models.CharField(_("who"), max_length=9, choices=Party)
    what = models.CharField(_("what"), max_length=300)
    by_day = models.DateField(_("by"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ticked by")
    )

    objects = AgreedQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement at an interview")
        verbose_name_plural = _("agreements at interviews")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="an_agreement_is_somebody_s_to_keep",
                condition=Q(who__in=["a_kasse", "jobcentre", "citizen"]),
            ),
            models.CheckConstraint(name="an_agreement_says_what", condition=~Q(what="")),
        ]

    def __str__(self) -> str:
        return self.what


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions, narrowed."""

    def visible_to(self, user: User) -> Self:
        """Those about interviews that a person may read."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def unanswered(self) -> Self:
        return self.filter(answered_at=None)


class Question(models.Model):
    """What one party asks the other before an interview, and the answer."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="questions", verbose_name=_("interview")
    )
    asked_by = models.CharField(
        _("asked by"),
        max_length=9,
        choices=[
            (Party.A_KASSE.value, Party.A_KASSE.label),
            (Party.JOBCENTRE.value, Party.JOBCENTRE.label),
        ],
    )
    text = models.CharField(_("question"), max_length=500)
    asker = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asker"))
    asked_at = models.DateTimeField(_("asked"))
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    answerer = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answerer")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question between the parties")
        verbose_name_plural = _("questions between the parties")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_question_is_asked_by_a_party",
                condition=Q(asked_by__in=["a_kasse", "jobcentre"]),
            ),
            models.CheckConstraint(
                name="an_answered_question_says_by_whom_and_when",
                condition=Q(answer="", answered_at=None, answerer=None)
                | (~Q(answer="") & Q(answered_at__isnull=False, answerer__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.text


def left_behind() -> dict[str, Exists]:
    """Whether an interview has what most have not, so that only those that have are asked for it.

    `Meeting.objects.annotate(**left_behind())`
    """
    own = {"meeting": OuterRef("pk")}
    seated = Meeting.objects.filter(slot_bookings__is_live=True)  # slots lie above
    return {
        "was_notified": Exists(Notification.objects.filter(**own)),
        "was_asked": Exists(Question.objects.filter(**own)),
        "is_in_slot": Exists(seated.filter(pk=OuterRef("pk"))),
    }
