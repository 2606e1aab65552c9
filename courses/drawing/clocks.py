"""The cells of the strip above a course, after the ring of its clock."""

from collections.abc import Iterable, Iterator

from django.utils.safestring import SafeString

from courses.clock_strip import Cell
from courses.drawing.pieces import escape, html, line, status


def clock_cells(cells: Iterable[Cell]) -> SafeString:
    """Each cell with its name; what is urgent catches the eye."""
    return html(*(part for cell in cells for part in _cell(cell)))


def _cell(cell: Cell) -> Iterator[str]:
    said = escape(cell.said)
    if cell.url:
        said = f'<a href="{escape(cell.url)}">{said}</a>'
    yield f"<div><dt>{escape(cell.name)}</dt><dd>{said}"
    last = len(cell.more) - 1
    for place, more in enumerate(cell.more):
        if place == last and cell.is_urgent:
            yield f'<span class="kf-line-2 kf-clock-urgent">{status(cell.tone, more)}</span>'
        else:
            yield line(more)
    yield "</dd></div>"
