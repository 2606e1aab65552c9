"""Pieces of page: panels, status words, deadlines, bars, tiles, and dates for people.

`{% load components %}`, then for example

    {% panel title=_("Deadlines") count="7" %}…{% endpanel %}   {% icon "print" %}
    {% status "over" _("Overdue") %}   {% pill "held" _("Active") %}
    {% deadline due_on on=today %}
    {% week_bar weeks=6.9 of=26 %}   {% tile url=… tone="soon" count=31 label=… %}
    {% empty _("Nothing is overdue.") %}   {% facts pairs %}   {% party_word "jobcentre" on=day %}
    {{ day|day }} ti. 24.11. · {{ day|day_year }} · {{ moment|clock }} 9.45 · {{ moment|moment }}
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from shared import written
from shared.bundles import scripts, sheets, sprite

register = template.Library()

PARTIES = {
    "jobcentre": gettext_noop("jobcentre"),
    "a_kasse": gettext_noop("a-kasse"),
    "citizen": gettext_noop("citizen"),
}
JOBCENTRES_NEED_NOT_BE_CALLED_SO_FROM = date(2026, 2, 1)
TONES = (
    "over",
    "soon",
    "next",
    "booked",
    "held",
    "missed",
    "unrecorded",
    "paused",
    "handover",
    "letter",
    "none",
)


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A picture of the design system's sprite; it says nothing to those who listen."""
    return format_html(
        '<svg class="icon-svg" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static(sprite("dkfds/img/all-svg-icons.svg")),
        name,
    )


@register.simple_tag
def style_sheets() -> SafeString:
    """Links to the style sheets of every page."""
    return format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static(one),) for one in sheets())
    )


@register.simple_tag
def page_scripts() -> SafeString:
    """The scripts of every page, run when it has been read."""
    return format_html_join(
        "\n", '<script src="{}" defer></script>', ((static(one),) for one in scripts())
    )


@register.simple_tag
@cache
def status_shape(tone: str) -> SafeString:
    """The shape of a status, so that it never rests on colour alone."""
    if tone not in TONES:
        raise ValueError(f"{tone} is no status; one of {', '.join(TONES)}")
    return format_html(
        '<svg aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static(sprite("img/status.svg")),
        tone,
    )


def _status_text(text: str) -> str:
    """With a capital; what a template has escaped already stays so."""
    said = written.status_text(text)
    return mark_safe(said) if hasattr(text, "__html__") else said  # noqa: S308 (was safe before)


@register.simple_tag
def status(tone: str, text: str) -> SafeString:
    """A status in a line of text: shape, colour and word."""
    return format_html(
        '<span class="kf-st kf-st--{}">{}<span class="kf-num">{}</span></span>',
        tone,
        status_shape(tone),
        _status_text(text),
    )


@register.simple_tag
def pill(tone: str, text: str) -> SafeString:
    """A status as a small badge."""
    return format_html(
        '<span class="kf-pill kf-pill--{}">{}{}</span>',
        tone,
        status_shape(tone),
        _status_text(text),
    )


@register.simple_tag
def deadline(last_day: date | None, *, on: date, soon: bool = False) -> SafeString:
    """How far away the last timely day is, and which day it is."""
    if last_day is None:
        return status("none", _("No date yet"))
    relative = written.relative_deadline(last_day, on=on, soon=soon)
    return format_html(
        '{}<span class="kf-line-2 kf-num">{}</span>',
        status(relative.tone, relative.text),
        _("Due %(day)s") % {"day": written.day_text(last_day, on=on)},
    )


@register.simple_tag
def week_bar(weeks: float, *, of: float) -> SafeString:
    """Weeks of unemployment as a bar up to the next threshold, with the number beside it."""
    width = round(52 * min(max(weeks / of, 0), 1), 1) if of else 0
    return format_html(
        '<span class="kf-bar-of-weeks"><svg width="52" height="8" aria-hidden="true"'
        ' focusable="false"><rect class="kf-track" width="52" height="8" rx="2"></rect>'
        '<rect class="kf-fill" width="{}" height="8" rx="2"></rect></svg><span>{}</span></span>',
        width,
        _("%(weeks)s weeks") % {"weeks": written.decimal_text(weeks)},
    )


@register.simple_tag
def initials(who: str, letters: str, *, me: bool = False) -> SafeString:
    """Two letters for a person, with the name for those who listen or point."""
    return format_html(
        '<span class="kf-initials{}" title="{}"><span aria-hidden="true">{}</span>'
        '<span class="sr-only">{}</span></span>',
        " kf-initials--me" if me else "",
        who,
        letters,
        who,
    )


@register.simple_block_tag
def panel(content: SafeString, *, title: str, **options: str) -> str:
    """A titled box. Options: `count`, `note` at the right, `tone`, `id`, `flush` (no padding)."""
    known = {"count": "", "note": "", "tone": "", "id": "", "flush": ""}
    return render_to_string(
        "components/panel.html", known | options | {"body": content, "title": title}
    )


CURRENT = SafeString(' aria-current="true"')
TILE = (
    '<li><a href="{}"{}{}>{}<span class="kf-tile-count">{}</span>'
    '<span class="kf-tile-label">{}{}</span></a></li>'
)


@register.simple_tag
def tile(*, url: str, tone: str, count: int, label: str, **options: object) -> SafeString:
    """A count that opens the list it counts.

    Options: `note` below the label, `current`, and `key`, by which htmx finds the tile again.
    """
    key, note = options.get("key"), options.get("note")
    return format_html(
        TILE,
        url,
        format_html(' id="tile-{}"', key) if key else "",
        CURRENT if options.get("current") else "",
        status_shape(tone),
        count,
        label,
        format_html(" <small>{}</small>", note) if note else "",
    )


@register.inclusion_tag("components/empty.html")
def empty(text: str, *, hint: str = "", url: str = "", action: str = "") -> dict[str, str]:
    """What stands where a list has no rows: one sentence, and perhaps what to do."""
    return {"text": text, "hint": hint, "url": url, "action": action}


@register.inclusion_tag("components/facts.html")
def facts(pairs: Iterable[tuple[str, str]]) -> dict[str, object]:
    """A list of names and values."""
    return {"pairs": pairs}


@register.simple_tag
def party_word(party: str, *, on: date) -> str:
    """What a party is called on a day: since February 2026 the law says municipality."""
    if party == "jobcentre" and on >= JOBCENTRES_NEED_NOT_BE_CALLED_SO_FROM:
        return _("municipality")
    return _(PARTIES[party])


@register.filter(name="day")
def day_filter(value: date | None) -> str:
    """`ti. 24.11.`."""
    return written.day_text(value) if value else ""


@register.filter
def day_year(value: date | None) -> str:
    """`ti. 24.11.2026`."""
    return written.day_with_year(value) if value else ""


@register.filter
def plain_day(value: date | None) -> str:
    """`24.11.2026`."""
    return written.plain_day(value) if value else ""


@register.filter
def long_day(value: date) -> str:
    """`Mandag den 23. november 2026`, to begin a sentence with."""
    text = written.long_day(value)
    return text[:1].upper() + text[1:]


@register.filter
def clock(value: datetime | None) -> str:
    """`9.45`."""
    return written.clock_text(value) if value else ""


@register.filter
def clock_at(value: datetime | None) -> str:
    """`kl. 9.45`."""
    return written.clock_with_word(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """`ti. 24.11. kl. 9.45`."""
    return written.moment_text(value) if value else ""


@register.filter
def decimal(value: float, digits: int = 1) -> str:
    """`6,9`."""
    return written.decimal_text(value, digits=digits)
