"""Free times to choose among when one interview is booked."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from courses.models import Absence, Course, Duty
from meetings.free_times import Hours, first_day, some_times
from meetings.models import Participant
from meetings.several_bookings import wish_of
from shared.written import near_moment

COUNT = 3
MINUTES = 45


def times_for(course: Course, duty: Duty | None, *, user: User, on: date) -> Sequence[datetime]:
    """Three times at which the citizen and the person are both free."""
    taken = Participant.objects.filter(
        Q(worker=user) | Q(citizen=course.citizen_id), is_busy=True, ends_at__date__gte=on
    )
    away = Absence.objects.standing().away().filter(citizen=course.citizen_id)
    busy = list(taken.values_list("starts_at", "ends_at"))
    hours = Hours(first_on=first_day(on), minutes=MINUTES, busy=busy)
    return some_times(wish_of(course, duty, (), away), hours, on=on, count=COUNT)


def proposals(
    times: Sequence[datetime], *, asked: QueryDict, on: date
) -> Sequence[tuple[str, str]]:
    """Each time in words, with the address that fills it in."""
    shown = []
    for starts_at in times:
        query, local = asked.copy(), timezone.localtime(starts_at)
        query["dag"], query["kl"] = f"{local:%Y-%m-%d}", f"{local:%H.%M}"
        shown.append((near_moment(starts_at, on=on), f"?{query.urlencode()}"))
    return shown
