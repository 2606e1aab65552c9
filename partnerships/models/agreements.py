"""Agreements between parties, and the terms they set for a while."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partnerships.models.parties import Municipality, Organisation
from shared.dates import DateSpan, Same
from shared.written import plain_day


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Agreements, narrowed."""

    def in_force(self, *, on: date) -> Self:
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on, state__in=Agreement.ACTING
        )

    def between(self, *, a_kasse: int, municipality: str) -> Self:
        """Agreements that an a-kasse is a party to and that hold in a municipality."""
        return self.filter(parties__organisation=a_kasse, municipalities=municipality)


class Agreement(models.Model):
    """A declaration, an agreement below it, an addendum, or a regional agreement."""

    class Kind(models.TextChoices):
        DECLARATION = "declaration", _("declaration")
        AGREEMENT = "agreement", _("agreement")
        ADDENDUM = "addendum", _("addendum")
        REGIONAL = "regional", _("regional agreement")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        COORDINATING = "coordinating", _("in coordination")
        APPROVED = "approved", _("politically approved")
        SIGNED = "signed", _("signed")
        ACTIVE = "active", _("in force")
        UNDER_NOTICE = "under_notice", _("under notice")
        ENDED = "ended", _("ended")
        EXPIRED = "expired", _("expired")
        RENEWED = "renewed", _("renewed")

    class ForRunning(models.TextChoices):
        STAY = "stay", _("stay under it until the hand-over")
        MOVE = "move", _("move at once to what holds without it")

    class ForReferrals(models.TextChoices):
        RUN_ON = "run_on", _("go on to their own end")
        REVOKE = "revoke", _("revoked where they have not started")

    class ForBelow(models.TextChoices):
        STAND = "stand", _("go on by themselves")
        END = "end", _("end with it")

    ACTING = ("active", "under_notice", "ended", "expired", "renewed")

    slug = models.SlugField(_("id"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="below",
        verbose_name=_("stands under"),
    )
    municipalities = models.ManyToManyField(
        Municipality, blank=True, related_name="agreements", verbose_name=_("municipalities")
    )
    starts_on = models.DateField(_("in force from"))
    ends_on = models.DateField(
        _("day after the last"),
        null=True,
        blank=True,
        help_text=_("The first day without the agreement; empty while it has no end."),
    )
    notice_months = models.PositiveSmallIntegerField(_("notice in months"), null=True, blank=True)
    made_up = models.BooleanField(
        _("made up"), default=False, help_text=_("An example for trial and teaching, not signed.")
    )
    source = models.CharField(_("source"), max_length=200, blank=True)
    text = models.TextField(_("what it says"), blank=True)
    approved_on = models.DateField(_("politically approved"), null=True, blank=True)
    approved_by_body = models.CharField(_("approved by"), max_length=120, blank=True)
    minute_notes = models.TextField(_("minute notes"), blank=True)
    evaluated_on = models.DateField(_("to be evaluated"), null=True, blank=True)
    renews = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="renewals",
        verbose_name=_("renews"),
    )
    for_running = models.CharField(
        _("running courses at the end"), max_length=4, choices=ForRunning, blank=True
    )
    for_referrals = models.CharField(
        _("open referrals at the end"), max_length=6, choices=ForReferrals, blank=True
    )
    for_below = models.CharField(
        _("agreements below it at the end"), max_length=5, choices=ForBelow, blank=True
    )

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["-starts_on", "title"]
        constraints = [
            models.CheckConstraint(
                name="agreement_kind_is_known",
                condition=Q(kind__in=["declaration", "agreement", "addendum", "regional"]),
            ),
            models.CheckConstraint(
                name="agreement_state_is_known",
                condition=Q(
                    state__in=[
                        "draft",
                        "coordinating",
                        "approved",
                        "signed",
                        "active",
                        "under_notice",
                        "ended",
                        "expired",
                        "renewed",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="agreement_says_what_becomes_of_running_courses",
                condition=Q(for_running__in=["", "stay", "move"])
                & (~Q(state="under_notice") | ~Q(for_running="")),
                violation_error_message=_("Choose what becomes of the running courses."),
            ),
            models.CheckConstraint(
                name="agreement_says_what_becomes_of_open_referrals",
                condition=Q(for_referrals__in=["", "run_on", "revoke"]),
            ),
            models.CheckConstraint(
                name="agreement_says_what_becomes_of_those_below",
                condition=Q(for_below__in=["", "stand", "end"]),
            ),
            models.CheckConstraint(
                name="agreement_has_days",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("An agreement must end after it starts."),
            ),
            models.CheckConstraint(
                name="an_addendum_stands_under_an_agreement",
                condition=~Q(kind="addendum") | Q(parent__isnull=False),
                violation_error_message=_("Choose the agreement that the addendum changes."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgreementParty(models.Model):
    """An organisation that is a party to an agreement, and its signature."""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="parties", verbose_name=_("agreement")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="agreements", verbose_name=_("organisation")
    )
    signed_on = models.DateField(_("signed"), null=True, blank=True)
    signed_by = models.CharField(_("signed by"), max_length=120, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail of the contact"), blank=True)
    contact_phone = models.CharField(_("phone of the contact"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("party to an agreement")
        verbose_name_plural = _("parties to agreements")
        constraints = [
            models.UniqueConstraint(
                name="a_party_stands_once_in_an_agreement", fields=["agreement", "organisation"]
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class AgreementTerms(models.Model):
    """The terms of an agreement that act on courses, for a while."""

    class Host(models.TextChoices):
        JOBCENTRE = "jobcentre", _("the jobcentre")
        A_KASSE = "a_kasse", _("the a-kasse")
        IN_TURN = "in_turn", _("in turn")

    class Participation(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        VIDEO = "video", _("by video")
        WRITTEN = "written", _("in writing beforehand")

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="terms", verbose_name=_("agreement")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("day after the last"), null=True, blank=True)
    first_meetings_at_a_kasse = models.PositiveSmallIntegerField(
        _("first interviews in the a-kasse"),
        default=0,
        help_text=_("How many job interviews lie in the a-kasse. Acts in the rules of 2009 only."),
    )
    window_weeks = models.PositiveSmallIntegerField(
        _("window in weeks of unemployment"),
        null=True,
        blank=True,
        help_text=_("How long the course may stay in the a-kasse. Acts in the rules of 2009 only."),
    )
    min_age = models.PositiveSmallIntegerField(_("youngest age"), null=True, blank=True)
    exclude_special_effort = models.BooleanField(_("special effort is excluded"), default=False)
    young_groups = models.JSONField(
        _("groups of young people included"),
        default=list,
        blank=True,
        help_text=_('Such as [{"a_kasse": "metal", "from_age": 25, "to_age": 29}].'),
    )
    first_joint_from = models.DateField(
        _("first joint interview required from"), null=True, blank=True
    )
    free_municipality = models.BooleanField(_("free municipality"), default=False)
    due_soon_days = models.PositiveSmallIntegerField(
        _("due soon: working days before"),
        default=5,
        help_text=_("How many working days before the deadline the worklist starts to warn."),
    )
    release_days = models.PositiveSmallIntegerField(
        _("reservations released: working days before"),
        default=5,
        help_text=_(
            "How many working days before the day a reserved time that nobody uses is released."
        ),
    )
    host = models.CharField(
        _("who hosts joint interviews"), max_length=9, choices=Host, default=Host.JOBCENTRE
    )
    notice_days = models.PositiveSmallIntegerField(
        _("notice before a summons: days"),
        default=7,
        help_text=_(
            "How long before the interview the citizen is summoned; the law's least is one day."
        ),
    )
    rebook_days = models.PositiveSmallIntegerField(
        _("new time after a no-show: working days"),
        default=10,
        help_text=_("Within how many working days after a missed interview a new one is held."),
    )
    postpone_days = models.PositiveSmallIntegerField(
        _("postponement at most: days"),
        default=14,
        help_text=_("Acts in the rules of 2015 only, where the law lets 14 days at most."),
    )
    participation = models.CharField(
        _("how the a-kasse takes part"),
        max_length=9,
        choices=Participation,
        default=Participation.IN_PERSON,
    )
    opt_out = models.BooleanField(_("the citizen may choose the jobcentre"), default=True)
    handover_ahead_days = models.PositiveSmallIntegerField(
        _("hand-over prepared: days ahead"), default=30
    )
    handover_answer_days = models.PositiveSmallIntegerField(
        _("hand-over answered: working days"), default=5
    )
    special_effort_note = models.CharField(
        _("who is under special effort"), max_length=200, blank=True
    )
    max_job_clubs = models.PositiveSmallIntegerField(
        _("job-club courses a year at most"), null=True, blank=True
    )
    frame_amount = models.DecimalField(
        _("economic frame, kr."), max_digits=12, decimal_places=2, null=True, blank=True
    )
    frame_months = models.PositiveSmallIntegerField(_("period of the frame: months"), default=12)

    class Meta:
        verbose_name = _("terms of an agreement")
        verbose_name_plural = _("terms of agreements")
        ordering = ["agreement", "starts_on"]
        constraints = [
            models.CheckConstraint(
                name="terms_have_days",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("Terms must end after they start."),
            ),
            models.CheckConstraint(
                name="terms_keep_to_the_law",
                condition=Q(postpone_days__lte=14, notice_days__gte=1, frame_months__gte=1),
                violation_error_message=_(
                    "The law lets an interview be postponed by 14 days at most, and asks for a"
                    " day's notice at least."
                ),
            ),
            models.CheckConstraint(
                name="terms_host_and_participation_are_known",
                condition=Q(
                    host__in=["jobcentre", "a_kasse", "in_turn"],
                    participation__in=["in_person", "video", "written"],
                ),
            ),
            ExclusionConstraint(
                name="an_agreement_has_one_set_of_terms_a_day",
                expressions=[
                    (Same("agreement_id"), RangeOperators.OVERLAPS),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The agreement already has terms on these days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}, {plain_day(self.starts_on)}"
