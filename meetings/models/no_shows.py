"""What is known of a no-show, and what the a-kasse was told of it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models.citizens import visible_courses
from meetings.models.interviews import Meeting, before_membership_ended
from partnerships.models import Organisation


class NoShow(models.Model):
    """What is known of a no-show: attempts at contact, and whether the absence was lawful."""

    class Lawful(models.TextChoices):
        AT_WORK = "at_work", _("at work")
        JOB_INTERVIEW = "job_interview", _("at a job interview")
        OFFER = "offer", _("in an offer")
        OTHER_MEETING = "other_meeting", _("at another meeting called by an authority")
        SICK = "sick", _("sick, reported before the interview")
        OTHER = "other", _("other lawful reason")
        NONE = "none", _("no lawful reason known")

    meeting = models.OneToOneField(
        Meeting, models.PROTECT, related_name="no_show", verbose_name=_("interview")
    )
    contact_attempts = models.TextField(_("attempts at contact"), blank=True)
    lawful_absence = models.CharField(_("lawful absence"), max_length=13, choices=Lawful)
    contact_again_at = models.DateTimeField(_("contact again"), null=True, blank=True)
    explanation = models.CharField(_("the citizen's explanation"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("no-show")
        verbose_name_plural = _("no-shows")
        constraints = [
            models.CheckConstraint(
                name="lawful_absence_is_known",
                condition=Q(
                    lawful_absence__in=[
                        "at_work",
                        "job_interview",
                        "offer",
                        "other_meeting",
                        "sick",
                        "other",
                        "none",
                    ]
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Notifications, narrowed."""

    def visible_to(self, user: User, *, on: date | None = None) -> Self:
        """Notifications of courses the user may read; a former a-kasse has those it was sent."""
        return self.filter(
            visible_courses(user, on=on, path="meeting__course__"),
            *before_membership_ended(user, "sent_at", path="meeting__course__"),
        )

    def for_page(self) -> Self:
        return self.select_related(
            "meeting__course__citizen", "meeting__course__a_kasse", "meeting__course__jobcentre",
            "a_kasse", "sent_by", "answered_by", "withdrawn_by",
        )  # fmt: skip

    def unanswered(self) -> Self:
        return self.filter(answered_at=None, withdrawn_at=None)

    def awaiting(self, *, on: date) -> Self:
        """Those that the a-kasse may still answer: it has the member."""
        ends_on = "meeting__course__ends_on"
        return self.unanswered().filter(Q(**{ends_on: None}) | Q(**{f"{ends_on}__gt": on}))


class Notification(models.Model):
    """A notifiable event sent to the a-kasse, with its evidence, and the a-kasse's answer.

    Nothing here decides on benefit: the answer's code is kept as the a-kasse gives it.
    """

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="notifications", verbose_name=_("interview")
    )
    a_kasse = models.ForeignKey(
        Organisation, models.PROTECT, related_name="notifications", verbose_name=_("a-kasse")
    )
    evidence = models.JSONField(_("evidence"), default=list)
    sent_at = models.DateTimeField(_("sent"))
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("sent by"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    withdrawn_reason = models.CharField(_("why withdrawn"), max_length=300, blank=True)
    answer_code = models.CharField(_("the a-kasse's code"), max_length=40, blank=True)
    answer = models.CharField(_("the a-kasse's answer"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification to the a-kasse")
        verbose_name_plural = _("notifications to a-kasser")
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(
                name="one_notification_of_an_interview_stands",
                fields=["meeting"],
                condition=Q(withdrawn_at=None),
                violation_error_message=_("The a-kasse has already been notified."),
            ),
            models.CheckConstraint(
                name="an_answer_has_a_code",
                condition=Q(answered_at=None) | ~Q(answer_code=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)
