"""A citizen's sickness as the parties follow it: days, what is due, and who was told."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from courses.models import AbsenceKind, Course, Duty, MeetingKind, Party
from courses.wording import duty_name
from handovers.models import SicknessTalk
from meetings.models import Meeting

DAY = timedelta(1)
BENEFIT_DAYS = 14  # days on which the a-kasse pays; then sickness benefit from the municipality
TELL_WITHIN = timedelta(7)
CANCELLATIONS = 2
TALK_RULE = "R09-07"


@dataclass(frozen=True, slots=True)
class Talk:
    """One talk, and by when the municipality is to be told of it."""

    talk: SicknessTalk
    tell_by: date
    is_late: bool


@dataclass(frozen=True, slots=True)
class Spell:
    """One run of sick days."""

    starts_on: date
    last_on: date | None
    days: int
    talk_by: date | None
    talk_met_on: date | None
    talk_lapsed: bool
    municipality_pays_from: date
    talks: tuple[Talk, ...]

    @property
    def goes_on(self) -> bool:
        """Whether the citizen has not recovered."""
        return self.last_on is None


@dataclass(frozen=True, slots=True)
class Missed:
    """An interview that is to be planned again."""

    name: str
    due_on: date
    duty: Duty


@dataclass(frozen=True, slots=True)
class SicknessPage:
    """What the page shows."""

    spells: tuple[Spell, ...]
    missed: tuple[Missed, ...]
    cancelled: int
    may_talk: bool

    @property
    def current(self) -> Spell | None:
        """The sickness that goes on."""
        return next((one for one in self.spells if one.goes_on), None)

    @property
    def asks_for_availability(self) -> bool:
        """Two interviews cancelled because of sickness (A5): the a-kasse looks at availability."""
        return self.cancelled >= CANCELLATIONS


def sickness_page(course: Course, side: Party | None, *, on: date, may_talk: bool) -> SicknessPage:
    """The sicknesses of a course; the jobcentre reads the talks that it was told of."""
    rows = course.citizen.absences.filter(
        superseded_at=None, kind=AbsenceKind.SICK, starts_on__lt=course.ends_on or date.max
    )
    sick = [
        (max(one.starts_on, course.starts_on), one.ends_on)
        for one in rows.order_by("-starts_on")
        if (one.ends_on or date.max) > course.placed_on
    ]
    talks = list(course.sickness_talks.select_related("informed_by"))
    if side != Party.A_KASSE:
        talks = [one for one in talks if one.informed_on]
    duties = list(course.duties.filter(rule=TALK_RULE).exclude(outcome="withdrawn"))
    return SicknessPage(
        spells=tuple(_spell(start, end, talks, duties, on=on) for start, end in sick),
        missed=_missed(course, sick, side, on=on),
        cancelled=_cancelled(course, sick),
        may_talk=may_talk,
    )


def _spell(
    start: date, end: date | None, talks: list[SicknessTalk], duties: list[Duty], *, on: date
) -> Spell:
    over = end is not None and end <= on
    duty = next((one for one in duties if one.due_on == start + timedelta(28)), None)
    last = end - DAY if over and end else on
    return Spell(
        starts_on=start,
        last_on=end - DAY if over and end else None,
        days=max((last - start).days + 1, 0),
        talk_by=duty.due_on if duty else None,
        talk_met_on=duty.met_on if duty else None,
        talk_lapsed=bool(duty and duty.outcome in ("lapsed", "not_required")),
        municipality_pays_from=start + timedelta(BENEFIT_DAYS),
        talks=tuple(_talk(one, on=on) for one in talks if one.sick_from == start),
    )


def _talk(talk: SicknessTalk, *, on: date) -> Talk:
    tell_by = talk.held_on + TELL_WITHIN
    return Talk(talk, tell_by, talk.informed_on is None and on > tell_by)


def _missed(
    course: Course, sick: list[tuple[date, date | None]], side: Party | None, *, on: date
) -> tuple[Missed, ...]:
    """What the reader's side owes since before the recovery and has not booked."""
    recovered = [end for _start, end in sick if end is not None and end <= on]
    if not recovered or side is None or any(end is None or end > on for _start, end in sick):
        return ()
    owed = course.duties.pending().filter(
        responsible=side, due_on__gte=min(start for start, _end in sick), due_on__lte=on + 30 * DAY
    )
    booked = set(Meeting.objects.booked().filter(course=course).values_list("duty", flat=True))
    rows = [one for one in owed.order_by("due_on", "pk") if one.pk not in booked]
    return tuple(
        Missed(duty_name(one), one.due_on, one)
        for one in rows
        if one.due_on and one.kind != MeetingKind.SICKNESS
    )


def _cancelled(course: Course, sick: list[tuple[date, date | None]]) -> int:
    """Interviews that the citizen cancelled and that lay on sick days."""
    rows = Meeting.objects.filter(
        course=course, state=Meeting.State.CANCELLED, cancelled_by=Party.CITIZEN
    )
    days = [timezone.localdate(one) for one in rows.values_list("starts_at", flat=True)]
    return sum(any(start <= day < (end or date.max) for start, end in sick) for day in days)
