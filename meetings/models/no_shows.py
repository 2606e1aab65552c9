"""What is known of a no-show, and what the a-kasse was told of it.

Somebody did not come to an interview, or to a group meeting to which attendance was mandatory.
"""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models import Course
from courses.models.citizens import visible_courses
from meetings.models.groups import Enrolment
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
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="no_show",
        verbose_name=_("interview"),
    )
    enrolment = models.OneToOneField(
        Enrolment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="no_show",
        verbose_name=_("enrolment"),
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
                name="a_no_show_is_of_one_meeting",
                condition=Q(meeting__isnull=False, enrolment=None)
                | Q(meeting=None, enrolment__isnull=False),
            ),
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
        return str(self.meeting or self.enrolment)


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Notifications, narrowed."""

    def visible_to(self, user: User, *, on: date | None = None) -> Self:
        """Notifications of courses the user may read; a former a-kasse has those it was sent."""
        return self.filter(
            visible_courses(user, on=on, path="course__"),
            *before_membership_ended(user, "sent_at", path="course__"),
        )

    def for_page(self) -> Self:
        return self.select_related(
            "course__citizen", "course__a_kasse", "course__jobcentre", "meeting",
            "enrolment__group", "a_kasse", "sent_by", "answered_by", "withdrawn_by",
        )  # fmt: skip

    def unanswered(self) -> Self:
        return self.filter(answered_at=None, withdrawn_at=None)

    def awaiting(self, *, on: date) -> Self:
        """Those that the a-kasse may still answer: it has the member."""
        return self.unanswered().filter(Q(course__ends_on=None) | Q(course__ends_on__gt=on))


class Notification(models.Model):
    """A notifiable event sent to the a-kasse, with its evidence, and the a-kasse's answer.

    Nothing here decides on benefit: the answer's code is kept as the a-kasse gives it.
    """

    course = models.ForeignKey(
        Course, models.PROTECT, related_name="notifications", verbose_name=_("contact course")
    )
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notifications",
        verbose_name=_("interview"),
    )
    enrolment = models.ForeignKey(
        Enrolment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notifications",
        verbose_name=_("enrolment"),
    )
    sender = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("sender")
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
            models.UniqueConstraint(
                name="one_notification_of_an_enrolment_stands",
                fields=["enrolment"],
                condition=Q(withdrawn_at=None),
                violation_error_message=_("The a-kasse has already been notified."),
            ),
            models.CheckConstraint(
                name="a_notification_is_of_one_meeting",
                condition=Q(meeting__isnull=False, enrolment=None)
                | Q(meeting=None, enrolment__isnull=False),
            ),
            models.CheckConstraint(
                name="an_answer_has_a_code",
                condition=Q(answered_at=None) | ~Q(answer_code=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting or self.enrolment)

    def get_absolute_url(self) -> str:
        """The page of the interview, or of the no-show at a group meeting."""
        about = self.meeting or self.enrolment
        return about.get_absolute_url() if about else ""

    @property
    def missed_at(self) -> datetime:
        """When the citizen was to come."""
        if self.enrolment:
            return self.enrolment.group.starts_at
        return self.meeting.starts_at if self.meeting else self.sent_at
