"""What happened to an agreement: its versions, its notice, what was put before whom."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnerships.models.agreements import Agreement
from partnerships.models.parties import Organisation


class AgreementVersion(models.Model):
    """An agreement as it read after a change: text, parties, terms, points; never edited.

    `content` is what `partnerships.versions.content_of` made: plain names and values, so that two
    versions are compared and printed without the rows of their day.
    """

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="versions", verbose_name=_("agreement")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("made by")
    )
    why = models.CharField(_("why"), max_length=200)
    content = models.JSONField(_("content"))

    class Meta:
        verbose_name = _("version of an agreement")
        verbose_name_plural = _("versions of agreements")
        ordering = ["agreement", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="a_version_has_its_number", fields=["agreement", "number"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}, {self.number}"


class Step(models.Model):
    """A step in an agreement's life: who took it, when, and what was written about it."""

    class Kind(models.TextChoices):
        COORDINATE = "coordinate", _("put up for coordination")
        APPROVE = "approve", _("politically approved")
        SEND_BACK = "send_back", _("sent back to draft")
        SIGN = "sign", _("signed by a party")
        ACTIVATE = "activate", _("put in force")
        AMEND = "amend", _("changed by an addendum")
        NOTICE = "notice", _("notice given")
        WITHDRAW_NOTICE = "withdraw_notice", _("notice withdrawn")
        END = "end", _("ended")
        EXPIRE = "expire", _("expired")
        RENEW = "renew", _("renewed")

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="steps", verbose_name=_("agreement")
    )
    kind = models.CharField(_("step"), max_length=15, choices=Kind)
    on = models.DateField(_("day"))
    party = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreement_steps",
        verbose_name=_("party"),
    )
    remark = models.TextField(_("remark"), blank=True)
    computed_end = models.DateField(_("first day without, as computed"), null=True, blank=True)
    made_at = models.DateTimeField(_("recorded"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("recorded by")
    )

    class Meta:
        verbose_name = _("step of an agreement")
        verbose_name_plural = _("steps of agreements")
        ordering = ["agreement", "made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_notice_has_its_party_and_end",
                condition=~Q(kind="notice") | Q(party__isnull=False, computed_end__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.get_kind_display()}"


class PhaseTwo(models.Model):
    """What phase 2 waits for (S4): law in force, budget in place, and a signed addendum."""

    agreement = models.OneToOneField(
        Agreement, models.CASCADE, related_name="phase_two", verbose_name=_("agreement")
    )
    law_in_force_on = models.DateField(_("law in force from"), null=True, blank=True)
    law_source = models.CharField(_("law"), max_length=200, blank=True)
    budget_in_place_on = models.DateField(_("budget in place from"), null=True, blank=True)
    budget_source = models.CharField(_("budget"), max_length=200, blank=True)
    addendum = models.ForeignKey(
        Agreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="opens_phase_two_of",
        verbose_name=_("addendum"),
    )

    class Meta:
        verbose_name = _("phase 2 of an agreement")
        verbose_name_plural = _("phase 2 of agreements")

    def __str__(self) -> str:
        return str(self.agreement)
