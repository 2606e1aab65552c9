"""Interviews, who takes part in them, rooms, and what follows a no-show."""

from datetime import date, datetime
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models import Citizen, Course, Duty, MeetingForm, MeetingKind, Party
from courses.models.citizens import visible_courses
from partnerships.access import reach_of
from partnerships.models import Organisation
from shared.dates import MomentSpan, Same

PARTIES = Q(held_by__in=["a_kasse", "jobcentre"])


class Room(models.Model):
    """A room, or a video link, that one interview at a time can use."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="rooms", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=60)
    place = models.CharField(_("place"), max_length=120, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["organisation", "name"]
        constraints = [
            models.UniqueConstraint(
                name="a_room_is_named_once_in_an_organisation", fields=["organisation", "name"]
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Interviews, narrowed."""

    def visible_to(self, user: User, *, on: date | None = None) -> Self:
        """Interviews of courses the user may read.

        An a-kasse that lost a member reads up to the last day of membership.
        """
        return self.filter(
            visible_courses(user, on=on, path="course__"), *_before_membership_ended(user)
        )

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


def _before_membership_ended(user: User) -> list[Q]:
    """Nothing that lies after the last day of membership, for those who read as the a-kasse."""
    reach = reach_of(user)
    if not reach.a_kasser:
        return []
    return [Q(course__ends_on=None) | Q(starts_at__date__lt=F("course__ends_on"))]


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
    next_step = models.CharField(_("next step"), max_length=300, blank=True)

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
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """The page of the interview; nothing personal stands in the address."""
        return reverse("meetings:detail", args=[self.pk])

    @property
    def held_on(self) -> date:
        """The day of the interview in Denmark."""
        return timezone.localdate(self.starts_at)


class Participant(models.Model):
    """A citizen, a worker, an invited authority or a room in an interview.

    `starts_at`, `ends_at` and `is_busy` repeat the interview's; a trigger keeps them equal, so
    that the database can forbid one person, worker or room in two places at once.
    """

    class Role(models.TextChoices):
        CITIZEN = "citizen", _("citizen")
        JOBCENTRE = "jobcentre", _("jobcentre")
        A_KASSE = "a_kasse", _("a-kasse")
        ROOM = "room", _("room")

    class Attendance(models.TextChoices):
        EXPECTED = "expected", _("expected")
        CAME = "came", _("came")
        ABSENT = "absent", _("did not come")
        EXCUSED = "excused", _("sent word")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="participants", verbose_name=_("interview")
    )
    role = models.CharField(_("takes part as"), max_length=9, choices=Role)
    citizen = models.ForeignKey(
        Citizen, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("citizen")
    )
    worker = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("worker"),
    )
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("room")
    )
    attendance = models.CharField(
        _("attendance"), max_length=8, choices=Attendance, default=Attendance.EXPECTED
    )
    starts_at = models.DateTimeField(editable=False)
    ends_at = models.DateTimeField(editable=False)
    is_busy = models.BooleanField(default=True, editable=False)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            models.CheckConstraint(
                name="participant_is_of_its_role",
                condition=Q(role="citizen", citizen__isnull=False, worker=None, room=None)
                | Q(role="room", room__isnull=False, worker=None, citizen=None)
                | Q(role__in=["jobcentre", "a_kasse"], citizen=None, room=None),
            ),
            models.CheckConstraint(
                name="attendance_is_known",
                condition=Q(attendance__in=["expected", "came", "absent", "excused"]),
            ),
            models.UniqueConstraint(name="each_role_takes_part_once", fields=["meeting", "role"]),
            *(
                ExclusionConstraint(
                    name=name,
                    expressions=[
                        (Same(f"{who}_id"), RangeOperators.OVERLAPS),
                        (MomentSpan("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                    ],
                    condition=Q(is_busy=True) & Q(**{f"{who}__isnull": False}),
                    violation_error_message=message,
                )
                for who, name, message in [
                    (
                        "citizen",
                        "a_citizen_is_in_one_interview_at_a_time",
                        _("The citizen has another interview at this time."),
                    ),
                    (
                        "worker",
                        "a_worker_is_in_one_interview_at_a_time",
                        _("The worker has another interview at this time."),
                    ),
                    (
                        "room",
                        "a_room_holds_one_interview_at_a_time",
                        _("The room is taken at this time."),
                    ),
                ]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.citizen or self.worker or self.room or ''}"


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
        Meeting, models.PROTECT, related_name="no_show", verbose_name=_("interview")
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
        return str(self.meeting)


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Notifications, narrowed."""

    def visible_to(self, user: User, *, on: date | None = None) -> Self:
        return self.filter(visible_courses(user, on=on, path="meeting__course__"))

    def for_page(self) -> Self:
        return self.select_related(
            "meeting__course__citizen", "meeting__course__a_kasse", "meeting__course__jobcentre",
            "a_kasse", "sent_by", "answered_by", "withdrawn_by",
        )  # fmt: skip

    def unanswered(self) -> Self:
        return self.filter(answered_at=None, withdrawn_at=None)


class Notification(models.Model):
    """A notifiable event sent to the a-kasse, with its evidence, and the a-kasse's answer.

    Nothing here decides on benefit: the answer's code is kept as the a-kasse gives it.
    """

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="notifications", verbose_name=_("interview")
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
            models.CheckConstraint(
                name="an_answer_has_a_code",
                condition=Q(answered_at=None) | ~Q(answer_code=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)
