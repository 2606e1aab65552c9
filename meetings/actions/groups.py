"""Planning a group meeting, changing it, cancelling it, and who of the invited party comes."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from courses.models import MeetingForm, Party
from journal.actions import note
from meetings import group_letters
from meetings.actions.group_moving import (
    Follower,
    followers_of,
    move_along,
    rooms_among,
    workers_among,
)
from meetings.actions.group_seats import (
    check_all_free,
    fill,
    free_seats,
    lock_everybody,
    locked_group,
    role_of,
)
from meetings.actions.group_telling import (
    tell_cancelled,
    tell_changed,
    tell_invited,
    tell_planned,
)
from meetings.actions.outcome import cancel as cancel_interview
from meetings.collisions import seated
from meetings.group_access import may_plan, may_staff
from meetings.group_agreements import agreement_of
from meetings.group_plans import COLUMNS, GroupPlan, Known
from meetings.models import Enrolment, GroupMeeting, Meeting, Participant
from partnerships.models import Membership, Organisation
from shared.refusals import Refused

Role = Participant.Role
State = GroupMeeting.State


@seated
def plan_group(plan: GroupPlan, *, by: User, at: datetime) -> GroupMeeting:
    """Plan a group meeting: its room and its consultant are kept, the invited party is asked."""
    if not may_plan(by, plan.organisation.pk, on=timezone.localdate(at)):
        raise Refused(gettext_noop("Only the party that holds the meeting plans it."))
    _check_plan(plan, at=at)
    group = GroupMeeting(organisation=plan.organisation, made_by=by, changed_at=at)
    lock_everybody(group, [plan.host], [plan.room])
    _take_over(group, plan)
    check_all_free(group)
    group.save()
    _seat_staff(group)
    note(group, "group-planned", by=by, case=None, **_said(group))
    tell_planned(group, by=by, at=at)
    return group


@seated
def change_group(group: GroupMeeting, plan: GroupPlan, *, by: User, at: datetime) -> GroupMeeting:
    """Change a group meeting; more seats go to those who wait, another time is told to all.

    The talks after it go along, each as if it were moved by itself: all of them, or nothing moves.
    """
    group = locked_group(group)
    _check_change(group, plan, by=by, at=at)
    talks = followers_of(group, plan)
    lock_everybody(group, [plan.host, *workers_among(talks)], [plan.room, *rooms_among(talks)])
    was, before = Known.of(group), _said(group)
    _put_elsewhere(group, plan, talks, by=by, at=at)
    note(group, "group-changed", by=by, case=None, before=before, **_said(group))
    if was.where != Known.of(group).where:
        _tell_elsewhere(group, by=by, at=at)
    fill(group, by=by, at=at)
    tell_changed(group, was, by=by, at=at)
    if group.invited != was.invited:
        tell_invited(group, by=by, at=at)
    return group


@seated
def cancel_group(group: GroupMeeting, *, reason: str, by: User, at: datetime) -> GroupMeeting:
    """Cancel a group meeting with its talks: everybody is free and told."""
    group = locked_group(group)
    _check_own(group, by=by, at=at)
    if not reason:
        raise Refused(gettext_noop("Write why the meeting is cancelled."))
    lock_everybody(group)
    for talk in _talks_of(group):
        cancel_interview(talk, cancelled_by=Party(talk.held_by), reason=reason, by=by, at=at)
    group.state, group.why_cancelled = State.CANCELLED, reason
    group.save(update_fields=["state", "why_cancelled", *_outdated(group, at=at)])
    note(group, "group-cancelled", by=by, case=None, reason=reason, **_said(group))
    for enrolment in _seated_in(group):
        group_letters.tell_not_to_come(enrolment, by=by, at=at, why="group_cancelled")
        note(enrolment, "group-cancelled", by=by, case=enrolment.course_id, title=group.title)
    tell_cancelled(group, by=by, at=at)
    return group


@seated
def staff_group(
    group: GroupMeeting, worker: User | None, *, by: User, at: datetime
) -> GroupMeeting:
    """Say for the invited party who comes; nobody is in two meetings at once."""
    group = locked_group(group)
    if not may_staff(by, group, on=timezone.localdate(at)):
        raise Refused(gettext_noop("Only the party that is invited says who comes."))
    _check_planned(group)
    if worker and group.invited:
        check_works(worker, group.invited, group.starts_at)
    lock_everybody(group, [worker])
    was = Known.of(group)
    group.guest = worker
    check_all_free(group)
    _reseat(group, newer=was != Known.of(group), at=at)
    note(group, "group-staffed", by=by, case=None, worker=str(worker or ""))
    tell_changed(group, was, by=by, at=at)
    return group


def _put_elsewhere(
    group: GroupMeeting, plan: GroupPlan, talks: list[Follower], *, by: User, at: datetime
) -> None:
    """Let the meeting and its talks be as planned: who goes later goes from the last on."""
    was, is_later = Known.of(group), plan.ends_at > group.ends_at
    if is_later:
        move_along(talks[::-1], by=by, at=at)
    _compact(group, plan.seats)
    _take_over(group, plan)
    check_all_free(group)
    _reseat(group, newer=was != Known.of(group), at=at)
    if not is_later:
        move_along(talks, by=by, at=at)


def check_works(worker: User, house: Organisation, starts_at: datetime) -> None:
    """Refuse a consultant who does not work for the party on that day."""
    houses = [key for key in (house.pk, house.successor_id) if key]
    works = Membership.objects.standing(on=timezone.localdate(starts_at)).filter(
        user=worker, organisation__in=houses
    )
    if not works.exists():
        raise Refused(
            gettext_noop("%(worker)s does not work here on that day. Choose another worker."),
            worker=str(worker),
        )


def _compact(group: GroupMeeting, seats: int) -> None:
    """Move those beyond a smaller number of seats into the free ones; nobody loses a seat."""
    rows = group.enrolments.filter(state=Enrolment.State.SEATED)
    taken = rows.count()
    if taken > seats:
        raise Refused(
            gettext_noop("%(count)s citizens have a seat: the meeting cannot have fewer seats."),
            count=taken,
        )
    free = [seat for seat in free_seats(group) if seat <= seats]
    for enrolment in rows.filter(seat__gt=seats).order_by("seat"):
        enrolment.seat = free.pop(0)
        enrolment.save(update_fields=["seat"])


def _check_own(group: GroupMeeting, *, by: User, at: datetime) -> None:
    if not may_plan(by, group.organisation_id, on=timezone.localdate(at)):
        raise Refused(gettext_noop("Only the party that holds the meeting plans it."))
    _check_planned(group)


def _check_planned(group: GroupMeeting) -> None:
    if group.state != State.PLANNED:
        raise Refused(gettext_noop("The meeting is held or cancelled already."))


def _check_plan(plan: GroupPlan, *, at: datetime) -> None:
    """Refuse a plan that cannot be: a time that is over, people or a room of somebody else."""
    if plan.ends_at <= plan.starts_at:
        raise Refused(gettext_noop("A meeting must end after it starts."))
    if plan.starts_at <= at:
        raise Refused(gettext_noop("The time has passed. Choose a later one."))
    if plan.invited and plan.invited.kind == plan.organisation.kind:
        raise Refused(gettext_noop("A jobcentre and an a-kasse hold a joint part together."))
    _check_place(plan)
    if plan.host:
        check_works(plan.host, plan.organisation, plan.starts_at)


def _check_place(plan: GroupPlan) -> None:
    """Refuse no place at all, or a room of somebody else."""
    if plan.form == MeetingForm.IN_PERSON and not (plan.room or plan.place):
        raise Refused(gettext_noop("Say where you meet: choose a room or write the place."))
    houses = {plan.organisation.pk, plan.organisation.successor_id}
    if plan.room and not (plan.room.is_active and plan.room.organisation_id in houses):
        raise Refused(gettext_noop("This room is not yours to use. Choose one of your own rooms."))


def _check_invited(group: GroupMeeting, plan: GroupPlan) -> None:
    """Refuse another invited party while its citizens are enrolled through it."""
    now = plan.invited.pk if plan.invited else None
    if group.invited_id in (None, now):
        return
    if Enrolment.objects.standing().filter(group=group).exists():
        raise Refused(
            gettext_noop(
                "Citizens are enrolled: cancel this meeting to hold it with another party."
            )
        )


def _check_change(group: GroupMeeting, plan: GroupPlan, *, by: User, at: datetime) -> None:
    _check_own(group, by=by, at=at)
    _check_plan(plan, at=at)
    _check_invited(group, plan)


def _tell_elsewhere(group: GroupMeeting, *, by: User, at: datetime) -> None:
    for enrolment in _seated_in(group):
        group_letters.tell_change(enrolment, by=by, at=at)


def _take_over(group: GroupMeeting, plan: GroupPlan) -> None:
    """Let a meeting be as planned; the consultant of a party no longer invited stays away."""
    if group.guest and group.invited_id != (plan.invited.pk if plan.invited else None):
        group.guest = None
    for name in COLUMNS:
        setattr(group, name, getattr(plan, name))
    group.agreement = agreement_of(group)


def _reseat(group: GroupMeeting, *, newer: bool, at: datetime) -> None:
    """Save a meeting: the old seats of its staff are free before the new ones are taken."""
    group.participants.exclude(role=Role.CITIZEN).delete()
    if newer:
        _outdated(group, at=at)
    group.save()
    _seat_staff(group)


def _outdated(group: GroupMeeting, *, at: datetime) -> list[str]:
    """Make a locked meeting, not saved yet, a newer version of itself; the columns to save."""
    group.sequence += 1
    group.changed_at = at
    return ["sequence", "changed_at"]


def _seat_staff(group: GroupMeeting) -> None:
    """Write down the consultants and the room, which the meeting keeps busy."""
    Participant.objects.create(group=group, role=role_of(group.organisation), worker=group.host)
    if group.invited:
        Participant.objects.create(group=group, role=role_of(group.invited), worker=group.guest)
    if group.room:
        Participant.objects.create(group=group, role=Role.ROOM, room=group.room)


def _seated_in(group: GroupMeeting) -> list[Enrolment]:
    rows = group.enrolments.filter(state=Enrolment.State.SEATED).order_by("seat")
    found = list(rows.select_related("course__citizen", "enrolled_by"))
    for row in found:
        row.group = group
    return found


def _talks_of(group: GroupMeeting) -> list[Meeting]:
    booked = Meeting.objects.booked().filter(enrolments__group=group)
    return list(booked.order_by("pk"))


def _said(group: GroupMeeting) -> dict[str, str]:
    """What the journal says of a group meeting."""
    return {
        "title": group.title,
        "starts_at": timezone.localtime(group.starts_at).isoformat(timespec="minutes"),
        "ends_at": timezone.localtime(group.ends_at).isoformat(timespec="minutes"),
        "form": group.form,
        "room": str(group.room or ""),
        "worker": str(group.host or ""),
        "seats": str(group.seats),
    }
