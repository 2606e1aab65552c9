"""The windows of the picture of a course: whose line they stand on, and what happened in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from courses.course_page import CoursePage
from courses.duty_table import DutyRow
from courses.meeting_rows import MeetingRow
from courses.models import MeetingKind, Party
from courses.timeline_scale import Scale
from shared.templatetags.components import party_word

OPEN_TONES = ("over", "soon", "booked", "unrecorded", "next", "paused")
FORECAST = timedelta(30)
ONE_DAY, A_WEEK = timedelta(1), timedelta(7)
JOINT = "joint"


@dataclass(frozen=True, slots=True)
class Window:
    """Days on which something is owed or done; without a tone only what happened is drawn."""

    label: str
    start: date
    end: date
    tone: str
    marks: tuple[tuple[date, str], ...]


def windows_of(page: CoursePage, scale: Scale) -> Iterator[tuple[str, list[Window]]]:
    """The lines of the picture: the a-kasse's, the joint ones, the jobcentre's."""
    joint = [row for row in page.duties if row.duty.kind == MeetingKind.JOINT]
    own = [row for row in page.duties if row.duty.kind != MeetingKind.JOINT]
    owed = {line: [row for row in own if row.duty.responsible == line] for line in _OWN} | {
        JOINT: joint
    }
    for line, name in _names(page.on).items():
        windows = [*_owed(owed[line], scale), *_unowed(page, line, scale)]
        if line == Party.JOBCENTRE:
            windows += _handover(page, scale)
        yield name, sorted(windows, key=lambda one: (one.start, one.end))


_OWN = (Party.A_KASSE.value, Party.JOBCENTRE.value)


def _names(on: date) -> dict[str, str]:
    a_kasse, jobcentre = (_capital(party_word(one, on=on)) for one in _OWN)
    return {_OWN[0]: a_kasse, JOINT: _("Joint"), _OWN[1]: jobcentre}


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _owed(duties: Sequence[DutyRow], scale: Scale) -> Iterator[Window]:
    """The windows inside the picture, in order of their last day.

    Where a rule asks for one interview after the other, each window begins where the one before
    it ends, so that they lie side by side.
    """
    ends: dict[str, date] = {}
    dated = [row for row in duties if row.duty.due_on and row.duty.due_on >= scale.first]
    for (due_on, rule), group in groupby(sorted(dated, key=_due), key=_due):
        rows = tuple(group)
        end = due_on + ONE_DAY
        opens_on = rows[0].duty.opens_on or end - A_WEEK
        start = min(max(opens_on, ends.get(rule, opens_on)), end - ONE_DAY)
        ends[rule] = end
        if start < scale.last:
            marks = tuple(mark for one in rows for mark in _shapes(one, end))
            yield Window(_label(rows), max(start, scale.first), end, _tone(rows), marks)


def _due(row: DutyRow) -> tuple[date, str]:
    return row.duty.due_on or date.max, row.duty.rule


def _shapes(row: DutyRow, end: date) -> Iterator[tuple[date, str]]:
    """What happened in a window, each on its day."""
    if row.duty.met_on:
        yield row.duty.met_on, "held"
    if row.state.tone == "over":
        yield row.duty.due_on or end, "over"
    for meeting in row.meetings:
        if meeting.state in ("booked", "no_show"):
            yield meeting.held_on, meeting.tone


def _tone(group: Sequence[DutyRow]) -> str:
    tones = {one.state.tone for one in group}
    return next((tone for tone in (*OPEN_TONES, "held") if tone in tones), "none")


def _label(group: Sequence[DutyRow]) -> str:
    if len(group) == 1:
        return group[0].name
    first, last = group[0].duty.ordinal, group[-1].duty.ordinal
    return group[0].name.replace(f"{first}.", f"{first}.–{last}.", 1)


def _unowed(page: CoursePage, line: str, scale: Scale) -> Iterator[Window]:
    """Interviews that nobody owes, such as a recruitment call: their day alone."""
    met = {(row.duty.kind, row.duty.met_on) for row in page.duties}
    for one in page.meetings:
        if one.duty_pk or one.state == "cancelled" or (one.kind, one.held_on) in met:
            continue
        if _line_of(one) == line and scale.holds(one.held_on):
            day = one.held_on
            yield Window(_capital(one.name), day, day + ONE_DAY, "", ((day, one.tone),))


def _line_of(meeting: MeetingRow) -> str:
    return JOINT if meeting.kind == MeetingKind.JOINT else meeting.held_by


def _handover(page: CoursePage, scale: Scale) -> Iterator[Window]:
    """The month before the last day at the a-kasse, with an arrow on that day."""
    handover = page.handover
    if handover is None or not scale.holds(handover.on):
        return
    start = max(handover.on - FORECAST, scale.first, page.course.registered_on)
    tone = "next" if handover.is_forecast and not handover.is_past else "handover"
    yield Window(_("Hand-over"), start, handover.on + ONE_DAY, tone, ((handover.on, "handover"),))
