"""The interviews that are booked on days on which the citizen is sick."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _

from courses.models import AbsenceKind, Course, Party
from courses.wording import duty_name
from meetings.models import Meeting, MeetingQuerySet
from shared.dates import start_of
from shared.written import day_with_year, moment_text

NONE = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Booking:
    """One of them: when, where, by when it is owed, and whether the reader's side holds it."""

    pk: int
    when: str
    name: str
    place: str
    due: str
    is_own: bool


def on_sick_days(course: Course, *, at: datetime) -> MeetingQuerySet:
    """Booked interviews ahead that lie in a sickness which stands."""
    sick = course.citizen.absences.filter(superseded_at=None, kind=AbsenceKind.SICK)
    days = list(sick.values_list("starts_on", "ends_on"))
    inside = reduce(or_, (_within(first, end) for first, end in days), NONE)
    return Meeting.objects.booked().filter(inside, course=course, starts_at__gt=at)


def bookings_of(found: Iterable[Meeting], side: Party | None, *, on: date) -> list[Booking]:
    """Interviews as a page shows them."""
    return [
        Booking(
            pk=one.pk,
            when=moment_text(one.starts_at, on=on),
            name=duty_name(one.duty) if one.duty else one.get_kind_display(),
            place=str(one.room or one.get_form_display()),
            due=_due(one),
            is_own=one.held_by == side,
        )
        for one in found
    ]


def _within(first: date, end: date | None) -> Q:
    later = Q(starts_at__gte=start_of(first))
    return later & Q(starts_at__lt=start_of(end)) if end else later


def _due(meeting: Meeting) -> str:
    duty = meeting.duty
    if duty is None or duty.due_on is None:
        return _("owed by no deadline")
    return _("owed by %(day)s") % {"day": day_with_year(duty.due_on)}
