"""Needed against offered by week as a picture: two bars a week, a mark where it runs short."""

from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from slots.capacity_scope import Scope, Week

WIDTH, HEIGHT, FOOT, TOP = 1040, 190, 156, 22
BAR = 13


def drawn(scope: Scope, described: str) -> SafeString:
    """The picture; the table below it says the same in numbers."""
    heights = [(scope.height(place), one.offered) for place, one in enumerate(scope.weeks)]
    unit = (FOOT - TOP) / max(1, *(max(pair) for pair in heights))
    step = WIDTH / max(1, len(scope.weeks))
    opening = (
        f'<svg class="kf-capacity-chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-label="{escape(described)}">'
    )
    parts = [
        opening,
        f'<line class="kf-capacity-foot" x1="0" x2="{WIDTH}" y1="{FOOT}" y2="{FOOT}"/>',
    ]
    for place, (week, pair) in enumerate(zip(scope.weeks, heights, strict=True)):
        parts += _column(week, pair, place * step + step / 2, unit, first=week is scope.first_short)
    return mark_safe("".join([*parts, "</svg>"]))  # noqa: S308 (numbers of ours, text escaped)


def _column(
    week: Week, pair: tuple[int, int], middle: float, unit: float, *, first: bool
) -> Iterator[str]:
    needed, offered = pair
    tone = "short" if week.short else "needed"
    yield _bar(middle - BAR - 1, needed * unit, tone)
    yield _bar(middle + 1, offered * unit, "offered")
    if week.short:
        top = FOOT - max(needed, offered) * unit - 5
        yield f'<text class="kf-capacity-mark" x="{middle:.1f}" y="{top:.1f}">!</text>'
    style = "kf-capacity-week kf-capacity-week--first" if first else "kf-capacity-week"
    number = week.monday.isocalendar().week
    yield f'<text class="{style}" x="{middle:.1f}" y="{FOOT + 20}">{number}</text>'


def _bar(x: float, height: float, tone: str) -> str:
    return (
        f'<rect class="kf-capacity-bar kf-capacity-bar--{tone}" x="{x:.1f}"'
        f' y="{FOOT - height:.1f}" width="{BAR}" height="{height:.1f}"/>'
    )
