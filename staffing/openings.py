"""Open spans of a day from the hours a clock shows, and sums over spans: pure.

A span is a pair of moments in UTC, the end outside it. Clocks are those of Denmark, so a day of
23 or 25 hours has the length it has, and so has a night that somebody works through it.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
OPENS, CLOSES = time(8), time(16)
LUNCH = (time(12), time(12, 30))
MINUTE = timedelta(minutes=1)

Span = tuple[datetime, datetime]
Clocks = tuple[time, time]

# What somebody works who has said no hours: an assumption, asked of no law.
OFFICE_HOURS: tuple[Clocks, ...] = ((OPENS, LUNCH[0]), (LUNCH[1], CLOSES))


def first_moment(day: date, clock: time) -> datetime:
    """When the clock first shows a time on a day; the moment after the hour that summer skips."""
    return _existing(datetime.combine(day, clock.replace(fold=0), tzinfo=COPENHAGEN))


def last_moment(day: date, clock: time) -> datetime:
    """When the clock last shows a time on a day: the second of the hour that winter repeats."""
    return _existing(datetime.combine(day, clock.replace(fold=1), tzinfo=COPENHAGEN))


def _existing(local: datetime) -> datetime:
    moment = local.astimezone(UTC)
    if _wall(moment) == local.replace(tzinfo=None, fold=0):
        return moment
    moment = local.replace(fold=1).astimezone(UTC)  # before the skipped hour
    while _wall(moment) < local.replace(tzinfo=None, fold=0):
        moment += MINUTE
    return moment


def _wall(moment: datetime) -> datetime:
    return moment.astimezone(COPENHAGEN).replace(tzinfo=None, fold=0)


def whole_day(day: date) -> Span:
    """A day in Denmark from midnight to midnight."""
    return first_moment(day, time(0)), first_moment(day + timedelta(1), time(0))


def day_of(moment: datetime) -> date:
    """The day in Denmark of a moment."""
    return moment.astimezone(COPENHAGEN).date()


def openings(day: date, hours: Iterable[Clocks]) -> list[Span]:
    """The spans of a day in which somebody with these hours works."""
    return merged((first_moment(day, starts), last_moment(day, ends)) for starts, ends in hours)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same moments in as few spans as can be, in order; empty spans vanish."""
    found: list[Span] = []
    for start, end in sorted(one for one in spans if one[0] < one[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def less(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What is left of spans when others are taken out."""
    left, out = merged(spans), merged(taken)
    found: list[Span] = []
    for start, end in left:
        for begins, ends in out:
            if ends <= start or end <= begins:
                continue
            found.append((start, begins))
            start = ends  # noqa: PLW2901 (what is left of the span)
        found.append((start, end))
    return merged(found)


def common(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """The moments that lie in both."""
    pairs = list(others)
    return merged(
        (max(start, begins), min(end, ends)) for start, end in spans for begins, ends in pairs
    )


def lies_within(span: Span, spans: Sequence[Span]) -> bool:
    """Whether the whole of a span lies in one of the others, which are merged."""
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def overlaps(span: Span, other: Span) -> bool:
    """Whether two spans have a moment in common."""
    return span[0] < other[1] and other[0] < span[1]
