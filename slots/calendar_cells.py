"""The cells of a calendar with every word ready, because a template that localises is slow."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from shared.templatetags.components import icon
from shared.written import clock_with_word, day_text
from slots.calendar_address import Asked
from slots.calendar_seen import Booked
from slots.calendar_times import PICKED, State, Time
from staffing.openings import day_of

NOTHING = mark_safe("")
ICONS = {State.FREE: "plus", State.CHOSEN: "check"}
Pick = Callable[[Time], str]


@dataclass(frozen=True, slots=True)
class Cells:
    """Writes the times of one calendar; `pick` says where a free time leads, if anywhere."""

    asked: Asked
    pick: Pick

    def of(self, time: Time, *, twin: str = "") -> SafeString:
        """A time as a link where it leads somewhere; `twin` tells it from the same elsewhere."""
        url = self.url(time)
        sign = _icon(time.state) if url or time.state != State.FREE else NOTHING
        head = format_html("<b>{}{}</b>", sign, time.head) if time.head else NOTHING
        said = f", {time.why}" if time.why else ""
        shown = format_html(
            '<span class="sr-only">{}: </span>{} <span>{}</span><span class="sr-only">{}</span>',
            spoken(time.slot.starts_at, time.where),
            head,
            time.line,
            said,
        )
        return format_html(
            '<{} class="{}" id="t{}{}"{}{}>{}</{}>',
            *("a" if url else "div", _classes(time), time.slot.pk, twin),
            *(_attributes(time, url), _title(time), shown, "a" if url else "div"),
        )

    def url(self, time: Time) -> str:
        """Where a time leads: a free one to what it is wanted for, a booked one to its page."""
        if time.state in PICKED:
            return self.pick(time)
        if time.booked and time.booked.name and time.state != State.MOVING:
            return self.of_booked(time.booked)
        return ""

    def of_booked(self, booked: Booked) -> str:
        """Where an interview leads: to its box in the calendar while it can be moved."""
        if booked.may_move:
            return self.asked.url(samtale=str(booked.meeting), flyt="", sag="", krav="", tid="")
        return reverse("meetings:detail", args=[booked.meeting])


def busy(  # noqa: PLR0913 (what is shown, and how it is found)
    head: str,
    line: str,
    *,
    url: str = "",
    kind: str = "busy",
    mark: str = "",
    spoken: str = "",
) -> SafeString:
    """Something that keeps a room or a person busy and is no published time.

    `mark` names it on the page, `spoken` is said before it to those who listen.
    """
    tag = "a" if url else "div"
    link = format_html(' href="{}"', url) if url else ""
    named = format_html(' id="{}"', mark) if mark else ""
    words = format_html("<b>{}</b> <span>{}</span>", head, line) if head else line
    before = format_html('<span class="sr-only">{}: </span>', spoken) if spoken else ""
    return format_html(
        '<{} class="kf-slot kf-slot--{}"{}{}>{}{}</{}>', tag, kind, named, link, before, words, tag
    )


def spoken(starts_at: datetime, where: str) -> str:
    """Day, clock and place, for those who listen: `to. 26.11. kl. 10.00, Lokale 1`."""
    return f"{day_text(day_of(starts_at))} {clock_with_word(starts_at)}, {where}"


def move_url(meeting: int, time: str, back: str) -> str:
    """The page on which a move is seen and confirmed."""
    query = urlencode({"tid": time, "naeste": back}) if time else urlencode({"naeste": back})
    return f"{reverse('slots:move', args=[meeting])}?{query}"


def _classes(time: Time) -> str:
    past = " kf-slot--past" if time.is_past else ""
    return f"kf-slot kf-slot--{time.state.value}{past}"


def _icon(state: State) -> SafeString:
    return icon(ICONS[state]) if state in ICONS else NOTHING


def _title(time: Time) -> SafeString:
    """What a pointer is told: who stands ready, and why not."""
    said = " · ".join(part for part in (time.who, time.why) if part)
    return format_html(' title="{}"', said) if said else NOTHING


def _attributes(time: Time, url: str) -> SafeString:
    """Where it leads, and what a script needs to let an interview be dragged onto it."""
    found = [format_html(' href="{}"', url)] if url else []
    if time.state == State.CHOSEN:
        found.append(mark_safe(' aria-current="true"'))
    if time.state in PICKED:
        whose = time.slot.a_kasse_id or " ".join(map(str, time.slot.open_to))  # type: ignore[attr-defined]  # annotated
        found.append(format_html(' data-time="{}" data-whose="{}"', time.key, whose))
    booked = time.booked
    if booked and booked.may_move and not time.is_past:
        found.append(
            format_html(
                ' data-move="{}" data-a-kasse="{}" draggable="true"',
                reverse("slots:move", args=[booked.meeting]),
                booked.a_kasse_key,
            )
        )
    return mark_safe("".join(found))  # noqa: S308 (parts are escaped)
