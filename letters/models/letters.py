"""Letters: each waits ten minutes, goes one way, and keeps the very PDF that went."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models import Course
from courses.models.citizens import visible_courses
from courses.models.letter_words import LetterChannel, LetterKind
from letters.models.sending import PrintBatch
from letters.models.texts import LANGUAGES, LetterText
from partnerships.access import reach_of
from partnerships.models import Organisation

# On paper, in the house: waiting to be put into a batch, and in one that is being printed.
IN_THE_QUEUE = Q(state="to_print", batch=None)
AT_THE_PRINTER = Q(state="to_print", batch__isnull=False)


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters, narrowed."""

    def visible_to(self, user: User) -> Self:
        """Letters of courses the user may read; an a-kasse's up to the last day of membership."""
        rows = self.filter(visible_courses(user, path="course__"))
        if not reach_of(user).a_kasser:
            return rows
        return rows.filter(Q(course__ends_on=None) | Q(queued_at__date__lt=F("course__ends_on")))

    def waiting(self) -> Self:
        """In the outbox."""
        return self.filter(state=Letter.State.WAITING)

    def here(self) -> Self:
        """Not out of the house yet, so that they can be taken back: also those on paper."""
        return self.filter(Q(state=Letter.State.WAITING) | IN_THE_QUEUE)

    def gone(self) -> Self:
        """On their way, or with the citizen: what they say must be told anew to be undone."""
        out = [Letter.State.SENDING, Letter.State.SENT]
        return self.filter(Q(state__in=out) | AT_THE_PRINTER)

    def not_gone_yet(self) -> Self:
        """Those that wait: in the outbox, for the printer, or at it."""
        return self.filter(state__in=[Letter.State.WAITING, Letter.State.TO_PRINT])

    def failed(self) -> Self:
        """Never sent, not tried again since, and still of use to the citizen."""
        return self.filter(state=Letter.State.FAILED, again=None).exclude(outdated())

    def outdated(self) -> Self:
        """Those that call to an interview which is settled, or told of anew since."""
        return self.filter(outdated())

    def sent(self) -> Self:
        return self.filter(state=Letter.State.SENT)

    def to_print(self) -> Self:
        """In the printer's queue, in no batch yet."""
        return self.filter(IN_THE_QUEUE)

    def of_sender(self, *organisations: int) -> Self:
        return self.filter(sender__in=organisations)

    def queued_by_user(self, user: User) -> Self:
        return self.filter(queued_by=user)

    def due(self, *, at: datetime) -> Self:
        """What has waited long enough."""
        return self.waiting().filter(send_after__lte=at).order_by("send_after", "pk")

    def stuck(self, *, before: datetime) -> Self:
        """Taken up and never finished."""
        return self.filter(state=Letter.State.SENDING, taken_up_at__lt=before).order_by("pk")

    def for_list(self) -> Self:
        return self.select_related(
            "course__citizen",
            "course__a_kasse",
            "course__jobcentre",
            "sender",
            "queued_by",
            "batch",
        )


class Letter(models.Model):
    """One letter to the citizen of a course. `letters.actions` and the outbox job write it.

    `content` is what it says, filled in when it was queued; `key` names it to the outside, so
    that a channel can tell a second delivery from a second letter.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        TO_PRINT = "to_print", _("waits for the printer")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not sent")
        TAKEN_BACK = "taken_back", _("taken back")

    class Failure(models.TextChoices):
        NO_ADDRESS = "no_address", _("The citizen has no e-mail address here.")
        NO_PRINT = (
            "no_print",
            _("The citizen is exempt from Digital Post, and the sender prints no letters."),
        )
        NO_SENDER = "no_sender", _("The sender has no CVR number for Digital Post here.")
        REFUSED = "refused", _("The receiving system refused the letter.")
        UNREACHABLE = "unreachable", _("The receiving system did not answer.")
        INTERRUPTED = (
            "interrupted",
            _("The sending broke off, so it is not known whether the letter left."),
        )
        UNREADABLE = "unreadable", _("The letter could not be written.")

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(
        Course, models.PROTECT, related_name="letters", verbose_name=_("contact course")
    )
    sender = models.ForeignKey(
        Organisation, models.PROTECT, related_name="letters", verbose_name=_("sender")
    )
    kind = models.CharField(_("letter"), max_length=12, choices=LetterKind)
    channel = models.CharField(_("goes by"), max_length=12, choices=LetterChannel)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    text = models.ForeignKey(
        LetterText,
        models.PROTECT,
        related_name="letters",
        verbose_name=_("written from"),
    )
    content = models.JSONField(_("what it says"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    queued_at = models.DateTimeField(_("queued"))
    queued_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("queued by")
    )
    send_after = models.DateTimeField(_("to be sent after"))
    taken_up_at = models.DateTimeField(_("taken up"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    arrived_at = models.DateTimeField(
        _("arrived"),
        null=True,
        blank=True,
        help_text=_("When it lay in the citizen's mailbox; empty when nobody can know."),
    )
    failure = models.CharField(_("why not sent"), max_length=12, choices=Failure, blank=True)
    failed_at = models.DateTimeField(_("failed"), null=True, blank=True)
    instead_of = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="again",
        verbose_name=_("sent again for"),
    )
    batch = models.ForeignKey(
        PrintBatch,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("batch"),
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-queued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="letter_state_is_known",
                condition=Q(
                    state__in=["waiting", "sending", "to_print", "sent", "failed", "taken_back"]
                ),
            ),
            models.CheckConstraint(
                name="exactly_failed_letters_say_why",
                condition=(Q(state="failed") & ~Q(failure=""))
                | (~Q(state="failed") & Q(failure="")),
            ),
            models.CheckConstraint(
                name="exactly_sent_letters_have_a_moment",
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
            ),
            models.CheckConstraint(
                name="only_a_sent_letter_arrives",
                condition=Q(arrived_at=None) | Q(state="sent"),
            ),
            models.CheckConstraint(
                name="only_letters_for_the_printer_are_in_a_batch",
                condition=Q(batch=None) | Q(channel="print"),
            ),
            models.CheckConstraint(
                name="only_paper_waits_for_the_printer",
                condition=~Q(state="to_print") | Q(channel="print"),
            ),
        ]
        indexes = [
            models.Index(
                name="letters_in_the_outbox",
                fields=["send_after"],
                condition=Q(state__in=["waiting", "sending"]),
            ),
            models.Index(name="letters_of_a_course", fields=["course", "-queued_at"]),
            models.Index(name="letters_not_sent", fields=["sender"], condition=Q(state="failed")),
            models.Index(
                name="letters_to_print",
                fields=["sender"],
                condition=Q(state="to_print", batch=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.queued_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """The page of the letter; nothing personal stands in the address."""
        return reverse("letters:letter", args=[self.pk])

    @property
    def is_here(self) -> bool:
        """Whether it has not left the house, so that it can be taken back."""
        in_queue = self.state == self.State.TO_PRINT and self.batch_id is None
        return in_queue or self.state == self.State.WAITING

    @property
    def subject(self) -> str:
        """What a mailbox shows: a case number and a sender, and nothing about the person."""
        return str(self.content["title"])


def outdated() -> Q:
    """What calls to an interview that is settled, or tells of what was told anew since.

    Interviews lie above; the names of their columns are all that is known of them here.
    """
    calls = [LetterKind.SUMMONS, LetterKind.CHANGE]
    over = ["held", "no_show", "cancelled"]
    settled = Letter.objects.filter(pk=OuterRef("pk"), meetings__state__in=over)
    newer = Letter.objects.filter(
        meetings__letters=OuterRef("pk"),
        kind__in=[*calls, LetterKind.CANCELLATION],
        queued_at__gt=OuterRef("queued_at"),
    ).exclude(state=Letter.State.TAKEN_BACK)
    later = Letter.objects.filter(
        course=OuterRef("course"), kind=LetterKind.HANDOVER, queued_at__gt=OuterRef("queued_at")
    ).exclude(state=Letter.State.TAKEN_BACK)
    of_interviews = Q(kind__in=calls) & (Q(Exists(settled)) | Q(Exists(newer)))
    return of_interviews | (Q(kind=LetterKind.HANDOVER) & Q(Exists(later)))


class LetterPdf(models.Model):
    """The very bytes that went out, kept as proof; apart, so that lists do not read them."""

    letter = models.OneToOneField(
        Letter, models.CASCADE, primary_key=True, related_name="pdf", verbose_name=_("letter")
    )
    content = models.BinaryField()

    class Meta:
        verbose_name = _("PDF of a letter")
        verbose_name_plural = _("PDFs of letters")

    def __str__(self) -> str:
        return str(self.pk)
