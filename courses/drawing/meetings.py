"""The interviews of a course, one line each."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString

from courses.drawing.pieces import capital, escape, html, line, status
from courses.meeting_rows import MeetingRow
from shared.templatetags.components import party_word
from shared.written import clock_with_word, day_with_year


def meeting_lines(meetings: Iterable[MeetingRow], *, on: date) -> SafeString:
    """Interviews as lines of a list; one that was booked here opens."""
    return html(*(_line(one, on) for one in meetings))


def _line(one: MeetingRow, on: date) -> str:
    name = escape(capital(one.name))
    if one.pk:
        name = f'<a href="{reverse("meetings:detail", args=[one.pk])}">{name}</a>'
    whose = party_word(one.held_by, on=on)
    place = f" · {one.place}" if one.place else ""
    clock = f" {clock_with_word(one.starts_at)}" if one.starts_at else ""
    return (
        f"<li>{status(one.tone, capital(one.word))}<span>{name}{line(f'{whose}{place}')}</span>"
        f'<span class="kf-num">{escape(f"{day_with_year(one.held_on)}{clock}")}</span></li>'
    )
