"""How an organisation sends its letters, what waits for the printer, and when the outbox ran."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.letter_words import LetterChannel
from partnerships.models import Agreement, Organisation


class RouteQuerySet(models.QuerySet["Route"]):
    """Routes, narrowed."""

    def winning(self, organisation: int, agreement: int | None) -> "Route | None":
        """The one that counts: the agreement's, else the organisation's for everything.

        Its CVR number is the organisation's where it names none: an organisation has one.
        """
        own = self.filter(organisation=organisation)
        rows = list(own.filter(Q(agreement=None) | Q(agreement=agreement)))
        rows.sort(key=lambda one: one.agreement_id is None)
        if not rows:
            return None
        rows[0].cvr = rows[0].cvr or rows[-1].cvr
        return rows[0]


class Route(models.Model):
    """What an organisation has agreed on: Digital Post or e-mail, and whether it prints.

    For all its letters, or for those in courses under one agreement, which count first.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="routes", verbose_name=_("organisation")
    )
    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="routes",
        verbose_name=_("agreement"),
        help_text=_(
            "Empty: all letters of the organisation. With an agreement: only the letters in"
            " courses under it, and there this way counts before the organisation's own."
        ),
    )
    cvr = models.CharField(
        _("CVR number"),
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"^\d{8}$", _("A CVR number has eight digits."))],
        help_text=_(
            "Digital Post names the sender by it. Empty for an agreement: the organisation's own."
        ),
    )
    usual = models.CharField(
        _("letters go by"),
        max_length=12,
        choices=[
            (LetterChannel.DIGITAL_POST.value, LetterChannel.DIGITAL_POST.label),
            (LetterChannel.EMAIL.value, LetterChannel.EMAIL.label),
        ],
        default=LetterChannel.DIGITAL_POST,
    )
    prints = models.BooleanField(
        _("prints letters"),
        default=True,
        help_text=_("For citizens who are exempt from Digital Post."),
    )

    objects = RouteQuerySet.as_manager()

    class Meta:
        verbose_name = _("way of an organisation's letters")
        verbose_name_plural = _("ways of organisations' letters")
        constraints = [
            models.UniqueConstraint(
                name="one_way_of_letters_for_an_agreement",
                fields=["organisation", "agreement"],
                nulls_distinct=False,
                violation_error_message=_("There is such a way already. Change that one."),
            ),
            models.CheckConstraint(
                name="letters_usually_go_digitally",
                condition=Q(usual__in=["digital_post", "email"]),
            ),
        ]

    def __str__(self) -> str:
        named = [self.organisation, self.agreement]
        return ", ".join(str(one) for one in named if one)

    def clean(self) -> None:
        """Only a party to an agreement sends letters under it."""
        if self.agreement and self.organisation_id:
            parties = self.agreement.parties.values_list("organisation", flat=True)
            if self.organisation_id not in parties:
                raise ValidationError({"agreement": _("The organisation is no party to it.")})


class PrintBatch(models.Model):
    """Letters that are printed together."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="print_batches", verbose_name=_("organisation")
    )
    opened_at = models.DateTimeField(_("opened"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("opened by")
    )
    printed_at = models.DateTimeField(_("printed"), null=True, blank=True)

    class Meta:
        verbose_name = _("batch for the printer")
        verbose_name_plural = _("batches for the printer")
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return f"{self.organisation} {self.opened_at:%Y-%m-%d %H:%M}"


class OutboxDay(models.Model):
    """A day on which the outbox was worked off; an earlier day is only reported."""

    on = models.DateField(_("day"), primary_key=True)

    class Meta:
        verbose_name = _("day of the outbox")
        verbose_name_plural = _("days of the outbox")

    def __str__(self) -> str:
        return str(self.on)

    @classmethod
    def last(cls) -> date | None:
        """The last day that was worked off."""
        return cls.objects.order_by("-on").values_list("on", flat=True).first()
