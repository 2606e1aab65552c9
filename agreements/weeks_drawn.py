"""The weeks of a course as a drawing: places in per cent across, in pixels down."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agreements.interview_rows import is_wrong
from agreements.preview import Weeks, Window
from courses.wording import interview_name
from shared.written import decimal_text, plain_day

ROW, BAR, TOP = 38, 18, 26
LEAST = 7.0  # per cent: room for the letter
HALF = 50
LETTERS = {"a_kasse": "A", "jobcentre": "J"}
JOINT = "F"
SPANS = (26, 39, 52)


@dataclass(frozen=True, slots=True)
class Tick:
    """A week on the axis."""

    week: int
    x: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Bar:
    """An interview: its name above a box with the letter of whoever holds it."""

    name: str
    said: str
    letter: str
    party: str
    x: str
    width: str
    middle: str
    label_x: str
    anchor: str
    label_y: int
    y: int
    letter_y: int
    agreed: bool
    wrong: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything that the template places."""

    height: int
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    handover_x: str


def drawing_of(weeks: Weeks, *, wrong: Collection[str] = ()) -> Drawing:
    """The bars one below the other, on as few weeks as hold what the first half year asks."""
    span = _span(weeks)
    shown = [one for one in weeks.windows if one.from_week <= span]
    moves = weeks.handover_week
    return Drawing(
        height=TOP + ROW * len(shown) + 6,
        ticks=tuple(_tick(week, span) for week in _weeks(span)),
        bars=tuple(_bar(one, number, span, wrong) for number, one in enumerate(shown)),
        handover_x=_percent(moves / span * 100) if moves and moves <= span else "",
    )


def _span(weeks: Weeks) -> int:
    """26 weeks where that shows most of it."""
    last = max((one.to_week for one in weeks.windows if one.from_week < SPANS[0]), default=0)
    return next((one for one in SPANS if last <= one), SPANS[-1])


def _weeks(span: int) -> tuple[int, ...]:
    return (0, 6, 13, 20, 26) if span == SPANS[0] else tuple(range(0, span + 1, 13))


def _tick(week: int, span: int) -> Tick:
    anchor = "start" if week == 0 else "end" if week == span else "middle"
    return Tick(week, _percent(week / span * 100), anchor)


def _bar(window: Window, number: int, span: int, wrong: Collection[str]) -> Bar:
    ends = min(window.to_week / span * 100, 100.0)
    width = max(ends - window.from_week / span * 100, LEAST)
    starts = max(min(ends, 100.0) - width, 0.0)
    left = starts < HALF
    top = TOP + number * ROW
    name = interview_name(window.rule, window.ordinal, window.kind)
    to_correct = is_wrong(window.rule, wrong)
    return Bar(
        name=_("%(interview)s – correct it") % {"interview": name} if to_correct else name,
        said=_said(window),
        letter=JOINT if window.is_joint else LETTERS[window.party],
        party="joint" if window.is_joint else window.party,
        x=_percent(starts),
        width=_percent(width),
        middle=_percent(starts + width / 2),
        label_x=_percent(starts if left else starts + width),
        anchor="start" if left else "end",
        label_y=top + 12,
        y=top + 16,
        letter_y=top + 16 + 13,
        agreed=window.agreed,
        wrong=to_correct,
    )


def _said(window: Window) -> str:
    said = _("weeks %(first)s to %(last)s, last day %(day)s") % {
        "first": decimal_text(window.from_week, digits=0),
        "last": decimal_text(window.to_week, digits=0),
        "day": plain_day(window.last_on),
    }
    by_agreement = _("by agreement")
    return f"{said} · {by_agreement}" if window.agreed else said


def _percent(value: float) -> str:
    return f"{value:.2f}%"
