"""What happened in a course, one line an event; the dates it moved fold out."""

from collections.abc import Iterable, Iterator

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from courses.course_history import Event
from courses.drawing.pieces import escape, html, line, unseen


def event_lines(events: Iterable[Event]) -> SafeString:
    """Events as lines of a list."""
    by_itself = _("by itself")
    return html(*(part for event in events for part in _line(event, by_itself)))


def _line(event: Event, by_itself: str) -> Iterator[str]:
    at = timezone.localtime(event.at).isoformat()
    yield (
        f'<li><time datetime="{at}" class="kf-num">{escape(event.moment)}</time>'
        f"<span>{escape(event.title)} "
        f'<span class="kf-muted">· {escape(event.by or by_itself)}</span>'
    )
    if said := event.said:
        yield line(said)
    if event.moves:
        yield (
            f'<details class="kf-why"><summary>{escape(event.moved)}'
            f"{unseen(f' {event.title} {event.moment}')}</summary>"
        )
        yield render_to_string("courses/page/_moves.html", {"moves": event.moves})
        yield "</details>"
    yield "</span></li>"
