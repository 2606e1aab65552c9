"""The picture of a course as SVG; its numbers and words stand ready."""

from collections.abc import Iterable, Iterator

from django.templatetags.static import static
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from courses.timeline_scale import Label
from courses.timeline_strip import Box, Mark, Row, Strip

HATCHES = (
    '<defs><pattern id="strip-hatch" width="8" height="8" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect width="8" height="8" class="kf-strip-hatch"/>'
    '<line x1="0" y1="0" x2="0" y2="8" class="kf-strip-hatch-line"/></pattern>'
    '<pattern id="strip-shade" width="8" height="8" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect width="8" height="8" class="kf-strip-shade"/>'
    '<line x1="0" y1="0" x2="0" y2="8" class="kf-strip-shade-line"/></pattern></defs>'
)
FLAG_WIDTH = 108


def drawn(strip: Strip, described: str) -> SafeString:
    """The whole picture; what lies behind comes first."""
    shapes = static("img/status.svg")
    opening = (
        f'<svg class="kf-strip" width="100%" height="{strip.height}" role="img"'
        f' aria-label="{escape(described)}">'
    )
    parts = [
        opening,
        HATCHES,
        *(_shade(box, strip.foot) for box in strip.pauses),
        *(_line(x, 22, strip.foot, "kf-strip-tick") for x in strip.ticks),
        *_rules(strip),
        *_texts(strip.weeks),
        *_axes(strip),
        *_row(strip.bar, height=32),
        *(part for row in strip.rows for part in _row(row, height=28)),
        *_today(strip),
        *(part for row in strip.rows for part in _marks(row.marks, shapes)),
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308 (numbers of ours, and text that was escaped)


def _line(x: str, top: int, foot: int, style: str) -> str:
    return f'<line class="{style}" x1="{x}" x2="{x}" y1="{top}" y2="{foot}"/>'


def _shade(box: Box, foot: int) -> str:
    return (
        f'<rect fill="url(#strip-shade)" x="{box.x}" y="{box.y}" width="{box.width}"'
        f' height="{foot - box.y}"/>'
    )


def _rules(strip: Strip) -> Iterator[str]:
    """A line above each party's rows."""
    tops = [row.y for row in strip.rows if row.name]
    for y in tops:
        yield f'<line class="kf-strip-rule" x1="0" x2="100%" y1="{y - 22}" y2="{y - 22}"/>'


def _axes(strip: Strip) -> Iterator[str]:
    yield from _texts(
        [
            Label("0", 14, _("Weeks unemployed"), tone="quiet"),
            Label("0", strip.foot + 22, strip.years, tone="quiet"),
        ]
    )
    yield f'<line class="kf-strip-rule" x1="0" x2="100%" y1="{strip.foot}" y2="{strip.foot}"/>'
    for x in strip.month_ticks:
        yield _line(x, strip.foot, strip.foot + 8, "kf-strip-tick")
    yield from _texts(strip.months)


def _row(row: Row, *, height: int) -> Iterator[str]:
    if row.name:
        yield f'<text class="kf-strip-name" x="0" y="{row.y + 19}">{escape(row.name)}</text>'
    for box in row.boxes:
        fill = ' fill="url(#strip-hatch)"' if box.tone == "pause" else ""
        yield (
            f'<rect class="kf-strip-box kf-strip-box--{box.tone}" x="{box.x}" y="{box.y}"'
            f' width="{box.width}" height="{height}" rx="4"{fill}/>'
        )
    for edge in row.edges:
        yield (
            f'<svg x="{edge.x}" y="{edge.y}" width="1" height="{height}" overflow="visible">'
            f'<rect class="kf-strip-edge" x="-2" width="3" height="{height}"/></svg>'
        )
    yield from _texts(row.labels)


def _texts(labels: Iterable[Label]) -> Iterator[str]:
    for one in labels:
        style = f' class="kf-strip-{one.tone}"' if one.tone else ""
        anchor = f' text-anchor="{one.anchor}"' if one.anchor != "start" else ""
        yield f'<text{style} x="{one.x}" y="{one.y}"{anchor}>{escape(one.text)}</text>'


def _today(strip: Strip) -> Iterator[str]:
    middle = strip.flag_shift + FLAG_WIDTH // 2
    yield (
        f'<svg x="{strip.today}" y="0" width="1" height="{strip.foot}" overflow="visible">'
        f'<rect class="kf-strip-today" x="-1" y="0" width="2" height="{strip.foot}"/>'
        f'<rect class="kf-strip-today" x="{strip.flag_shift}" y="0" width="{FLAG_WIDTH}"'
        ' height="20" rx="4"/>'
        f'<text class="kf-strip-flag" x="{middle}" y="14" text-anchor="middle">'
        f"{escape(strip.flag.text)}</text></svg>"
    )


def _marks(marks: Iterable[Mark], shapes: str) -> Iterator[str]:
    for one in marks:
        yield (
            f'<svg x="{one.x}" y="{one.y}" width="1" height="20" overflow="visible">'
            f'<use href="{shapes}#{one.tone}" x="-10" width="20" height="20"></use></svg>'
        )
