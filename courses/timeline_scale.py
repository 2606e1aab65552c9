"""Where things lie in the picture of a course, and that no label lies on another.

Distances along the calendar are per cent of the picture's width, heights are pixels, so that the
picture stretches and its text does not. The picture is never drawn narrower than `NARROWEST`:
what does not collide there collides nowhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

NARROWEST = 960  # pixels
LETTER = 6.6  # pixels, of 12 px text on average
LEFT, WIDTH = 11.5, 88.0
RIGHT = LEFT + WIDTH
GAP = 0.8  # per cent between two labels

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Scale:
    """The days of the picture, the last excluded."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Where a day begins, kept inside the picture."""
        whole = (self.last - self.first).days or 1
        return LEFT + WIDTH * min(max((day - self.first).days / whole, 0), 1)

    def holds(self, day: date) -> bool:
        """Whether a day lies in the picture."""
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        """How many days it shows."""
        return (self.last - self.first).days


@dataclass(frozen=True, slots=True)
class Label:
    """A text in the picture: where it is held, and by which end."""

    x: str
    y: int
    text: str
    anchor: str = "start"
    tone: str = ""


def percent(number: float) -> str:
    """A place for the browser, in no language."""
    return f"{number:.2f}%"


def text_width(text: str) -> float:
    """How much of the picture's width a text takes where it is narrowest."""
    return 100 * len(text) * LETTER / NARROWEST


def label_span(x: float, text: str, *, until: float = RIGHT) -> tuple[Interval, str]:
    """Where a text that wants to begin at a place lies, and by which end it is held.

    One that would run out of the picture ends where the thing it names ends.
    """
    width = text_width(text)
    if x + width <= RIGHT + GAP:
        return (x, x + width), "start"
    right = min(max(until, LEFT + width), RIGHT)
    return (right - width, right), "end"


def middle_span(x: float, text: str) -> Interval:
    """Where a text lies that is held by its middle."""
    half = text_width(text) / 2
    return x - half, x + half


@dataclass(slots=True)
class Lane:
    """A line of the picture, and what of it is taken."""

    taken: list[Interval] = field(default_factory=list)

    def is_free(self, span: Interval) -> bool:
        """Whether a thing fits without touching another."""
        return all(span[1] + GAP <= left or right + GAP <= span[0] for left, right in self.taken)

    def take(self, span: Interval) -> bool:
        """Take a place if it is free."""
        if not self.is_free(span):
            return False
        self.taken.append(span)
        return True


@dataclass(slots=True)
class Lanes:
    """Lines under one another; as many as it takes for nothing to touch."""

    lanes: list[Lane] = field(default_factory=list)

    def place(self, span: Interval) -> int:
        """The first line with room for a thing; the thing takes it."""
        for number, lane in enumerate(self.lanes):
            if lane.take(span):
                return number
        self.lanes.append(Lane([span]))
        return len(self.lanes) - 1


def months_between(first: date, last: date, *, every: int) -> Iterator[date]:
    """The first days of months inside a stretch, so many months apart."""
    count = first.year * 12 + first.month  # the month after that of the first day, from 0
    while (day := date(count // 12, count % 12 + 1, 1)) < last:
        if count % every == 0:
            yield day
        count += 1
