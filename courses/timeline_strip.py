"""The course as a picture: the calendar to the right, who owes what from top to bottom.

Distances along the calendar are per cent of the picture's width, heights are pixels, so that the
picture stretches and its text does not. Everything is a string when it leaves here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from courses.course_page import CoursePage
from courses.duty_table import DutyRow
from courses.models import Absence, MeetingKind, Party
from law.absence import EFFECTS, Counts
from law.daily import COVID, DEAD
from law.vocabulary import AbsenceKind
from shared.templatetags.components import party_word
from shared.written import MONTHS, language, short_day

LEFT, WIDTH = 11.5, 87.0
TOP, LANE, BAR = 30, 50, 28
LABEL = 13  # per cent of the width that a label needs
AHEAD, BEHIND = timedelta(weeks=26), timedelta(weeks=78)
A_WHILE = timedelta(weeks=4)
NEAR_THE_EDGE = 82  # from here on a label would run out of the picture: it ends with its window
OPEN_TONES = ("over", "soon", "booked", "unrecorded", "next", "paused")


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of days: where it begins, how wide it is, how high it stands."""

    x: str
    width: str
    y: int
    tone: str = ""
    text: str = ""
    text_x: str = ""
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Mark:
    """A day with a shape on it."""

    x: str
    y: int
    tone: str
    text: str = ""


@dataclass(slots=True)
class Row:
    """One line of the picture with its windows, last days and marks."""

    name: str
    y: int
    boxes: list[Box] = field(default_factory=list)
    edges: list[Mark] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing of the course in a list, for those who read no picture."""

    day: date
    tone: str
    text: str
    more: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The picture, and the list that says the same."""

    height: int
    foot: int
    rows: tuple[Row, ...]
    pauses: tuple[Box, ...]
    months: tuple[Mark, ...]
    today: Mark
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    """The days of the picture."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Where a day lies, inside the picture."""
        whole = (self.last - self.first).days or 1
        return LEFT + WIDTH * min(max((day - self.first).days / whole, 0), 1)

    def box(self, start: date, end: date, y: int, tone: str = "", text: str = "") -> Box:
        """The days from one up to another."""
        x = self.x(start)
        width = max(self.x(end) - x, 0.4)
        if x < NEAR_THE_EDGE:
            return Box(_percent(x), _percent(width), y, tone, text, _percent(x))
        return Box(_percent(x), _percent(width), y, tone, text, _percent(x + width), "end")

    def mark(self, day: date, y: int, tone: str, text: str = "") -> Mark:
        """A shape in the middle of a day."""
        return Mark(_percent(self.x(day)), y, tone, text)


def strip_of(page: CoursePage) -> Strip:
    """The picture of a course as it is seen on a day."""
    scale = _scale(page)
    rows = [_unemployment(page, scale)]
    for name, duties in _lines(page):
        rows += _lanes(name, duties, scale, TOP + LANE * len(rows))
    foot = TOP + LANE * len(rows)
    if page.handover and scale.first <= page.handover.on <= scale.last:
        rows[0].marks.append(scale.mark(page.handover.on, TOP + 4, "handover"))
    return Strip(
        height=foot + 30,
        foot=foot,
        rows=tuple(rows),
        pauses=tuple(_pauses(page, scale)),
        months=tuple(_months(scale, foot)),
        today=scale.mark(page.on, 0, "today", short_day(page.on)),
        steps=tuple(sorted(_steps(page), key=lambda step: step.day)),
    )


def _scale(page: CoursePage) -> _Scale:
    """From the placement on to the last date within half a year, a year and a half at most."""
    days = [row.duty.due_on for row in page.duties if row.duty.due_on]
    days += [page.handover.on] if page.handover else []
    ahead, least = (timedelta(0), page.on) if page.has_ended else (AHEAD, page.on + A_WHILE)
    last = max([least, *(day for day in days if day <= page.on + ahead)]) + timedelta(14)
    first = min(page.course.placed_on, page.course.registered_on)
    return _Scale(max(first, last - BEHIND), last)


def _unemployment(page: CoursePage, scale: _Scale) -> Row:
    row = Row(_("Unemployment"), TOP)
    row.boxes.append(scale.box(page.course.placed_on, page.on + timedelta(1), TOP, "run"))
    if not page.has_ended:  # what is left is a forecast
        row.boxes.append(scale.box(page.on + timedelta(1), scale.last, TOP, "rest"))
    return row


def _pauses(page: CoursePage, scale: _Scale) -> Iterator[Box]:
    """The days on which the clock stands, over its bar; covid's dead periods among them."""
    still = [
        (one.starts_on, one.ends_on or scale.last, str(one.get_kind_display()))
        for one in page.absences.standing
        if isinstance(one, Absence) and _stops(one)
    ]
    still += [(date.fromordinal(start), date.fromordinal(end), _(COVID)) for start, end in DEAD]
    for start, end, name in still:
        if end > scale.first and start < scale.last:
            yield scale.box(start, end, TOP, "pause", name)


def _stops(absence: Absence) -> bool:
    return EFFECTS[AbsenceKind(absence.kind)].counts in (Counts.NOTHING, Counts.FIRST_DAYS)


def _lines(page: CoursePage) -> Iterator[tuple[str, list[DutyRow]]]:
    """The duties of each line: the a-kasse's, the joint ones, the jobcentre's."""
    joint = [row for row in page.duties if row.duty.kind == MeetingKind.JOINT]
    own = [row for row in page.duties if row.duty.kind != MeetingKind.JOINT]
    names = {party: party_word(party, on=page.on) for party in (Party.A_KASSE, Party.JOBCENTRE)}
    of_party = {party: [row for row in own if row.duty.responsible == party] for party in names}
    yield _capital(names[Party.A_KASSE]), of_party[Party.A_KASSE]
    yield _("Joint"), joint
    yield _capital(names[Party.JOBCENTRE]), of_party[Party.JOBCENTRE]


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _lanes(name: str, duties: Sequence[DutyRow], scale: _Scale, y: int) -> list[Row]:
    """One line of the picture, or more where windows would lie on one another."""
    lanes: list[tuple[Row, float]] = []
    for window in _windows(duties, scale):
        left, right = scale.x(window.start), scale.x(window.end)
        place = next((n for n, (_row, free) in enumerate(lanes) if free <= left), None)
        if place is None:
            place = len(lanes)
            lanes.append((Row("" if lanes else name, y + LANE * place), 0.0))
        row = lanes[place][0]
        _draw(row, window, scale)
        lanes[place] = (row, max(right + 1, left + LABEL))
    return [row for row, _free in lanes] or [Row(name, y)]


@dataclass(frozen=True, slots=True)
class _Window:
    """The days of one or more duties of a rule that have one last day."""

    rows: tuple[DutyRow, ...]
    start: date
    end: date


def _windows(duties: Sequence[DutyRow], scale: _Scale) -> Iterator[_Window]:
    """The windows inside the picture, in order of their last day.

    Where a rule asks for one interview after the other, each window begins where the one before
    it ends, so that they lie side by side.
    """
    ends: dict[str, date] = {}
    dated = [row for row in duties if row.duty.due_on and row.duty.due_on >= scale.first]
    for (due_on, rule), group in groupby(sorted(dated, key=_due), key=_due):
        rows = tuple(group)
        end = due_on + timedelta(1)
        opens_on = rows[0].duty.opens_on or end - timedelta(7)
        start = min(max(opens_on, ends.get(rule, opens_on)), end - timedelta(1))
        ends[rule] = end
        if start < scale.last:
            yield _Window(rows, max(start, scale.first), end)


def _due(row: DutyRow) -> tuple[date, str]:
    return row.duty.due_on or date.max, row.duty.rule


def _draw(row: Row, window: _Window, scale: _Scale) -> None:
    tone, label = _tone(window.rows), _label(window.rows)
    row.boxes.append(scale.box(window.start, window.end, row.y, tone, label))
    if window.end <= scale.last:
        row.edges.append(scale.mark(window.end, row.y, "edge"))
    for one in window.rows:
        row.marks += [scale.mark(day, row.y + 4, tone) for day, tone in _shapes(one, window.end)]


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


def _months(scale: _Scale, y: int) -> Iterator[Mark]:
    """The first of each month; every third where they would lie on one another."""
    every = 1 if (scale.last - scale.first).days <= 400 else 3  # noqa: PLR2004 (about 13 months)
    day = scale.first.replace(day=1)
    while (day := (day + timedelta(32)).replace(day=1)) < scale.last:
        if (day.month - 1) % every == 0:
            name = MONTHS[language()][day.month - 1][:3]
            yield scale.mark(day, y, "month", f"{name} {day.year}" if day.month == 1 else name)


def _steps(page: CoursePage) -> Iterator[Step]:
    """What was and what comes, each on its day."""
    yield Step(page.on, "today", _("Last day") if page.has_ended else _("Today"), "")
    for row in page.duties:
        day = row.duty.met_on or row.duty.due_on
        if day and (row.duty.met_on or row.duty.outcome == "pending"):
            yield Step(day, row.state.tone, row.name, row.state.word)
    for absence in page.absences.standing:
        if isinstance(absence, Absence):
            name = str(absence.get_kind_display())
            yield Step(absence.starts_on, "paused", name, _until(absence))
    if page.handover:
        yield Step(page.handover.on, "handover", _("Hand-over"), page.handover.rule)


def _until(absence: Absence) -> str:
    if absence.ends_on is None:
        return _("not ended")
    return _("to %(day)s") % {"day": short_day(absence.ends_on - timedelta(1))}


def _percent(number: float) -> str:
    return f"{number:.2f}%"
