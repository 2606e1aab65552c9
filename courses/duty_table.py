"""What is owed in a course as the rows of its table: when, why, what became of it, what to do."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from courses.access import Viewer, may_book
from courses.meeting_rows import MeetingRow
from courses.models import Course, Duty, Flag
from courses.sentences import say
from courses.wording import State, duty_name, source_of, state_of
from shared.as_told import as_told
from shared.written import relative_deadline


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty with its words ready: `meetings` are those booked for it, the latest first."""

    duty: Duty
    name: str
    source: str
    state: State
    because: str
    notes: tuple[str, ...]
    meetings: tuple[MeetingRow, ...]
    flag: Flag | None
    acknowledged: Flag | None
    may_book: bool
    may_settle: bool

    @property
    def active(self) -> MeetingRow | None:
        """The interview that is booked for it, or that waits for its outcome."""
        return next((one for one in self.meetings if one.state == "booked"), None)

    @property
    def missed(self) -> tuple[MeetingRow, ...]:
        """Interviews for it that the citizen did not come to."""
        return tuple(one for one in self.meetings if one.state == "no_show")


def duty_rows(
    course: Course, *, meetings: Sequence[MeetingRow], viewer: Viewer
) -> tuple[DutyRow, ...]:
    """The duties of a course that a person may read, the first to fall due first."""
    duties = [
        _as_told(duty, meetings, viewer)
        for duty in course.duties.exclude(outcome=Duty.Outcome.WITHDRAWN)
        if viewer.sees(duty.due_on) and viewer.sees(duty.met_on)
    ]
    flags = _flags(course.flags.overdue().order_by("pk"))
    by_duty: dict[int | None, list[MeetingRow]] = defaultdict(list)
    for meeting in meetings:
        by_duty[meeting.duty_pk].append(meeting)
    return tuple(
        _row(course, duty, by_duty[duty.pk], flags[duty.pk], viewer=viewer) for duty in duties
    )


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
    course: Course,
    duty: Duty,
    meetings: Sequence[MeetingRow],
    flags: Sequence[Flag],
    *,
    viewer: Viewer,
) -> DutyRow:
    active = next((one for one in meetings if one.state == "booked"), None)
    owed = duty.outcome == Duty.Outcome.PENDING and not duty.is_suspended(on=viewer.on)
    return DutyRow(
        duty=duty,
        name=duty_name(duty),
        source=source_of(duty.rule),
        state=_state(duty, active, on=viewer.on),
        because=say(duty.because),
        notes=tuple(say(note) for note in duty.notes),
        meetings=tuple(meetings),
        flag=next((one for one in flags if one.resolved_at is None), None),
        acknowledged=next(
            (one for one in flags if one.cause and viewer.sees(one.acknowledged_on)), None
        ),
        may_book=bool(
            owed
            and not active
            and viewer.may_act
            and may_book(viewer.user, course, duty, on=viewer.on)
        ),
        may_settle=bool(
            active and active.lacks_outcome and viewer.may_act and active.held_by == viewer.side
        ),
    )


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
