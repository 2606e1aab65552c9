"""Reads the times, and nothing else, out of a calendar (RFC 5545): pure but for words.

All-day entries and times without a zone are those of Denmark. Entries that are cancelled or say
that the time is free keep nobody busy, and neither do the invitations that this system sent
itself: their interviews are known. An exception moves one time of a series; one that says it
holds for all later ones (RANGE=THISANDFUTURE) is read as one.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from django.utils.translation import gettext as _
from icalendar import Calendar

from shared.refusals import Refused
from staffing.calendar_rules import MOST_TIMES, repeated
from staffing.openings import COPENHAGEN, Span, merged

Entry = Any  # icalendar.Component, whose values may be of thirty classes

OWN = "@kontaktforloeb"
FREE = {"FREE", "WORKINGELSEWHERE"}
MOST_ENTRIES = 5_000
SECONDS_AT_MOST = 5
LONGEST = timedelta(366)
ONE_DAY = timedelta(1)
NOT_READ = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError)


@dataclass(slots=True)
class Left:
    """The times of a series that are left out: by the moment, or by the day on the wall."""

    moments: set[datetime] = field(default_factory=set)
    days: set[date] = field(default_factory=set)

    def add(self, value: date | datetime) -> None:
        if isinstance(value, datetime):
            self.moments.add(_moment(value))
        else:
            self.days.add(value)

    def holds(self, clock: datetime, moment: datetime) -> bool:
        return clock.date() in self.days or moment in self.moments


def times_in(content: bytes, *, first: datetime, last: datetime) -> list[Span]:
    """When the calendar keeps somebody busy between two moments, in as few spans as can be."""
    try:
        entries = Calendar.from_ical(content).walk("VEVENT")
        if len(entries) > MOST_ENTRIES:
            raise Refused(_("The calendar has more than 5,000 entries."))
        return merged(_clipped(_spans(entries, first, last), first, last))
    except NOT_READ as error:
        raise Refused(_("This is no calendar file that can be read (.ics).")) from error


def _spans(entries: Sequence[Entry], first: datetime, last: datetime) -> Iterator[Span]:
    replaced = _replaced(entries)
    ends_at, count = time.monotonic() + SECONDS_AT_MOST, 0
    for entry in entries:
        if not _keeps_busy(entry):
            continue
        left = replaced.get(_uid(entry)) if "RECURRENCE-ID" not in entry else None
        for span in _of_entry(entry, left or Left(), first, last):
            count += 1
            yield span
        if count > MOST_TIMES or time.monotonic() > ends_at:
            raise Refused(_("The calendar has too many times to read."))


def _replaced(entries: Iterable[Entry]) -> dict[str, Left]:
    """The times of each series in whose place an exception stands, also one that is cancelled."""
    found: dict[str, Left] = {}
    for entry in entries:
        if "RECURRENCE-ID" in entry:
            found.setdefault(_uid(entry), Left()).add(entry["RECURRENCE-ID"].dt)
    return found


def _of_entry(entry: Entry, left: Left, first: datetime, last: datetime) -> Iterator[Span]:
    starts = entry["DTSTART"].dt
    length = _length(entry, starts)
    if length <= timedelta(0):
        return
    out = Left(set(left.moments), set(left.days))
    for one in _listed(entry, "EXDATE"):
        out.add(one)
    zone = _zone(starts)
    for clock in _clocks(entry, starts, (first - min(length, LONGEST), last)):
        begins = _at(clock, zone)
        if not out.holds(clock, begins):
            ends = begins + length if isinstance(starts, datetime) else _at(clock + length, zone)
            yield begins, ends


def _clocks(entry: Entry, starts: date, window: Span) -> Iterator[datetime]:
    """When the entry begins, by the clock of its own zone."""
    zone, own = _zone(starts), _on_the_wall(starts)
    first, last = (moment.astimezone(zone).replace(tzinfo=None) for moment in window)
    rule = entry.get("RRULE")
    if "RECURRENCE-ID" in entry or not rule:
        yield own
    else:
        for one in rule if isinstance(rule, list) else [rule]:
            yield from repeated(one, own, until=_until(one, zone), first=first, last=last)
    if "RECURRENCE-ID" not in entry:
        yield from (_wall_in(one, zone) for one in _listed(entry, "RDATE"))


def _until(rule: Any, zone: tzinfo) -> datetime | None:  # noqa: ANN401 (an untyped vRecur)
    """The end of a rule by the same clock; a day is read to its end."""
    said = rule.get("UNTIL")
    if not said:
        return None
    until = said[0] if isinstance(said, list) else said
    if isinstance(until, datetime):
        return _wall_in(until, zone)
    return _on_the_wall(until) + ONE_DAY - timedelta.resolution


def _length(entry: Entry, starts: date) -> timedelta:
    """How long an entry lasts: to its end, for its duration, else a day where it has no clock."""
    end = entry.get("DTEND")
    if end is None:
        said = entry.get("DURATION")
        whole = timedelta(0) if isinstance(starts, datetime) else ONE_DAY
        return said.dt if said is not None else whole
    if isinstance(starts, datetime) and isinstance(end.dt, datetime):
        return _moment(end.dt) - _moment(starts)
    length = _on_the_wall(end.dt) - _on_the_wall(starts)
    return length if isinstance(starts, datetime) else max(length, ONE_DAY)


def _keeps_busy(entry: Entry) -> bool:
    said = {name: str(entry.get(name, "")).upper() for name in ("STATUS", "TRANSP")}
    outlook = str(entry.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()
    return (
        "DTSTART" in entry
        and said["STATUS"] != "CANCELLED"
        and said["TRANSP"] != "TRANSPARENT"
        and outlook not in FREE
        and not _uid(entry).endswith(OWN)
    )


def _listed(entry: Entry, name: str) -> Iterator[date]:
    """The days or moments of a list that may stand once or several times; of periods the start."""
    lists = entry.get(name) or []
    for one in lists if isinstance(lists, list) else [lists]:
        for value in one.dts:
            yield value.dt[0] if isinstance(value.dt, tuple) else value.dt


def _clipped(spans: Iterable[Span], first: datetime, last: datetime) -> Iterator[Span]:
    for starts, ends in spans:
        yield max(starts, first.astimezone(UTC)), min(ends, last.astimezone(UTC))


def _uid(entry: Entry) -> str:
    return str(entry.get("UID", ""))


def _zone(value: date) -> tzinfo:
    return (value.tzinfo if isinstance(value, datetime) else None) or COPENHAGEN


def _moment(value: datetime) -> datetime:
    return value.replace(tzinfo=_zone(value)).astimezone(UTC)


def _at(clock: datetime, zone: tzinfo) -> datetime:
    return clock.replace(tzinfo=zone).astimezone(UTC)


def _on_the_wall(value: date) -> datetime:
    """The clock that a value shows in its own zone; midnight where it has none."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return datetime(value.year, value.month, value.day)  # noqa: DTZ001 (the clock on the wall)


def _wall_in(value: date, zone: tzinfo) -> datetime:
    """The clock that a value shows in a zone."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(zone).replace(tzinfo=None)
    return _on_the_wall(value)
