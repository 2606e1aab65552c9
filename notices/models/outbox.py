"""The outbox: mail that waits for its hour, was sent, or could not be."""

from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class MailQuerySet(models.QuerySet["Mail"]):
    """Mail, narrowed."""

    def waiting(self) -> Self:
        return self.filter(state=Mail.State.WAITING)

    def ready(self, *, at: datetime) -> Self:
        """What may be tried now, oldest first."""
        return self.waiting().filter(next_at__lte=at).order_by("next_at", "pk")

    def of_day(self, day: date, kind: str) -> Self:
        """The digests of a kind that tell of a day."""
        return self.filter(kind=kind, for_day=day)


class Mail(models.Model):
    """One mail to one of our own people: no name, no CPR number, a case number and a link at most.

    Whoever sits in a forum without an account has an `address` instead, forgotten once it is sent.

    `message_id` is decided when the mail is queued, so that the same is never queued twice, and
    each goes to the mail server at most once (`notices.sending`). `hours_from` and `hours_until`
    are the hours of the day that the party had set when it was queued.
    """

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("invitation")
        DAILY = "daily", _("daily mail")
        WEEKLY = "weekly", _("weekly mail")
        FORUM = "forum", _("meeting of a forum")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    message_id = models.CharField(_("message id"), max_length=200, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="mails",
        verbose_name=_("to"),
    )
    address = models.EmailField(_("address without an account"), blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    for_day = models.DateField(_("tells of"), null=True, blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    calendar = models.TextField(_("calendar part"), blank=True)
    calendar_method = models.CharField(_("calendar method"), max_length=10, blank=True)
    hours_from = models.PositiveSmallIntegerField(_("from the hour"), default=0)
    hours_until = models.PositiveSmallIntegerField(_("until the hour"), default=24)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WAITING)
    queued_at = models.DateTimeField(_("queued"))
    next_at = models.DateTimeField(_("next try"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    failure = models.CharField(_("why not"), max_length=300, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-queued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="mail_state_is_known",
                condition=Q(state__in=["waiting", "sending", "sent", "failed"]),
            ),
            models.CheckConstraint(
                name="exactly_sent_mail_has_a_moment",
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
            ),
            models.CheckConstraint(
                name="mail_has_its_hours",
                condition=Q(hours_until__gt=F("hours_from"), hours_until__lte=24),
            ),
            models.CheckConstraint(
                name="mail_goes_to_somebody",
                condition=Q(user__isnull=False) | ~Q(address="") | Q(state="sent"),
            ),
        ]
        indexes = [
            models.Index(name="mail_to_send", fields=["next_at"], condition=Q(state="waiting")),
            models.Index(name="mail_being_sent", fields=["next_at"], condition=Q(state="sending")),
            models.Index(name="digests_of_a_day", fields=["kind", "for_day"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"

    @property
    def to(self) -> str:
        """Where it goes; nowhere for a person who no longer works here."""
        if self.user is None:
            return self.address
        return self.user.email if self.user.is_active else ""
