"""Who is referred to an activity, who said yes, who paid, who came."""

from datetime import date
from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from activities.models.activities import Activity, EmployerOrder, Session
from courses.models import Course
from frames.models import Entry, Frame
from partnerships.access import reach_of
from partnerships.models import Agreement, Organisation, Role


def _not_closed(on: date) -> Q:
    """What an agreement opened closes with it, but for referrals that are not over yet."""
    standing = Agreement.objects.in_force(on=on)
    held = Activity.objects.filter(Q(agreements__in=standing) | Q(agreements=None))
    return Q(activity__in=held.values("pk")) | Q(state__in=Referral.OPEN)


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Referrals, narrowed."""

    def visible_to(self, user: User) -> Self:
        """Those of courses that a person may read, those put to them, and who comes to them.

        What was put to a party, or sits in what it holds, is read by those of it who read
        citizens; the course behind it does not open by that. A provider sees its participants.
        """
        reach = reach_of(user)
        houses = [*reach.jobcentres, *reach.a_kasser]
        theirs = Q(course__in=Course.objects.visible_to(user).values("pk"))
        opened = Q(receiver__in=houses) | Q(activity__host__in=houses)
        if reach.has(Role.PROVIDER):
            own = [one.pk for one in reach.organisations]
            opened |= Q(activity__provider__in=own, state__in=Referral.SEATED)
        return self.filter(theirs | opened & _not_closed(reach.on))

    def seated(self) -> Self:
        """Those that take up a seat."""
        return self.filter(state__in=Referral.SEATED)

    def for_page(self) -> Self:
        """With everything that a page of one names."""
        return self.select_related(
            *("activity__host__successor", "activity__provider", "receiver", "frame__a_kasse"),
            "order",
            *("referred_by", "answered_by", "bound_by"),
            *("course__citizen", "course__a_kasse__successor", "course__jobcentre"),
        )


class Referral(models.Model):
    """A citizen proposed for an activity; referrer, approver and payer are three people."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", pgettext_lazy("a proposal", "accepted")
        REJECTED = "rejected", _("rejected")
        STARTED = "started", _("started")
        DONE = "done", _("done")
        REVOKED = "revoked", _("revoked")

    class Result(models.TextChoices):
        JOB = "job", _("got a job")
        EDUCATION = "education", _("began an education")
        TRAINING = "training", _("got a traineeship")
        CONTINUES = "continues", _("goes on in the contact course")
        LEFT = "left", _("left before the end")

    SEATED = ("accepted", "started", "done")
    OPEN = ("proposed", "accepted", "started")

    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="referrals", verbose_name=_("activity")
    )
    course = models.ForeignKey(
        Course, models.PROTECT, related_name="referrals", verbose_name=_("course")
    )
    order = models.ForeignKey(
        EmployerOrder,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="referrals",
        verbose_name=_("employer's order"),
    )
    receiver = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="referrals_received",
        verbose_name=_("answered by the party"),
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PROPOSED)
    reason = models.TextField(_("reason"))
    expected_effect = models.CharField(_("expected effect"), max_length=200, blank=True)
    price = models.DecimalField(
        _("price, kr."), max_digits=12, decimal_places=2, default=Decimal("0.00")
    )
    frame = models.ForeignKey(
        Frame,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="referrals",
        verbose_name=_("charged to"),
        help_text=_("Empty: charged to no a-kasse's frame."),
    )
    bound_by = models.OneToOneField(
        Entry,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="referral",
        verbose_name=_("first entry of the ledger"),
    )
    referred_at = models.DateTimeField(_("referred"))
    referred_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("referred by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answer_reason = models.TextField(_("reason of the answer"), blank=True)
    started_on = models.DateField(_("started"), null=True, blank=True)
    ended_on = models.DateField(_("day after the last"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=9, choices=Result, blank=True)
    result_remark = models.CharField(_("remark on the result"), max_length=200, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        ordering = ["-referred_at"]
        indexes = [models.Index(name="referral_by_state", fields=["state", "activity"])]
        constraints = [
            models.CheckConstraint(
                name="referral_state_is_known",
                condition=Q(
                    state__in=["proposed", "accepted", "rejected", "started", "done", "revoked"]
                ),
            ),
            models.UniqueConstraint(
                name="a_course_is_referred_once_at_a_time_to_an_activity",
                fields=["activity", "course"],
                condition=Q(state__in=["proposed", "accepted", "started"]),
                violation_error_message=_("The citizen is already referred to this activity."),
            ),
            models.CheckConstraint(
                name="nobody_approves_ones_own_referral",
                condition=Q(answered_by__isnull=True)
                | Q(state="revoked")
                | ~Q(answered_by=F("referred_by")),
                violation_error_message=_("Somebody else must answer your referral."),
            ),
            models.CheckConstraint(
                name="a_rejection_says_why",
                condition=~Q(state="rejected") | ~Q(answer_reason=""),
                violation_error_message=_("Write why the referral is rejected."),
            ),
            models.CheckConstraint(
                name="referral_price_is_not_below_zero", condition=Q(price__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.course}"

    def get_absolute_url(self) -> str:
        """The page of the referral; its key says nothing of anyone."""
        return reverse("activities:referral", args=[self.pk])


class Attendance(models.Model):
    """Whether someone referred came to a session."""

    class Came(models.TextChoices):
        CAME = "came", _("came")
        LATE = "late", _("came late")
        ABSENT_LAWFULLY = "absent_lawfully", _("lawfully absent")
        ABSENT = "absent", _("did not come")

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="attendance", verbose_name=_("session")
    )
    referral = models.ForeignKey(
        Referral, models.CASCADE, related_name="attendance", verbose_name=_("referral")
    )
    came = models.CharField(_("attendance"), max_length=15, choices=Came)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("attendance at a session")
        verbose_name_plural = _("attendance at sessions")
        constraints = [
            models.UniqueConstraint(
                name="one_attends_a_session_once", fields=["session", "referral"]
            ),
            models.CheckConstraint(
                name="attendance_at_a_session_is_known",
                condition=Q(came__in=["came", "late", "absent_lawfully", "absent"]),
            ),
        ]

    def __str__(self) -> str:
        return self.came


class FlowStep(models.Model):
    """One step of an individual hand: what is to be done, by whom, until when."""

    referral = models.ForeignKey(
        Referral, models.CASCADE, related_name="flow", verbose_name=_("referral")
    )
    order = models.PositiveSmallIntegerField(_("step"))
    what = models.CharField(_("what"), max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="flow_steps", verbose_name=_("owner")
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("step of a flow")
        verbose_name_plural = _("steps of flows")
        ordering = ["referral", "order"]
        constraints = [
            models.UniqueConstraint(name="a_flow_has_a_step_once", fields=["referral", "order"]),
        ]

    def __str__(self) -> str:
        return self.what


class CvReview(models.Model):
    """One look at a citizen's CV in search of those for whom an education fits (S4)."""

    class Verdict(models.TextChoices):
        FITS = "fits", _("fits")
        PERHAPS = "perhaps", _("perhaps; ask")
        NOT_NOW = "not_now", _("not now")

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="cv_reviews", verbose_name=_("activity")
    )
    course = models.ForeignKey(
        Course, models.PROTECT, related_name="cv_reviews", verbose_name=_("course")
    )
    verdict = models.CharField(_("verdict"), max_length=7, choices=Verdict)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    reviewed_at = models.DateTimeField(_("reviewed"))
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("review of a CV")
        verbose_name_plural = _("reviews of CVs")
        ordering = ["-reviewed_at"]
        constraints = [
            models.UniqueConstraint(
                name="a_cv_is_reviewed_once_for_an_activity", fields=["activity", "course"]
            ),
        ]

    def __str__(self) -> str:
        return self.verdict


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    """Bills, narrowed."""

    def visible_to(self, user: User) -> Self:
        """Those of the activities that a person's organisation is a party to."""
        return self.filter(activity__in=Activity.objects.visible_to(user).values("pk"))

    def for_page(self) -> Self:
        """With everything that a page of one names."""
        return self.select_related("activity__host", "activity__provider", "recorded_by", "paid_by")


class Invoice(models.Model):
    """A provider's bill, matched seat by seat before it is paid."""

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        MATCHED = "matched", _("matched")
        PAID = "paid", _("paid")
        DISPUTED = "disputed", _("disputed")

    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="invoices", verbose_name=_("activity")
    )
    number = models.CharField(_("number"), max_length=40)
    amount = models.DecimalField(_("amount, kr."), max_digits=12, decimal_places=2)
    received_on = models.DateField(_("received"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.RECEIVED)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    paid_at = models.DateTimeField(_("paid"), null=True, blank=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-received_on"]
        constraints = [
            models.UniqueConstraint(
                name="an_activity_has_an_invoice_once",
                fields=["activity", "number"],
                violation_error_message=_("An invoice with this number is already recorded."),
            ),
            models.CheckConstraint(name="an_invoice_is_money", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="who_records_an_invoice_does_not_pay_it",
                condition=Q(paid_by__isnull=True) | ~Q(paid_by=F("recorded_by")),
            ),
            models.CheckConstraint(
                name="exactly_paid_invoices_say_who_paid",
                condition=Q(state="paid", paid_by__isnull=False, paid_at__isnull=False)
                | (~Q(state="paid") & Q(paid_by__isnull=True, paid_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class InvoiceLine(models.Model):
    """A seat on an invoice."""

    invoice = models.ForeignKey(
        Invoice, models.CASCADE, related_name="lines", verbose_name=_("invoice")
    )
    referral = models.ForeignKey(
        Referral, models.PROTECT, related_name="invoice_lines", verbose_name=_("referral")
    )
    amount = models.DecimalField(_("amount, kr."), max_digits=12, decimal_places=2)
    more_to_come = models.BooleanField(
        _("more bills to come"),
        default=False,
        help_text=_("The rest of the price stays bound in the frame."),
    )

    class Meta:
        verbose_name = _("line of an invoice")
        verbose_name_plural = _("lines of invoices")
        constraints = [
            models.UniqueConstraint(
                name="a_seat_stands_once_on_an_invoice", fields=["invoice", "referral"]
            ),
            models.CheckConstraint(name="an_invoice_line_is_money", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.amount}"
