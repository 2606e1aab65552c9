"""Free times to choose among when one interview is booked."""

from collections.abc import Sequence
from datetime import date

from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from courses.models import Absence, Course, Duty
from meetings.availability import Availability
from meetings.free_times import Hours, first_day, last_day_tried, some_times
from meetings.several_bookings import wish_of
from shared.written import near_moment

COUNT = 3
MINUTES = 45


def proposals(
    course: Course, duty: Duty | None, *, asked: QueryDict, user: User, on: date
) -> Sequence[tuple[str, str]]:
    """Three times at which the citizen and the person are both free, each with its address."""
    away = Absence.objects.standing().filter(citizen=course.citizen_id)
    wish = wish_of(course, duty, (), away)
    availability = Availability.load(
        first=on,
        last=last_day_tried([wish], first_day(on), on=on),
        workers=[user.pk],
        citizens=[course.citizen_id],
    )
    hours = Hours(
        first_on=first_day(on),
        minutes=MINUTES,
        open_on=lambda day: availability.free_spans(
            day, workers=[user.pk], citizen=course.citizen_id
        ),
    )
    found = some_times(wish, hours, on=on, count=COUNT)
    shown = []
    for starts_at in found:
        query, local = asked.copy(), timezone.localtime(starts_at)
        query["dag"], query["kl"] = f"{local:%Y-%m-%d}", f"{local:%H.%M}"
        shown.append((near_moment(starts_at, on=on), f"?{query.urlencode()}"))
    return shown
