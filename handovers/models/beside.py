"""What is noted of a course leaving the a-kasse, of a sickness, and of a recruitment call."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import Choice, Course, MeetingForm
from handovers.wording import leaving_in_words
from letters.models import Letter


class Departure(models.Model):
    """How and why a course went to the jobcentre before its time: what a choice alone cannot say.

    Reasons are few and neutral; what ails somebody is not among them.
    """

    class Channel(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        PHONE = "phone", _("by phone")
        DIGITAL = "digital", _("in a digital message")
        LETTER = "letter", _("by letter")

    class Reason(models.TextChoices):
        OWN_WISH = "own_wish", _("the citizen's own wish")
        NEEDS_MORE = "needs_more", _("needs an effort that the a-kasse does not give")
        OTHER_EFFORT = "other_effort", _("another public effort is under way")
        MOVED = "moved", _("moved to another municipality")

    course = models.ForeignKey(
        Course, models.PROTECT, related_name="departures", verbose_name=_("contact course")
    )
    choice = models.OneToOneField(
        Choice, models.PROTECT, related_name="departure", verbose_name=_("choice")
    )
    channel = models.CharField(_("how it was said"), max_length=9, choices=Channel)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    text = models.CharField(_("in a few words"), max_length=300, blank=True)
    took_effect = models.BooleanField(_("the course moved"))
    interviews_cancelled = models.PositiveSmallIntegerField(_("interviews cancelled"), default=0)
    letter = models.ForeignKey(
        Letter, models.PROTECT, null=True, related_name="+", verbose_name=_("confirmation")
    )
    at = models.DateTimeField(_("recorded"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    undone_at = models.DateTimeField(_("taken back"), null=True)

    class Meta:
        verbose_name = _("departure to the jobcentre")
        verbose_name_plural = _("departures to the jobcentre")

    def __str__(self) -> str:
        return f"{self.course} {self.reason}"

    def what(self) -> str:
        """What it was: a choice, or a visit, and to whom."""
        return leaving_in_words(self.choice.kind, self.course)


class SicknessTalk(models.Model):
    """A talk with a sick member: what is needed for the way back to work, and no diagnosis."""

    course = models.ForeignKey(
        Course, models.PROTECT, related_name="sickness_talks", verbose_name=_("contact course")
    )
    sick_from = models.DateField(_("sick from"))
    held_on = models.DateField(_("held"))
    form = models.CharField(_("form"), max_length=9, choices=MeetingForm)
    illness_prevents = models.BooleanField(_("the illness prevents coming in person"))
    back_on = models.DateField(_("expects to be back on"), null=True, blank=True)
    agreed = models.CharField(_("agreed"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    informed_on = models.DateField(_("municipality informed"), null=True)
    informed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("informed by"),
    )

    class Meta:
        verbose_name = _("sickness follow-up talk")
        verbose_name_plural = _("sickness follow-up talks")
        ordering = ["held_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_sickness_talk_stands_once_a_day", fields=["course", "held_on"]
            ),
            models.CheckConstraint(
                name="a_talk_is_by_phone_only_when_illness_prevents_coming",
                condition=Q(form="in_person") | Q(illness_prevents=True),
                violation_error_message=_(
                    "Tick that the illness prevents coming in person, or hold it in person."
                ),
            ),
            models.CheckConstraint(
                name="who_informed_the_municipality_is_known",
                condition=Q(informed_on=None, informed_by=None)
                | Q(informed_on__isnull=False, informed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.held_on}"


class RecruitmentCall(models.Model):
    """The jobcentre called the citizen about a certain job; it settles no duty."""

    course = models.ForeignKey(
        Course, models.PROTECT, related_name="recruitment_calls", verbose_name=_("contact course")
    )
    called_on = models.DateField(_("day"))
    form = models.CharField(_("form"), max_length=9, choices=MeetingForm)
    about = models.CharField(_("employer or job"), max_length=200)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )

    class Meta:
        verbose_name = _("recruitment call")
        verbose_name_plural = _("recruitment calls")
        ordering = ["called_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_recruitment_call_a_day", fields=["course", "called_on"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.called_on}"
