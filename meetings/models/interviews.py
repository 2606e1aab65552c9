"""Interviews: booked, then held, missed or cancelled."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models import Course, Duty, MeetingForm, MeetingKind, Party
from courses.models.citizens import visible_courses
from meetings.models.rooms import Room
from partnerships.access import reach_of
from partnerships.models import Organisation
from shared.as_told import as_told
from shared.written import moment_text

PARTIES = Q(held_by__in=["a_kasse", "jobcentre"])


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Interviews, narrowed."""

    def visible_to(self, user: User, *, on: date | None = None) -> Self:
        """Interviews of courses the user may read.

        An a-kasse that lost a member reads up to the last day of membership.
        """
        return self.filter(
            visible_courses(user, on=on, path="course__"),
            *before_membership_ended(user, "starts_at", path="course__"),
        )

    def told_to(self, user: User) -> Self:
        """Less those whose outcome came after the reader's a-kasse had lost the member."""
        told = before_membership_ended(user, "settled_at", path="course__")
        return self.filter(*(Q(settled_at=None) | condition for condition in told))

    def in_rooms_of(self, user: User) -> Self:
        """What a booking coordinator sees: times and rooms of the own organisation."""
        return self.filter(organisation__in=reach_of(user).booking_at)

    def booked(self) -> Self:
        return self.filter(state=Meeting.State.BOOKED)

    def upcoming(self, *, at: datetime) -> Self:
        return self.booked().filter(starts_at__gte=at)

    def without_outcome(self, *, at: datetime) -> Self:
        """Booked, over by now, and nobody has said how it went."""
        return self.booked().filter(ends_at__lte=at)

    def settled(self) -> Self:
        """Held, missed or cancelled."""
        return self.exclude(state=Meeting.State.BOOKED)

    def on_day(self, day: date) -> Self:
        return self.filter(starts_at__date=day)

    def for_duty(self, duty: Duty | None) -> Self:
        """The bookings for a duty; none when there is no duty."""
        return self.booked().filter(duty=duty) if duty else self.none()

    def of_worker(self, user: User) -> Self:
        """Interviews that a person holds or is sent to."""
        return self.filter(participants__worker=user)

    def for_list(self) -> Self:
        return self.select_related(
            "course__citizen", "course__a_kasse", "duty", "room", "organisation"
        )

    def for_page(self) -> Self:
        return self.select_related(
            "course__citizen", "course__a_kasse", "course__jobcentre", "duty", "room",
            "organisation", "booked_by",
        )  # fmt: skip


def before_membership_ended(user: User, moment: str, *, path: str) -> list[Q]:
    """Nothing that came after the last day of membership, for those who read as the a-kasse."""
    if not reach_of(user).a_kasser:
        return []
    ends_on = f"{path}ends_on"
    return [Q(**{ends_on: None}) | Q(**{f"{moment}__date__lt": F(ends_on)})]


class Meeting(models.Model):
    """One interview: booked, then held, missed or cancelled. `meetings.actions` writes it."""

    class State(models.TextChoices):
        BOOKED = "booked", _("booked")
        HELD = "held", _("held")
        NO_SHOW = "no_show", _("no-show")
        CANCELLED = "cancelled", _("cancelled")

    course = models.ForeignKey(
        Course, models.PROTECT, related_name="meetings", verbose_name=_("contact course")
    )
    duty = models.ForeignKey(
        Duty,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("duty"),
        help_text=_("Empty for an interview that nobody owes, such as a recruitment call."),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=MeetingKind)
    ordinal = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    held_by = models.CharField(_("held by"), max_length=9, choices=Party)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="meetings", verbose_name=_("organisation")
    )
    with_other_party = models.BooleanField(_("the other party takes part"), default=False)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    form = models.CharField(_("form"), max_length=9, choices=MeetingForm)
    room = models.ForeignKey(
        Room,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("room"),
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.BOOKED)
    booked_at = models.DateTimeField(_("booked"), auto_now_add=True)
    booked_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("booked by")
    )
    cancelled_by = models.CharField(_("cancelled by"), max_length=9, choices=Party, blank=True)
    cancel_reason = models.CharField(_("why cancelled"), max_length=300, blank=True)
    settled_at = models.DateTimeField(_("outcome recorded"), null=True, blank=True)
    registered_type = models.PositiveSmallIntegerField(_("type registered"), null=True, blank=True)
    agreed = models.TextField(_("agreements"), blank=True)
    letters = models.ManyToManyField(
        "letters.Letter", blank=True, related_name="meetings", verbose_name=_("letters")
    )
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    held_form = models.CharField(_("form as held"), max_length=9, choices=MeetingForm, blank=True)
    began_at = models.DateTimeField(_("began"), null=True, blank=True)
    lasted_minutes = models.PositiveSmallIntegerField(_("minutes held"), null=True, blank=True)
    min_plan_changed = models.BooleanField(_("Min Plan changed"), null=True, blank=True)
    sequence = models.PositiveIntegerField(  # what calendars tell a newer version by
        _("changes"), default=0, editable=False
    )
    changed_at = models.DateTimeField(_("changed"), null=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="meeting_state_is_known",
                condition=Q(state__in=["booked", "held", "no_show", "cancelled"]),
            ),
            models.CheckConstraint(
                name="meeting_kind_is_known", condition=Q(kind__in=MeetingKind.values)
            ),
            models.CheckConstraint(name="meeting_is_held_by_a_party", condition=PARTIES),
            models.CheckConstraint(
                name="meeting_takes_time",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("An interview must end after it starts."),
            ),
            models.CheckConstraint(
                name="exactly_cancelled_meetings_say_by_whom",
                condition=(Q(state="cancelled") & ~Q(cancelled_by=""))
                | (~Q(state="cancelled") & Q(cancelled_by="")),
            ),
            models.UniqueConstraint(
                name="one_active_booking_a_duty",
                fields=["duty"],
                condition=Q(state="booked"),
                violation_error_message=_("This duty already has a booked interview."),
            ),
        ]
        indexes = [
            models.Index(name="meetings_of_a_course", fields=["course", "starts_at"]),
            models.Index(name="meetings_of_an_organisation", fields=["organisation", "starts_at"]),
            models.Index(  # what is over and has no outcome, counted on every front page
                name="bookings_of_an_organisation",
                fields=["organisation", "ends_at"],
                condition=Q(state="booked"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {moment_text(self.starts_at)}"

    def get_absolute_url(self) -> str:
        """The page of the interview; nothing personal stands in the address."""
        return reverse("meetings:detail", args=[self.pk])

    @property
    def held_on(self) -> date:
        """The day of the interview in Denmark."""
        return timezone.localdate(self.starts_at)

    def as_before(self, until: date | None) -> "Meeting":
        """The interview as it stood before a day: an outcome recorded from then on is not known."""
        if not (until and self.settled_at and timezone.localdate(self.settled_at) >= until):
            return self
        texts = ("cancelled_by", "cancel_reason", "agreed", "next_step", "held_form")
        facts = ("settled_at", "registered_type", "began_at", "lasted_minutes", "min_plan_changed")
        unsaid = dict.fromkeys(texts, "") | dict.fromkeys(facts)
        return as_told(self, state=self.State.BOOKED, **unsaid)
