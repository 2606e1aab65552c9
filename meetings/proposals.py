"""Free times to choose among when one interview is booked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from courses.models import Absence, Course, Duty
from meetings.availability import Availability
from meetings.forms.booking import SittingForm
from meetings.free_days import FreeWeek, Looked, free_week
from meetings.free_times import Hours, first_day, last_day_tried, some_times
from meetings.several_bookings import wish_of
from shared.written import near_moment

COUNT = 3
MINUTES = 45


def times_for(
    course: Course, duty: Duty | None, *, user: User, on: date, opens_on: date | None = None
) -> Sequence[datetime]:
    """Three times at which the citizen and the person are both free, from a day on."""
    away = Absence.objects.standing().away().filter(citizen=course.citizen_id)
    wish = wish_of(course, duty, (), away)
    opens = [one for one in (wish.opens_on, opens_on) if one]
    wish = replace(wish, opens_on=max(opens, default=None))
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
    return some_times(wish, hours, on=on, count=COUNT)


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


@dataclass(frozen=True, slots=True)
class FreeTimes:
    """What is free, as the form that books shows it: a few times, and the week of the first."""

    proposals: Sequence[tuple[str, str]]
    week: FreeWeek


def begun_with(  # noqa: PLR0913 (what bounds the times)
    form: SittingForm,
    course: Course,
    duty: Duty | None,
    *,
    user: User,
    asked: QueryDict,
    at: datetime,
    opens_on: date | None = None,
) -> FreeTimes:
    """Begin the form with the time in the address, else with the first free one."""
    on = timezone.localdate(at)
    times = times_for(course, duty, user=user, on=on, opens_on=opens_on)
    form.begin_with(times, duty, on=on)
    shown = form.day_shown
    form.begin_at(asked.get("dag", ""), asked.get("kl", ""))
    looked = Looked(course, user, at, (duty.latest_on or duty.due_on) if duty else None)
    week = free_week(looked, asked=asked, suggested=shown)
    return FreeTimes(proposals(times, asked=asked, on=on), week)
