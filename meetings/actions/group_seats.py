"""Seats of a group meeting under its lock: who has one, who waits, and who is free for one.

The row of the group meeting is locked first, then everybody whom the act seats, in the one order.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from journal.actions import note
from meetings import group_letters
from meetings.actions.group_telling import tell_seated
from meetings.availability import Availability
from meetings.collisions import Lock, TimeTaken, lock_all
from meetings.models import Enrolment, GroupMeeting, Participant, Room
from meetings.obstacle_words import refusal
from partnerships.models import Organisation

Role = Participant.Role
State = Enrolment.State


def locked_group(group: GroupMeeting) -> GroupMeeting:
    """The group meeting as it now stands; others wait until this act is over."""
    rows = GroupMeeting.objects.select_for_update(of=("self",))
    return rows.select_related("organisation", "invited", "host", "guest", "room").get(pk=group.pk)


def lock_everybody(
    group: GroupMeeting, workers: Iterable[User | None] = (), rooms: Iterable[Room | None] = ()
) -> None:
    """Lock all who are in the meeting or wait for it, its staff and room, and these besides."""
    citizens: list[int] = []
    if group.pk:
        rows = Enrolment.objects.standing().filter(group=group)
        citizens = list(rows.values_list("course__citizen", flat=True))
    staff = {one.pk for one in (group.host, group.guest, *workers) if one}
    places = {one.pk for one in (group.room, *rooms) if one}
    lock_all(
        [
            *((Lock.CITIZEN, key) for key in citizens),
            *((Lock.WORKER, key) for key in staff),
            *((Lock.ROOM, key) for key in places),
        ]
    )


def check_all_free(group: GroupMeeting) -> None:
    """Refuse a time at which one of those who are in the meeting is elsewhere, and say who."""
    seated = (
        group.participants.filter(role=Role.CITIZEN) if group.pk else Participant.objects.none()
    )
    citizens = [key for key in seated.values_list("citizen", flat=True) if key]
    workers = [one.pk for one in (group.host, group.guest) if one]
    availability = Availability.of_seats(
        first=timezone.localdate(group.starts_at),
        last=timezone.localdate(group.ends_at),
        workers=workers,
        rooms=[group.room.pk] if group.room else [],
        citizens=citizens,
        apart_from=group if group.pk else None,
    )
    room = group.room.pk if group.room else None
    taken = availability.obstacles(group.starts_at, group.ends_at, workers=workers, room=room)
    if taken:
        said, values = refusal(taken[0])
        raise TimeTaken(said, **values)
    busy = [
        key
        for key in citizens
        if availability.obstacles(group.starts_at, group.ends_at, citizen=key)
    ]
    if busy:
        raise TimeTaken(
            gettext_noop(
                "%(count)s of those enrolled have an interview then. Choose another time."
            ),
            count=len(busy),
        )


def is_free(group: GroupMeeting, citizen: int) -> bool:
    """Whether a citizen, who is locked, is in nothing else at the time of the meeting."""
    availability = Availability.of_seats(
        first=timezone.localdate(group.starts_at),
        last=timezone.localdate(group.ends_at),
        citizens=[citizen],
        apart_from=group,
    )
    return not availability.obstacles(group.starts_at, group.ends_at, citizen=citizen)


def free_seats(group: GroupMeeting) -> list[int]:
    """The numbers of the seats that nobody has, the first first."""
    taken = set(group.enrolments.filter(state=State.SEATED).values_list("seat", flat=True))
    return [seat for seat in range(1, group.seats + 1) if seat not in taken]


def sit(enrolment: Enrolment, seat: int, what: str, *, by: User) -> None:
    """Give a seat, and keep the citizen's time; `what` is how the journal calls it."""
    enrolment.state, enrolment.seat = State.SEATED, seat
    enrolment.save()
    group = enrolment.group
    Participant.objects.create(
        group=group, role=Role.CITIZEN, citizen_id=enrolment.course.citizen_id
    )
    note(enrolment, what, by=by, case=enrolment.course_id, title=group.title, seat=seat)


def fill(group: GroupMeeting, *, by: User, at: datetime) -> list[Enrolment]:
    """Give free seats to those who wait, first come first; one who is elsewhere then waits on."""
    if group.starts_at <= at:
        return []
    free, moved_up = free_seats(group), []
    waiting = Enrolment.objects.waiting().filter(group=group)
    for enrolment in waiting.select_related("course__citizen", "enrolled_by") if free else ():
        enrolment.group = group
        if not free:
            break
        if not is_free(group, enrolment.course.citizen_id):
            continue
        sit(enrolment, free.pop(0), "group-moved-up", by=by)
        letter = group_letters.summon(enrolment, by=by, at=at)
        tell_seated(enrolment, is_summoned=letter is not None, by=by, at=at)
        moved_up.append(enrolment)
    return moved_up


def role_of(house: Organisation) -> str:
    """As what a party takes part."""
    return Role.JOBCENTRE if house.kind == Organisation.Kind.JOBCENTRE else Role.A_KASSE
