"""The texts that letters are written from, version by version."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.models import MeetingKind
from courses.models.letter_words import LetterKind
from partnerships.models import Agreement, Organisation

GROUP = "group"  # an information meeting or a workshop, beside the kinds of interview
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
SENDERS = [
    (Organisation.Kind.A_KASSE.value, _("a-kasse")),
    (Organisation.Kind.JOBCENTRE.value, _("jobcentre")),
]
PLACE = ("kind", "sender", "meeting_kind", "agreement_id", "language")


class LetterTextQuerySet(models.QuerySet["LetterText"]):
    """Texts, narrowed."""

    def newest(self) -> Self:
        """The version that counts of each text."""
        last = self.model.objects.order_by(*PLACE, "-version").distinct(*PLACE)
        return self.filter(pk__in=last.values("pk"))

    def beside(self, text: "LetterText") -> Self:
        """All versions of the same text."""
        return self.filter(**{name: getattr(text, name) for name in PLACE})

    def fitting(self, text: "LetterText") -> Self:
        """What such a letter could be written from, the most specific first.

        Agreement and kind of interview together, then agreement, kind of interview, neither;
        at each step what one sort of sender has of its own comes first.
        """
        rows = self.newest().filter(
            Q(agreement=text.agreement_id) | Q(agreement=None),
            kind=text.kind,
            language=text.language,
            sender__in=[text.sender, ""],
            meeting_kind__in=[text.meeting_kind, ""],
            in_use=True,
        )
        agreed = F("agreement").asc(nulls_last=True)
        return rows.order_by(agreed, "-meeting_kind", "-sender")


class LetterText(models.Model):
    """One version of a text; the newest counts, and none is ever changed."""

    kind = models.CharField(_("letter"), max_length=12, choices=LetterKind)
    sender = models.CharField(
        _("sender"),
        max_length=9,
        choices=SENDERS,
        blank=True,
        help_text=_("A-kasser and jobcentres write under different rules; empty means either."),
    )
    meeting_kind = models.CharField(
        _("interview"),
        max_length=12,
        choices=[*MeetingKind.choices, (GROUP, _("group meeting"))],
        blank=True,
        help_text=_("Empty means every kind of interview."),
    )
    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="letter_texts",
        verbose_name=_("agreement"),
        help_text=_("Empty means wherever no agreement has a text of its own."),
    )
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    version = models.PositiveSmallIntegerField(_("version"))
    subject = models.CharField(_("subject"), max_length=120)
    heading = models.CharField(_("heading"), max_length=120)
    body = models.TextField(_("text"))
    in_use = models.BooleanField(
        _("in use"),
        default=True,
        help_text=_("Without the tick, letters are written from the more general text again."),
    )
    written_at = models.DateTimeField(_("written"), auto_now_add=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("written by"),
        help_text=_("Empty for the texts that the system came with."),
    )

    objects = LetterTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a letter")
        verbose_name_plural = _("texts of letters")
        ordering = ["kind", "sender", "meeting_kind", "agreement", "language", "-version"]
        constraints = [
            models.UniqueConstraint(
                name="each_version_of_a_letter_text_is_written_once",
                fields=["kind", "sender", "meeting_kind", "agreement", "language", "version"],
                nulls_distinct=False,
                violation_error_message=_("Somebody else has just written a new version."),
            ),
            models.CheckConstraint(
                name="letter_text_kind_is_known", condition=Q(kind__in=LetterKind.values)
            ),
            models.CheckConstraint(
                name="letter_text_language_is_known", condition=Q(language__in=["da", "en"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.language} {self.version}"

    def get_absolute_url(self) -> str:
        """The page of the text."""
        return reverse("letters:text", args=[self.pk])
