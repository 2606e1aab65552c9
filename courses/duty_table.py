"""What is owed in a course as the rows of its table: when, why, what became of it, what to do."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from courses.access import Viewer, may_book
from courses.booking_links import booking_url, times_url
from courses.course_rows import CourseRows
from courses.meeting_rows import MeetingRow
from courses.models import Course, Duty, Flag, MeetingKind
from courses.sentences import say
from courses.wording import State, duty_name, source_of, state_of
from law.clocks import UnemploymentClock
from law.daily import Measure
from law.sentences import EARLIER, EARLIER_ONE, MOVED, MOVED_ONE
from shared.as_told import as_told
from shared.templatetags.components import party_word
from shared.written import moment_text, plain_day, relative_deadline

DAYS_IN_WEEK = 7
TIMES_AHEAD = timedelta(weeks=13)  # beyond, a calendar has no times yet
MOVES = (MOVED, MOVED_ONE, EARLIER, EARLIER_ONE)


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty with its words ready: `meetings` are those booked for it, the latest first."""

    duty: Duty
    name: str
    parties: str
    source: str
    weeks: str
    state: State
    because: str
    notes: tuple[str, ...]
    moved: str
    meetings: tuple[MeetingRow, ...]
    flag: Flag | None
    acknowledged: Flag | None
    may_book: bool
    may_settle: bool
    opens_times: bool
    on: date

    @property
    def active(self) -> MeetingRow | None:
        """The interview that is booked for it, or that waits for its outcome."""
        return next((one for one in self.meetings if one.state == "booked"), None)

    @property
    def missed(self) -> tuple[MeetingRow, ...]:
        """Interviews for it that the citizen did not come to."""
        return tuple(one for one in self.meetings if one.state == "no_show")

    @property
    def book_url(self) -> str:
        """Where it is booked."""
        return booking_url(self.duty, self.duty.course.case_number)

    @property
    def calendar_url(self) -> str:
        """Where the jobcentre's times for it are seen, if it publishes any."""
        return times_url(self.duty.course.case_number, self.duty) if self.opens_times else ""

    @property
    def was_missed(self) -> bool:
        """Whether the last that became of it is that the citizen did not come."""
        stood = [one for one in self.meetings if one.state != "cancelled"]
        return bool(stood) and stood[0].state == "no_show"

    @property
    def window(self) -> str:
        """The days from the first on which it may be held to the last."""
        first, last = self.duty.opens_on, self.duty.due_on
        if first and last:
            return f"{plain_day(first)} – {plain_day(last)}"
        return plain_day(last) if last else "–"

    @property
    def told(self) -> tuple[str, ...]:
        """What there is to say below its state: the booking, what was missed, why it was late."""
        said = [self._booking] if self.active and self.active.starts_at else []
        said += [_("did not come %(day)s") % {"day": plain_day(one.held_on)} for one in self.missed]
        if (flag := self.acknowledged) and flag.acknowledged_on:
            cause = str(flag.get_cause_display())
            said.append(f"{cause[:1].upper()}{cause[1:]} · {plain_day(flag.acknowledged_on)}")
        return tuple(said)

    @property
    def _booking(self) -> str:
        active = self.active
        if active is None or active.starts_at is None:
            return ""
        parts = (moment_text(active.starts_at, on=self.on), active.place)
        return " · ".join(part for part in parts if part)


def duty_rows(
    read: CourseRows,
    clock: UnemploymentClock,
    *,
    meetings: Sequence[MeetingRow],
    viewer: Viewer,
    on: date,
) -> tuple[DutyRow, ...]:
    """The duties of a course that a person may read, the first to fall due first.

    Parties have the names of the day the course is seen on.
    """
    duties = [
        _as_told(duty, meetings, viewer)
        for duty in read.duties
        if viewer.sees(duty.due_on) and viewer.sees(duty.met_on)
    ]
    flags = _flags(read.flags)
    by_duty: dict[int | None, list[MeetingRow]] = defaultdict(list)
    for meeting in meetings:
        by_duty[meeting.duty_pk].append(meeting)
    about = _About(read.course, clock, viewer, on)
    return tuple(_row(about, duty, by_duty[duty.pk], flags[duty.pk]) for duty in duties)


@dataclass(frozen=True, slots=True)
class _About:
    """What every row of a table is asked against."""

    course: Course
    clock: UnemploymentClock
    viewer: Viewer
    on: date


def _as_told(duty: Duty, meetings: Sequence[MeetingRow], viewer: Viewer) -> Duty:
    """A duty as the reader knows it: not met by an interview whose outcome they are not told."""
    without = [one for one in meetings if viewer.until and one.state == "booked"]
    if any((one.kind, one.held_on) == (duty.kind, duty.met_on) for one in without):
        return as_told(duty, outcome=Duty.Outcome.PENDING, met_on=None)
    return duty


def _flags(flags: Iterable[Flag]) -> defaultdict[int, list[Flag]]:
    found: defaultdict[int, list[Flag]] = defaultdict(list)
    for flag in flags:
        found[flag.duty_id].append(flag)
    return found


def _row(
    about: _About, duty: Duty, meetings: Sequence[MeetingRow], flags: Sequence[Flag]
) -> DutyRow:
    viewer = about.viewer
    active = next((one for one in meetings if one.state == "booked"), None)
    owed = duty.outcome == Duty.Outcome.PENDING and not duty.is_suspended(on=viewer.on)
    return DutyRow(
        duty=duty,
        name=duty_name(duty),
        parties=parties_of(duty, on=about.on),
        source=source_of(duty.rule),
        weeks=_weeks(duty, about),
        state=_state(duty, active, on=viewer.on),
        because=say(duty.because),
        notes=tuple(say(note) for note in duty.notes),
        moved=_moved(duty.notes),
        meetings=tuple(meetings),
        flag=next((one for one in flags if one.resolved_at is None), None),
        acknowledged=next(
            (one for one in flags if one.cause and viewer.sees(one.acknowledged_on)), None
        ),
        may_book=bool(
            owed
            and not active
            and viewer.may_act
            and may_book(viewer.user, about.course, duty, on=viewer.on)
        ),
        may_settle=bool(
            active and active.lacks_outcome and viewer.may_act and active.held_by == viewer.side
        ),
        opens_times=bool(
            owed
            and not active
            and viewer.may_act
            and duty.kind == MeetingKind.JOINT
            and (duty.opens_on is None or duty.opens_on <= viewer.on + TIMES_AHEAD)
            and getattr(about.course, "opens_times", False)  # annotated
        ),
        on=viewer.on,
    )


def parties_of(duty: Duty, *, on: date) -> str:
    """Who owes an interview, and with whom."""
    party = party_word(duty.responsible, on=on)
    said = party[:1].upper() + party[1:]
    if not duty.with_party:
        return said
    return f"{said} " + _("with the %(other)s") % {"other": party_word(duty.with_party, on=on)}


def _moved(notes: Sequence[dict[str, Any]]) -> str:
    """By how much the last day moved, and by what; empty where it stands as first said."""
    return next((say(note) for note in notes if note["text"] in MOVES), "")


def _weeks(duty: Duty, about: _About) -> str:
    """The window in weeks of the clock that the rule counts by."""
    if duty.due_on is None:
        return ""
    last = _week(duty.due_on, duty, about)
    first = _week(duty.opens_on - timedelta(1), duty, about) if duty.opens_on else last
    if first >= last:
        return _("week %(week)d") % {"week": last}
    return _("week %(first)d–%(last)d") % {"first": first, "last": last}


def _week(day: date, duty: Duty, about: _About) -> int:
    if duty.basis == Duty.Basis.CALENDAR:
        return max((day - about.course.registered_on).days, 0) // DAYS_IN_WEEK
    measure: Measure = about.clock.measure
    return int(about.clock.read(day.toordinal()).hours * 1000) // measure.week


def _state(duty: Duty, active: MeetingRow | None, *, on: date) -> State:
    """What became of a duty, with its booking where one stands."""
    state = state_of(duty, on=on)
    if state.tone == "over" and duty.late_from:
        return State("over", relative_deadline(duty.late_from - timedelta(1), on=on).text)
    if duty.outcome != Duty.Outcome.PENDING or active is None:
        return state
    if active.lacks_outcome:
        return State("unrecorded", _("outcome missing"), active.held_on)
    return State("booked", _("booked"), active.held_on)
