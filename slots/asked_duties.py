"""Which joint interview of a case an address is about."""

from datetime import datetime

from accounts.models import User
from courses.models import Course, Duty, MeetingKind, Party
from meetings.forms.booking import duties_to_book
from meetings.models import Meeting


def joint_duty(course: Course, key: str, *, user: User) -> Duty | None:
    """The joint interview that a key names, if the user may see it; else the first one owed."""
    rows = Duty.objects.visible_to(user).filter(course=course, kind=MeetingKind.JOINT)
    if key.isascii() and key.isdecimal() and (found := rows.filter(pk=int(key)).first()):
        return found
    owed = duties_to_book(course, Party.JOBCENTRE)
    return next((one for one in owed if one.kind == MeetingKind.JOINT), None)


def asked_for(
    course: Course, key: str, *, user: User, at: datetime
) -> tuple[Duty | None, Meeting | None]:
    """The joint interview that a key names or that is owed, and the one that is booked for it.

    What is owed is what nothing is booked for.
    """
    duty = joint_duty(course, key, user=user)
    if duty and str(duty.pk) != key:
        return duty, None
    return duty, booked_joint(course, duty, user=user, at=at)


def booked_joint(course: Course, duty: Duty | None, *, user: User, at: datetime) -> Meeting | None:
    """The joint interview that is booked for a duty; without one, any that lies ahead."""
    rows = Meeting.objects.visible_to(user).booked().filter(course=course)
    if duty:
        return rows.filter(duty=duty).order_by("starts_at").first()
    ahead = rows.filter(kind=MeetingKind.JOINT, held_by=Party.JOBCENTRE, starts_at__gt=at)
    return ahead.order_by("starts_at").first()
