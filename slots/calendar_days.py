"""What is to be said of whole days: holidays, closing days, pool days and group meetings."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

import holidays
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shared.written import WEEKDAYS, clock_text, language, short_day
from slots.calendar_seen import Gathering, Seen
from slots.calendar_times import State, Time
from slots.models import Pool
from staffing.openings import day_of

BLOCKS = (Pool.Purpose.POOL_DAY, Pool.Purpose.STATIONING, Pool.Purpose.TALKS)


def day_name(day: date, *, on: date) -> str:
    """The weekday in full, with a word for today: `Mandag · i dag`."""
    name = WEEKDAYS[language()][day.weekday()].capitalize()
    return " · ".join((name, _("today"))) if day == on else name


def short_date(day: date) -> str:
    """Day and month: `23.11.`."""
    return short_day(day)


def closed_why(day: date, seen: Seen) -> str:
    """Why the place is closed on a day; empty when it is open."""
    name = _holidays(day.year, language()).get(day)
    if name:
        return _("Closed: %(why)s") % {"why": name}
    for one in seen.closed:
        if one.starts_on <= day < one.ends_on:
            return _("Closed: %(why)s") % {"why": one.reason} if one.reason else _("Closed")
    return ""


def notes_of(day: date, seen: Seen, times: Sequence[Time]) -> list[SafeString]:
    """What stands above the times of a day, each ready for the page."""
    found = []
    if why := closed_why(day, seen):
        found.append(format_html('<span class="kf-note kf-note--closed">{}</span>', why))
    found += _blocks(day, times)
    found += [_group(one) for one in seen.groups if day_of(one.starts_at) == day]
    return found


def _blocks(day: date, times: Sequence[Time]) -> Iterator[SafeString]:
    """Days on which a colleague comes for several interviews back to back, with free seats."""
    pools: dict[int, list[Time]] = {}
    for one in times:
        if one.slot.pool.purpose in BLOCKS and day_of(one.slot.starts_at) == day:
            pools.setdefault(one.slot.pool_id, []).append(one)
    for own in pools.values():
        pool, first, last = own[0].slot.pool, own[0].slot, own[-1].slot
        who = next((str(one.slot.guest or one.slot.worker) for one in own if one.who), "")
        words = {
            "what": pool.get_purpose_display().capitalize(),
            "from": clock_text(first.starts_at),
            "to": clock_text(last.ends_at),
            "free": sum(one.seats for one in own),
            "all": sum(one.slot.seats for one in own),
        }
        said = _("%(what)s %(from)s–%(to)s") % words
        waiting = sum(one.slot.seats for one in own if one.state == State.UNRESERVED)
        if any(one.state != State.UNRESERVED for one in own):
            said += " · " + _("%(free)d of %(all)d free") % words
        if waiting:
            said += " · " + ngettext(
                "%(count)d not reserved", "%(count)d not reserved", waiting
            ) % {"count": waiting}
        yield format_html(
            '<span class="kf-note kf-note--block">{}{}</span>', said, f" · {who}" if who else ""
        )


def _group(one: Gathering) -> SafeString:
    words = {
        "title": one.title,
        "from": clock_text(one.starts_at),
        "to": clock_text(one.ends_at),
        "seated": one.seated,
        "seats": one.seats,
    }
    said = _("%(title)s %(from)s–%(to)s · %(seated)d of %(seats)d seats taken") % words
    if one.where:
        said += f" · {one.where}"
    return format_html(
        '<span class="kf-note kf-note--group"><a href="{}">{}</a></span>',
        one.url,
        said,
    )


@lru_cache(maxsize=32)
def _holidays(year: int, words: str) -> dict[date, str]:
    """The public holidays of a year by name."""
    spoken = "da" if words == "da" else "en_US"
    return dict(holidays.country_holidays("DK", years=year, language=spoken))
