"""Telling workers of a group meeting: notices on screen, which name nobody."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from courses.audience import told_of
from courses.models import Party
from meetings.models import Enrolment, GroupMeeting
from notices.actions import tell
from partnerships.models import Membership, Organisation, Role

ANSWER = {
    Organisation.Kind.A_KASSE: Role.COORDINATOR,
    Organisation.Kind.JOBCENTRE: Role.BOOKING_COORDINATOR,
}


def tell_invited(group: GroupMeeting, *, by: User, at: datetime) -> None:
    """Ask those who plan for the invited party who comes."""
    if group.invited is None:
        return
    kind = Organisation.Kind(group.invited.kind)
    standing = Membership.objects.standing(on=timezone.localdate(at))
    rows = standing.filter(organisation=group.invited, role=ANSWER[kind]).select_related("user")
    _tell(group, [row.user for row in rows], "group-invited", by=by, at=at)


def tell_changed(group: GroupMeeting, *, by: User, at: datetime) -> None:
    """Tell the consultants and those who enrolled somebody of a change."""
    _tell(group, _everybody(group), "group-changed", by=by, at=at)


def tell_cancelled(group: GroupMeeting, *, by: User, at: datetime) -> None:
    """Tell the consultants and those who enrolled somebody that it is off."""
    _tell(group, _everybody(group), "group-cancelled", by=by, at=at)


def tell_seated(enrolment: Enrolment, *, is_summoned: bool, by: User, at: datetime) -> None:
    """Tell who enrolled a citizen that the citizen came up from the waiting list.

    Where no letter could be written in that person's name, those who have the course are told.
    """
    today = timezone.localdate(at)
    people = [enrolment.enrolled_by] if enrolment.enrolled_by and is_summoned else []
    if not is_summoned:
        course = enrolment.course
        people = [
            user
            for side in (Party.JOBCENTRE, Party.A_KASSE)
            for user in told_of(course, side, on=today)
        ]
    tell(
        people,
        "group-seat" if is_summoned else "group-seat-unsummoned",
        case_number=enrolment.course.case_number,
        url=enrolment.group.get_absolute_url(),
        at=at,
        about=enrolment.group.title,
        by=by,
    )


def _everybody(group: GroupMeeting) -> list[User]:
    rows = Enrolment.objects.standing().filter(group=group).select_related("enrolled_by")
    people = [group.host, group.guest, *(row.enrolled_by for row in rows)]
    return [one for one in people if one]


def _tell(
    group: GroupMeeting, people: Iterable[User], kind: str, *, by: User, at: datetime
) -> None:
    url = group.get_absolute_url()
    tell(people, kind, case_number="", url=url, at=at, about=group.title, by=by)
