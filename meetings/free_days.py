"""The free stretches of a week beside the form that books or moves an interview."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Course
from meetings.availability import Availability
from meetings.models import Meeting
from shared.dates import is_working_day, monday_to_plan, start_of
from shared.form_fields import day_asked
from shared.written import clock_text, day_text
from staffing.openings import Span, less

WORKING_DAYS = 5
QUARTER = timedelta(minutes=15)
WEEK = timedelta(7)


@dataclass(frozen=True, slots=True)
class Gap:
    """A free stretch, and the address that begins the form with its first minute."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class FreeDay:
    """One day of the week: its free stretches, or why it has none."""

    name: str
    note: str
    tone: str
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class FreeWeek:
    """A week in which both the worker and the citizen are looked at."""

    title: str
    whose: str
    days: tuple[FreeDay, ...]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Looked:
    """Whose free times are looked for, and what limits them."""

    course: Course
    worker: User | None
    at: datetime
    last_on: date | None = None
    apart_from: Meeting | None = None


def looked_for(meeting: Meeting, *, at: datetime) -> Looked:
    """Whose free times a booked interview can be moved to: its own time counts as free."""
    own = meeting.participants.filter(role=meeting.held_by).select_related("worker").first()
    duty = meeting.duty
    last_on = (duty.latest_on or duty.due_on) if duty else None
    return Looked(meeting.course, own.worker if own else None, at, last_on, meeting)


def free_week(looked: Looked, *, asked: QueryDict, suggested: date) -> FreeWeek:
    """The week of the day in the address, or else of the day that the form suggests."""
    today = timezone.localdate(looked.at)
    day = max(day_asked(asked.get("dag", ""), on=suggested), today)
    monday = monday_to_plan(day)
    return FreeWeek(
        title=_("Free times, week %(week)d") % {"week": monday.isocalendar().week},
        whose=_whose(looked),
        days=tuple(_days(looked, monday, asked)),
        before=_address(asked, monday - WEEK) if monday_to_plan(today) < monday else "",
        after=_address(asked, monday + WEEK),
    )


def _whose(looked: Looked) -> str:
    if looked.worker is None:
        return looked.course.citizen.name
    names = {"worker": looked.worker, "citizen": looked.course.citizen.name}
    return _("%(worker)s and %(citizen)s are both free") % names


def _days(looked: Looked, monday: date, asked: QueryDict) -> Iterator[FreeDay]:
    workers = [looked.worker.pk] if looked.worker else []
    citizen = looked.course.citizen_id
    availability = Availability.load(
        first=monday,
        last=monday + timedelta(WORKING_DAYS - 1),
        workers=workers,
        citizens=[citizen],
        apart_from=looked.apart_from,
    )
    past = (start_of(monday), _on_the_quarter(looked.at))
    for number in range(WORKING_DAYS):
        day = monday + timedelta(number)
        if day >= timezone.localdate(looked.at):
            free = less(availability.free_spans(day, workers=workers, citizen=citizen), [past])
            long = [(start, end) for start, end in free if end - start >= QUARTER]
            yield _day(looked, day, long, asked, is_away=availability.is_away(citizen, day))


def _day(
    looked: Looked, day: date, found: Sequence[Span], asked: QueryDict, *, is_away: bool
) -> FreeDay:
    note, tone = "", ""
    if not is_working_day(day):
        note = _("Public holiday")
    elif is_away:
        note = _("Away")
    elif not found:
        note = _("Nothing free")
    elif looked.last_on and timezone.localdate(looked.at) <= looked.last_on < day:
        note, tone = _("After the deadline"), "over"
    elif looked.last_on == day:
        note, tone = _("Last day"), "soon"
    shown = tuple(_gap(span, asked) for span in found)
    return FreeDay(day_text(day, on=timezone.localdate(looked.at)), note, tone, shown)


def _gap(span: Span, asked: QueryDict) -> Gap:
    start, end = (timezone.localtime(one) for one in span)
    text = f"{clock_text(start)}–{clock_text(end)}"
    return Gap(text, _address(asked, start.date(), f"{start:%H.%M}"))


def _address(asked: QueryDict, day: date, clock: str = "") -> str:
    query = asked.copy()
    query["dag"] = f"{day:%Y-%m-%d}"
    query.pop("kl", None)
    if clock:
        query["kl"] = clock
    return f"?{query.urlencode()}"


def _on_the_quarter(at: datetime) -> datetime:
    midnight = start_of(timezone.localdate(at))
    return midnight + -(-(at - midnight) // QUARTER) * QUARTER
