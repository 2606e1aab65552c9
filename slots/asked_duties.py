"""Which joint interview of a case an address is about."""

from datetime import datetime

from django.db.models import OuterRef, Subquery

from accounts.models import User
from courses.models import Course, Duty, MeetingKind, Party
from meetings.forms.booking import duties_to_book
from meetings.models import Meeting, MeetingQuerySet


def joint_duty(course: Course, key: str, *, user: User) -> Duty | None:
    """The joint interview that a key names, if the user may see it; else the first one owed.

    One that was named says by `booked_as` which interview is booked for it.
    """
    rows = Duty.objects.visible_to(user).filter(course=course, kind=MeetingKind.JOINT)
    booked = _booked(course, user).filter(duty=OuterRef("pk")).order_by("starts_at")
    rows = rows.annotate(booked_as=Subquery(booked.values("pk")[:1]))
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
    if duty is None:
        return None, booked_joint(course, user=user, at=at)
    named: int | None = getattr(duty, "booked_as", None)
    return duty, _booked(course, user).filter(pk=named).first() if named else None


def booked_joint(course: Course, *, user: User, at: datetime) -> Meeting | None:
    """The joint interview of a course that is booked and lies ahead."""
    rows = _booked(course, user).filter(
        kind=MeetingKind.JOINT, held_by=Party.JOBCENTRE, starts_at__gt=at
    )
    return rows.order_by("starts_at").first()


def _booked(course: Course, user: User) -> MeetingQuerySet:
    return Meeting.objects.visible_to(user).booked().filter(course=course)
