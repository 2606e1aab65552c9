"""The course as a picture: the calendar to the right, who owes what from top to bottom.

The axis above counts weeks of unemployment, so that pauses push the weeks to the right.
Everything is a string when it leaves here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from courses.course_page import CoursePage
from courses.pauses import Run, length_text, runs_between, weeks_text
from courses.timeline_scale import (
    LEFT,
    RIGHT,
    WIDTH,
    Label,
    Lane,
    Lanes,
    Scale,
    label_span,
    middle_span,
    months_between,
    percent,
    text_width,
)
from courses.timeline_steps import Step, steps_of
from courses.timeline_windows import Window, windows_of
from shared.written import MONTHS, decimal_text, language, short_day

BAR_TOP, BAR, BOX = 34, 32, 28  # pixels
LABEL_LINE, LANE, ROOM = 16, 50, 24  # a line of labels, of boxes, and what stands above a line
AHEAD, BEHIND, A_WHILE = timedelta(weeks=26), timedelta(weeks=78), timedelta(weeks=4)
MARGIN = timedelta(10)
LEAST_TICK = 5.5  # per cent between two weeks, or two months, that are named
FLAG_ROOM, SPARE = 6.5, 0.5  # per cent on each side of today's flag, and beyond the last day
WEEK_STEPS = (1, 2, 4, 6, 13, 26, 52, 104, 520)
MONTH_STEPS = (1, 2, 3, 6, 12)
MILLI = 1000


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of days: where it begins, how wide and how high it stands."""

    x: str
    width: str
    y: int
    tone: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A day with a shape, or a line, on it."""

    x: str
    y: int
    tone: str


@dataclass(slots=True)
class Row:
    """One line of the picture; only the first line of a party bears its name."""

    name: str
    y: int
    boxes: list[Box] = field(default_factory=list)
    edges: list[Mark] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Strip:
    """The picture, and the list that says the same."""

    height: int
    foot: int
    bar: Row
    rows: tuple[Row, ...]
    pauses: tuple[Box, ...]
    weeks: tuple[Label, ...]
    ticks: tuple[str, ...]
    months: tuple[Label, ...]
    month_ticks: tuple[str, ...]
    years: str
    today: str
    flag: Label
    flag_shift: int
    steps: tuple[Step, ...]


def strip_of(page: CoursePage) -> Strip:
    """The picture of a course as it is seen on a day."""
    scale = _scale(page)
    runs = runs_between(page.clock, max(scale.first, page.course.placed_on), scale.last)
    bar, top = _bar(page, scale, runs)
    rows: list[Row] = []
    for name, windows in windows_of(page, scale):
        rows += _lines(name, windows, scale, top + LANE * len(rows))
    foot = top + LANE * len(rows) - ROOM + 10
    flag, flag_x, shift = _flag(page, scale)
    weeks, ticks = _weeks(page, scale, flag_x)
    months = list(_months(scale, foot + 22))
    return Strip(
        height=foot + 30,
        foot=foot,
        bar=bar,
        rows=tuple(rows),
        pauses=tuple(_box(scale, one.starts_on, one.ends_on, 24, "pause") for one in _still(runs)),
        weeks=tuple(weeks),
        ticks=tuple(ticks),
        months=tuple(one for one in months if one.text),
        month_ticks=tuple(one.x for one in months),
        years=_years(scale),
        today=percent(scale.x(page.on)),
        flag=flag,
        flag_shift=shift,
        steps=steps_of(page),
    )


def _scale(page: CoursePage) -> Scale:
    """From the registration on to the last date within half a year, a year and a half at most."""
    days = [row.duty.due_on for row in page.duties if row.duty.due_on]
    days += [page.handover.on] if page.handover else []
    ahead, least = (timedelta(0), page.on) if page.has_ended else (AHEAD, page.on + A_WHILE)
    last = max([least, *(day for day in days if day <= page.on + ahead)]) + MARGIN
    first = min(page.course.placed_on, page.course.registered_on)
    if page.course.placed_on < page.course.registered_on - BEHIND:
        first = page.course.registered_on  # an earlier course of the same benefit period
    return Scale(max(first, last - 2 * BEHIND if page.has_ended else last - BEHIND), last)


def _box(scale: Scale, start: date, end: date, y: int, tone: str) -> Box:
    x = scale.x(start)
    return Box(percent(x), percent(max(scale.x(end) - x, 0.3)), y, tone)


def _still(runs: Sequence[Run]) -> Iterator[Run]:
    return (one for one in runs if one.stands)


def _bar(page: CoursePage, scale: Scale, runs: Sequence[Run]) -> tuple[Row, int]:
    """The line of unemployment: what ran, what stood, what is left; and where the next begins."""
    bar, tomorrow = Row(_("Unemployment"), BAR_TOP), page.on + timedelta(1)
    for run in runs:
        if run.stands or run.starts_on >= tomorrow:
            continue
        _segment(bar, scale, page, run.starts_on, min(run.ends_on, tomorrow))
    _rest(bar, scale, page, tomorrow)
    lanes = Lanes()
    for run in _still(runs):
        bar.boxes.append(_box(scale, run.starts_on, run.ends_on, BAR_TOP, "pause"))
        bar.labels.append(_below(scale, run, lanes))
    _decisions(bar, scale, page, lanes)
    return bar, BAR_TOP + BAR + LABEL_LINE * len(lanes.lanes) + ROOM + 14


def _segment(bar: Row, scale: Scale, page: CoursePage, start: date, end: date) -> None:
    """Days on which the clock ran, with their weeks where there is room."""
    if end <= scale.first or start >= end:
        return
    bar.boxes.append(_box(scale, start, end, BAR_TOP, "run"))
    week = page.clock.measure.week / MILLI
    hours = page.clock.read((end - timedelta(1)).toordinal()).hours
    hours -= page.clock.read((start - timedelta(1)).toordinal()).hours
    x, text = scale.x(start), weeks_text(round(float(hours) / week, 1))
    if x + text_width(text) + 2 <= scale.x(end):
        bar.labels.append(Label(percent(x + 0.6), BAR_TOP + 21, text, tone="on"))


def _rest(bar: Row, scale: Scale, page: CoursePage, tomorrow: date) -> None:
    """What is left until the next threshold: a forecast, and drawn as one."""
    ahead = page.clocks.next
    if page.has_ended or not page.clocks.runs_on:
        return
    reached = ahead.reached_on + timedelta(1) if ahead and ahead.reached_on else scale.last
    end = min(max(reached, tomorrow), scale.last)
    bar.boxes.append(_box(scale, tomorrow, end, BAR_TOP, "rest"))
    if ahead is None or ahead.reached_on is None:
        return
    left = decimal_text(max(float(ahead.weeks - page.clocks.weeks), 0.0))
    x = scale.x(tomorrow)
    for text in (_("%(weeks)s weeks left") % {"weeks": left}, left):
        if x + text_width(text) + 2 <= scale.x(end):
            bar.labels.append(Label(percent(x + 0.8), BAR_TOP + 21, text))
            return


def _decisions(bar: Row, scale: Scale, page: CoursePage, lanes: Lanes) -> None:
    """An edge on each day from which a person decided on entry, with what was decided below."""
    for one in page.entries:
        if scale.holds(one.decided_from):
            x = scale.x(one.decided_from)
            text = _("In the agreement") if one.takes_in else _("Out of the agreement")
            span, anchor = label_span(x, text)
            y = BAR_TOP + BAR + 14 + LABEL_LINE * lanes.place(span)
            bar.edges.append(Mark(percent(x), BAR_TOP, "edge"))
            place = span[0] if anchor == "start" else span[1]
            bar.labels.append(Label(percent(place), y, text, anchor, "quiet"))


def _below(scale: Scale, run: Run, lanes: Lanes) -> Label:
    """What the clock stood for, and how long, on a line of its own below the bar."""
    name = run.name[:1].upper() + run.name[1:]
    text = f"{name}, {length_text(run.days)}"
    span, anchor = label_span(scale.x(run.starts_on), text, until=scale.x(run.ends_on))
    y = BAR_TOP + BAR + 14 + LABEL_LINE * lanes.place(span)
    return Label(percent(span[0] if anchor == "start" else span[1]), y, text, anchor, "quiet")


def _lines(name: str, windows: Sequence[Window], scale: Scale, y: int) -> list[Row]:
    """One line of the picture, or more where windows or their labels would touch."""
    lanes, rows = Lanes(), [Row(name, y)]
    for window in windows:
        left, right = scale.x(window.start), scale.x(window.end)
        span, anchor = label_span(left, window.label, until=right)
        marked = [scale.x(day) for day, _tone in window.marks if scale.holds(day)]
        place = lanes.place((min(left, span[0], *marked), max(right, span[1], *marked)))
        while len(rows) <= place:
            rows.append(Row("", y + LANE * len(rows)))
        x = percent(span[0] if anchor == "start" else span[1])
        rows[place].labels.append(Label(x, rows[place].y - 5, window.label, anchor))
        _draw(rows[place], window, scale)
    return rows


def _draw(row: Row, window: Window, scale: Scale) -> None:
    if window.tone:
        row.boxes.append(_box(scale, window.start, window.end, row.y, window.tone))
        if window.end <= scale.last:
            row.edges.append(Mark(percent(scale.x(window.end)), row.y, "edge"))
    for day, tone in window.marks:
        if scale.holds(day):
            row.marks.append(Mark(percent(min(scale.x(day) + 0.1, RIGHT - 1)), row.y + 4, tone))


def _flag(page: CoursePage, scale: Scale) -> tuple[Label, float, int]:
    """The word over today's line, moved to the left where it would run out of the picture."""
    word = _("Last day %(day)s") if page.has_ended else _("Today %(day)s")
    text = word % {"day": short_day(page.on)}
    x = scale.x(page.on)
    half = text_width(text) / 2 + 1
    shift = -54 if x + half <= RIGHT else -100
    return Label(percent(x), 14, text, "middle"), x, shift


def _weeks(page: CoursePage, scale: Scale, flag_x: float) -> tuple[list[Label], list[str]]:
    """Weeks of unemployment along the top; thresholds by name, and first where room is short."""
    axis = Lane([(flag_x - FLAG_ROOM, flag_x + FLAG_ROOM)])
    labels, ticks = [], []
    for threshold in page.clocks.thresholds:
        day = threshold.reached_on + timedelta(1) if threshold.reached_on else None
        if day and scale.holds(day):
            ticks.append(percent(scale.x(day)))
            labels += _named(axis, scale.x(day), str(threshold.name), "limit")
    for number, day in _week_days(page, scale):
        x = scale.x(day)
        text = str(number) if number else _("week %(week)d") % {"week": 0}
        if named := _named(axis, x, text, "quiet"):
            ticks.append(percent(x))
            labels += named
    return labels, ticks


def _named(axis: Lane, x: float, text: str, tone: str) -> list[Label]:
    """A label held by its middle, or by the end that keeps it in the picture, if it has room."""
    (left, right), anchor = middle_span(x, text), "middle"
    if left < LEFT:
        (left, right), anchor = (x, x + text_width(text)), "start"
    elif right > RIGHT + SPARE:
        (left, right), anchor = (x - text_width(text), x), "end"
    return [Label(percent(x), 14, text, anchor, tone)] if axis.take((left, right)) else []


def _week_days(page: CoursePage, scale: Scale) -> Iterator[tuple[int, date]]:
    """The days on which so many weeks of unemployment are full, some weeks apart."""
    week = page.clock.measure.week
    if page.course.placed_on >= scale.first:
        yield 0, page.course.placed_on
    last = int(page.clock.read(scale.last.toordinal()).hours * MILLI) // week
    first = int(page.clock.read(scale.first.toordinal()).hours * MILLI) // week
    most = WIDTH / LEAST_TICK
    step = next(one for one in WEEK_STEPS if (last - first) / one <= most)
    for number in range(step, last + 1, step):
        day = page.clock.reached(number * week)
        if day and number > first and scale.holds(date.fromordinal(day + 1)):
            yield number, date.fromordinal(day + 1)


def _months(scale: Scale, y: int) -> Iterator[Label]:
    """The first of each month, or of some where they would touch; January bears its year."""
    a_month = WIDTH * 30 / max(scale.days, 1)
    every = next((one for one in MONTH_STEPS if a_month * one >= LEAST_TICK), MONTH_STEPS[-1])
    for day in months_between(scale.first, scale.last, every=every):
        name = MONTHS[language()][day.month - 1][:3]
        text = f"{name} {day.year}" if day.month == 1 else name
        x = scale.x(day)
        fits = x + text_width(text) <= RIGHT + SPARE
        yield Label(percent(x), y, text if fits else "", tone="quiet")


def _years(scale: Scale) -> str:
    return _("Calendar %(year)d") % {"year": scale.first.year}
