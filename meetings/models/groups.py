"""Group meetings: information meetings and workshops, their seats and their waiting list."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models import Course, MeetingForm
from courses.models.citizens import visible_courses
from meetings.models.interviews import Meeting
from meetings.models.rooms import Room
from partnerships.access import reach_of
from partnerships.models import Agreement, Organisation


class GroupMeetingQuerySet(models.QuerySet["GroupMeeting"]):
    """Group meetings, narrowed."""

    def visible_to(self, user: User) -> Self:
        """Those that one's own organisation holds or is invited to; who comes is not in them."""
        houses = reach_of(user).organisations
        return self.filter(Q(organisation__in=houses) | Q(invited__in=houses))

    def upcoming(self, *, on: date) -> Self:
        return self.filter(state=GroupMeeting.State.PLANNED, starts_at__date__gte=on)


class GroupMeeting(models.Model):
    """An information meeting or a workshop: a joint part, and seats for citizens."""

    class Kind(models.TextChoices):
        INFORMATION = "information", _("information meeting")
        WORKSHOP = "workshop", _("workshop")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", _("held")
        CANCELLED = "cancelled", _("cancelled")

    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    title = models.CharField(_("title"), max_length=120)
    about = models.TextField(_("what happens"), blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="group_meetings", verbose_name=_("held by")
    )
    invited = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="group_meetings_with_us",
        verbose_name=_("together with"),
    )
    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="group_meetings",
        verbose_name=_("agreement"),
    )
    host = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("our consultant"),
        help_text=_("Follows the citizens up and may decide and grant on the spot."),
    )
    guest = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the other party's consultant"),
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("joint part ends"))
    form = models.CharField(
        _("form"), max_length=9, choices=MeetingForm, default=MeetingForm.IN_PERSON
    )
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("room")
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), default=12)
    is_mandatory = models.BooleanField(_("attendance is mandatory"), default=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PLANNED)
    why_cancelled = models.CharField(_("why cancelled"), max_length=300, blank=True)
    made_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("made by")
    )
    changed_at = models.DateTimeField(_("changed"), null=True, editable=False)
    sequence = models.PositiveIntegerField(_("changes"), default=0, editable=False)

    objects = GroupMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("group meeting")
        verbose_name_plural = _("group meetings")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="group_meeting_words_are_known",
                condition=Q(kind__in=["information", "workshop"])
                & Q(state__in=["planned", "held", "cancelled"]),
            ),
            models.CheckConstraint(
                name="group_meeting_takes_time",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("A meeting must end after it starts."),
            ),
            models.CheckConstraint(
                name="group_meeting_has_seats",
                condition=Q(seats__gte=1),
                violation_error_message=_("A meeting has at least one seat."),
            ),
            models.CheckConstraint(
                name="exactly_cancelled_group_meetings_say_why",
                condition=(Q(state="cancelled") & ~Q(why_cancelled=""))
                | (~Q(state="cancelled") & Q(why_cancelled="")),
            ),
        ]
        indexes = [
            models.Index(name="group_meetings_of_a_party", fields=["organisation", "starts_at"])
        ]

    def __str__(self) -> str:
        return f"{self.title} {timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """The page of the group meeting."""
        return reverse("meetings:group", args=[self.pk])


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Enrolments, narrowed."""

    def visible_to(self, user: User, *, on: date | None = None) -> Self:
        """Those of citizens one may read."""
        return self.filter(visible_courses(user, on=on, path="course__"))

    def standing(self) -> Self:
        return self.exclude(state=Enrolment.State.WITHDRAWN)

    def waiting(self) -> Self:
        """The waiting list, first come first."""
        return self.filter(state=Enrolment.State.WAITING).order_by("enrolled_at", "pk")


class Enrolment(models.Model):
    """A citizen's seat at a group meeting, or place on its waiting list.

    Seats are numbered: the database gives each once, and none beyond the meeting's (a trigger).
    """

    class State(models.TextChoices):
        SEATED = "seated", _("has a seat")
        WAITING = "waiting", _("on the waiting list")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Attendance(models.TextChoices):
        EXPECTED = "expected", _("expected")
        CAME = "came", _("came")
        ABSENT = "absent", _("did not come")
        EXCUSED = "excused", _("sent word")

    group = models.ForeignKey(
        GroupMeeting, models.PROTECT, related_name="enrolments", verbose_name=_("group meeting")
    )
    course = models.ForeignKey(
        Course, models.PROTECT, related_name="enrolments", verbose_name=_("contact course")
    )
    state = models.CharField(_("state"), max_length=9, choices=State)
    seat = models.PositiveSmallIntegerField(_("seat"), null=True, blank=True)
    talk = models.ForeignKey(
        Meeting,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="enrolments",
        verbose_name=_("individual talk"),
    )
    attendance = models.CharField(
        _("attendance"), max_length=8, choices=Attendance, default=Attendance.EXPECTED
    )
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    enrolled_at = models.DateTimeField(_("enrolled"))
    enrolled_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("enrolled by")
    )
    why_withdrawn = models.CharField(_("why withdrawn"), max_length=300, blank=True)
    letters = models.ManyToManyField(
        "letters.Letter", blank=True, related_name="enrolments", verbose_name=_("letters")
    )

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["group", "seat", "enrolled_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="enrolment_words_are_known",
                condition=Q(state__in=["seated", "waiting", "withdrawn"])
                & Q(attendance__in=["expected", "came", "absent", "excused"]),
            ),
            models.CheckConstraint(
                name="exactly_the_seated_have_a_seat",
                condition=Q(state="seated", seat__gte=1) | (~Q(state="seated") & Q(seat=None)),
            ),
            models.UniqueConstraint(name="a_group_seat_is_taken_once", fields=["group", "seat"]),
            models.UniqueConstraint(
                name="a_course_is_enrolled_once",
                fields=["group", "course"],
                condition=Q(state__in=["seated", "waiting"]),
                violation_error_message=_("The citizen is enrolled already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.course}"

    def get_absolute_url(self) -> str:
        """The page of a no-show, the only one of an enrolment by itself."""
        return reverse("meetings:group_no_show", args=[self.group_id, self.pk])
