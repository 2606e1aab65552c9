"""Who and what an interview keeps busy."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models import Citizen
from meetings.models.groups import GroupMeeting
from meetings.models.interviews import Meeting
from meetings.models.rooms import Room
from shared.dates import MomentSpan, Same


class Participant(models.Model):
    """A citizen, a worker, an invited authority or a room in an interview or a group meeting.

    `starts_at`, `ends_at` and `is_busy` repeat the interview's; a trigger keeps them equal, so
    that the database can forbid one person, worker or room in two places at once. The room of a
    meeting has its row here by the end of each transaction (migration 0015): none is unseen.
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
        Meeting,
        models.CASCADE,
        null=True,
        blank=True,
        db_index=False,  # `a_room_takes_part_once` begins with it
        related_name="participants",
        verbose_name=_("interview"),
    )
    group = models.ForeignKey(
        GroupMeeting,
        models.CASCADE,
        null=True,
        blank=True,
        db_index=False,  # `a_room_takes_part_once_in_a_group_meeting` begins with it
        related_name="participants",
        verbose_name=_("group meeting"),
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
        indexes = [
            models.Index(  # invitations that wait for an answer, counted on every front page
                name="seats_that_nobody_has_taken",
                fields=["starts_at"],
                condition=Q(worker=None, attendance="expected", role__in=["a_kasse", "jobcentre"]),
            ),
        ]
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
            models.CheckConstraint(  # or it would be free while a meeting is in it
                name="a_room_does_not_send_word",
                condition=~Q(role="room", attendance="excused"),
            ),
            models.UniqueConstraint(name="a_room_takes_part_once", fields=["meeting", "room"]),
            models.UniqueConstraint(
                name="a_room_takes_part_once_in_a_group_meeting", fields=["group", "room"]
            ),
            models.UniqueConstraint(name="each_role_takes_part_once", fields=["meeting", "role"]),
            models.UniqueConstraint(
                name="each_role_takes_part_once_in_a_group_meeting",
                fields=["group", "role"],
                condition=~Q(role="citizen"),
            ),
            models.UniqueConstraint(
                name="a_citizen_takes_part_once_in_a_group_meeting",
                fields=["group", "citizen"],
                condition=Q(citizen__isnull=False),
            ),
            models.CheckConstraint(
                name="participant_is_of_one_meeting",
                condition=Q(meeting__isnull=False, group=None)
                | Q(meeting=None, group__isnull=False),
            ),
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


def with_workers() -> Prefetch:  # type: ignore[type-arg]  # of participants
    """Fetches who takes part in interviews together with them, in one query."""
    return Prefetch("participants", Participant.objects.select_related("worker"))
