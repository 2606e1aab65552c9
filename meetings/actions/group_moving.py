"""The individual talks after a joint part go along when it moves: all of them, or nothing moves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from courses.models import Course, MeetingForm
from meetings.actions.booking import move
from meetings.group_plans import GroupPlan
from meetings.models import GroupMeeting, Meeting, Participant, Room
from meetings.plans import OTHER, Sitting
from shared.refusals import Refused
from shared.written import clock_text

LAST_HOUR = 18


@dataclass(frozen=True, slots=True)
class Follower:
    """A talk, where it is now, and where it goes."""

    talk: Meeting
    now: Sitting
    then: Sitting

    @property
    def is_moved(self) -> bool:
        """Whether anything becomes another."""
        return self.now != replace(self.then, staffs_guest=False, in_slot=False)


def followers_of(group: GroupMeeting, plan: GroupPlan) -> list[Follower]:
    """The booked talks of the day after the joint part, in their order, with where they go.

    They keep their distance to its end; a room or a consultant of their own they keep.
    """
    rows = Meeting.objects.booked().filter(enrolments__group=group, starts_at__gte=group.ends_at)
    day = timezone.localdate(group.ends_at)
    talks = rows.select_related("course", "room", "organisation").order_by("starts_at", "pk")
    return [_follower(one, group, plan) for one in talks if one.held_on == day]


def workers_among(followers: Sequence[Follower]) -> list[User | None]:
    """Everybody whom the talks seat, before or after, so that all are locked at once."""
    seats = Participant.objects.filter(meeting__in=[one.talk for one in followers])
    now = [row.worker for row in seats.exclude(worker=None).select_related("worker")]
    return [*now, *(one.then.worker for one in followers), *(one.then.guest for one in followers)]


def rooms_among(followers: Sequence[Follower]) -> list[Room | None]:
    """The rooms of the talks, before and after."""
    return [room for one in followers for room in (one.now.room, one.then.room)]


def move_along(followers: Sequence[Follower], *, by: User, at: datetime) -> None:
    """Move each talk, checked as any interview; the first that cannot be moved is named."""
    for one in followers:
        if not one.is_moved:
            continue
        try:
            _check_hour(one.then)
            move(one.talk, one.then, by=by, at=at)
        except Refused as why:
            raise Refused(
                gettext_noop(
                    "The individual talk %(talk)s cannot go along: %(why)s Nothing was moved."
                    " You can also move or cancel that talk first."
                ),
                talk=_named(one.talk, by),
                why=str(why),
            ) from why


def _follower(talk: Meeting, group: GroupMeeting, plan: GroupPlan) -> Follower:
    now = _sitting_of(talk)
    shift = plan.ends_at - group.ends_at
    is_theirs = talk.organisation_id != group.organisation_id
    then = replace(
        now,
        starts_at=now.starts_at + shift,
        ends_at=now.ends_at + shift,
        form=MeetingForm(plan.form) if now.form == group.form else now.form,
        place=plan.place if now.place == group.place else now.place,
        room=plan.room if now.room == group.room else now.room,
        agreed_short_notice=plan.agreed_short_notice,
    )
    if now.worker and now.worker == group.host and not is_theirs:
        then = replace(then, worker=plan.host)
    if now.guest and now.guest == group.host and is_theirs:
        then = replace(then, guest=plan.host, staffs_guest=True)
    has_their_room = then.room is not None and then.room.organisation_id != talk.organisation_id
    return Follower(talk, now, replace(then, in_slot=has_their_room))


def _sitting_of(talk: Meeting) -> Sitting:
    """Where a talk is now; `guest` is who is known to come for the other party."""
    seats = {row.role: row.worker for row in talk.participants.select_related("worker")}
    return Sitting(
        starts_at=talk.starts_at,
        ends_at=talk.ends_at,
        form=MeetingForm(talk.form),
        room=talk.room,
        place=talk.place,
        worker=seats.get(talk.held_by),
        guest=seats.get(OTHER[talk.held_by]),  # type: ignore[index]  # a party by its word
    )


def _check_hour(sitting: Sitting) -> None:
    ends = timezone.localtime(sitting.ends_at)
    if ends.date() != sitting.day or (ends.hour, ends.minute) > (LAST_HOUR, 0):
        raise Refused(gettext_noop("It would end after 18 o'clock."))


def _named(talk: Meeting, reader: User) -> str:
    """A talk by its time now, and by its case for those who may read it."""
    clock = clock_text(talk.starts_at)
    may_read = Course.objects.visible_to(reader).filter(pk=talk.course_id).exists()
    return f"{clock} ({talk.course.case_number})" if may_read else clock
