"""What only the pages of a course show: the ring of a clock, months, last days, a CPR number."""

from datetime import date, datetime, timedelta
from functools import cache, partial

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from courses.drawing.clocks import clock_cells
from courses.drawing.duties import duty_rows
from courses.drawing.events import event_lines
from courses.drawing.job_search import item_lines
from courses.drawing.meetings import meeting_lines
from courses.drawing.steps import step_list, step_rows
from courses.forms import RevealForm
from courses.models import Party
from courses.party_words import said_to
from courses.strip_drawing import drawn
from courses.timeline_strip import Strip
from courses.wording import source_of
from shared.cpr import written
from shared.written import language, month_text

register = template.Library()
register.filter("source", source_of)
register.filter("of_member", partial(said_to, Party.A_KASSE))
for _tag in (clock_cells, duty_rows, event_lines, item_lines, meeting_lines, step_list, step_rows):
    register.simple_tag(_tag)

RADIUS = 20
ROUND = 125.66  # the way around a circle of that radius


@register.simple_tag
def share_ring(share: int) -> SafeString:
    """How much of a whole is reached, as a ring; the number stands beside it."""
    reached = round(ROUND * min(max(share, 0), 100) / 100, 1)
    return format_html(
        '<svg class="kf-ring" viewBox="0 0 48 48" width="48" height="48" aria-hidden="true"'
        ' focusable="false"><circle class="kf-ring-track" cx="24" cy="24" r="{}"></circle>'
        '<circle class="kf-ring-fill" cx="24" cy="24" r="{}" stroke-dasharray="{} {}"'
        ' transform="rotate(-90 24 24)"></circle></svg>',
        RADIUS,
        RADIUS,
        reached,
        ROUND,
    )


@register.simple_tag
def course_strip(strip: Strip, described: str) -> SafeString:
    """The picture of a course."""
    return drawn(strip, described)


@register.simple_tag
def timeline_legend() -> SafeString:
    """What the shapes of the picture mean."""
    return _unchanging("courses/page/_legend.html", language())


@cache
def _unchanging(name: str, _language: str) -> SafeString:
    """A template that says the same in a language whoever asks."""
    return render_to_string(name)


@register.simple_tag
def reveal_fields(form: RevealForm) -> SafeString:
    """Where one writes why the CPR number is needed; the empty field is always the same."""
    return _fields(form) if form.is_bound else _empty_fields(language())


def _fields(form: RevealForm) -> SafeString:
    return render_to_string("dkfds/fields.html", {"form": form})


@cache
def _empty_fields(_language: str) -> SafeString:
    return _fields(RevealForm())


@register.filter
def as_said(field: BoundField) -> str:
    """What stands in a field, in the words that the form offered."""
    value = field.data
    for key, label in getattr(field.field, "choices", ()):
        if str(key) == str(value):
            return str(label)
    return str(value or "")


@register.filter
def last_day(ends_on: date | None) -> date | None:
    """The last day of a period, as people say it: the day before the one it ends on."""
    return ends_on - timedelta(1) if ends_on else None


@register.filter
def day_of(moment: datetime) -> date:
    """The day of a moment in Denmark."""
    return timezone.localdate(moment)


@register.filter
def month(day: date) -> str:
    """`november 2026`."""
    return month_text(day)


@register.filter
def written_cpr(digits: str) -> str:
    """A CPR number as people write it; only where a look was logged."""
    return written(digits)
