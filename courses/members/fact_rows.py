"""Rows of hours.csv and meetings.csv, and what hangs on a member of any kind."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from courses.members.columns import CPR, MEMBERS, file_of
from courses.members.membership import ELSEWHERE
from courses.members.people import (
    ONE_DAY,
    KnownMeeting,
    Person,
    Span,
    overlap,
    spans_without,
)
from courses.members.putting import put_hours, put_meeting
from courses.members.rows import Desk, Fault, Row, StagedRow, readable
from courses.models import Fact, Insurance, Party
from law.periods import weekdays_through

NO_MEMBER = gettext_noop("no member with this number")
NOT_MEMBER_THEN = gettext_noop("the citizen was not a member on these days")
HANGS_ON = gettext_noop("the member's own row was refused (%(file)s:%(row)s)")
TWICE = gettext_noop("row %(row)s says something else of the same")
MORE_THAN_WEEKDAYS = gettext_noop(
    "%(hours)s are more than the weekdays of %(month)s hold (%(most)s)"
)
LATER = gettext_noop("%(value)s lies in the future")
JOBCENTRES = gettext_noop("the jobcentre recorded this interview; ask it to correct it")
MEETING_CELLS: tuple[str, ...] = ("by", "form", "registered_type")
HUNDREDTHS_A_WEEKDAY = {Insurance.FULL_TIME.value: 740, Insurance.PART_TIME.value: 600}


def members_rows(person: Person, staged: list[StagedRow], desk: Desk) -> list[Row]:
    """The rows that can be read and hang on a member; the others are refused."""
    fault = _without_member(person)
    if fault is None:
        return readable(desk, staged)
    for one in staged:
        desk.refuse(Row(one.kind, one.line, {}), fault)
    return []


def _without_member(person: Person) -> Fault | None:
    if person.refused_row is not None:
        values: dict[str, str | int] = {"file": file_of(MEMBERS), "row": person.refused_row}
        return Fault(CPR, HANGS_ON, values)
    return None if person.own else Fault(CPR, NO_MEMBER)


def own_days(person: Person) -> list[Span]:
    """The days that the a-kasse may speak of: its courses', less those of other memberships."""
    return [part for one in person.own for part in spans_without(one.history, person.elsewhere)]


def not_own(person: Person, days: Span, name: str) -> Fault | None:
    """Why the a-kasse may not speak of these days; None when it may of some of them."""
    if any(overlap(days, own) for own in own_days(person)):
        return None
    if any(overlap(days, other) for other in person.elsewhere):
        return Fault(name, ELSEWHERE)
    return Fault(name, NOT_MEMBER_THEN)


def without_contradictions(rows: list[Row], desk: Desk, *names: str) -> list[Row]:
    """The rows but those that say different things of the same key: all of them are refused."""
    by_key: dict[tuple[Any, ...], Row] = {}
    refused: dict[int, int] = {}
    for row in rows:
        first = by_key.setdefault(tuple(row[name] for name in names), row)
        if first.values != row.values:
            refused.setdefault(first.line, row.line)
            refused[row.line] = first.line
    for row in rows:
        if row.line in refused:
            desk.refuse(row, Fault(names[0], TWICE, {"row": refused[row.line]}))
    return [row for row in rows if row.line not in refused]


def take_hours(person: Person, staged: list[StagedRow], desk: Desk) -> None:
    """Take the reported hours of one citizen."""
    rows = members_rows(person, staged, desk)
    for row in without_contradictions(rows, desk, "month"):
        month = row["month"]
        days = (month, _next_month(month))
        if fault := not_own(person, days, "month") or _reported_since(person, days, desk):
            desk.refuse(row, fault)
            continue
        _warn_of_many(person, row, days, desk)
        a_kasse = desk.sender.a_kasse
        desk.count(row, put_hours(person, month, row["hours"], a_kasse=a_kasse, batch=desk.batch))


def _reported_since(person: Person, days: Span, desk: Desk) -> Fault | None:
    """In the month of a change the a-kasse that has the member at its end has the last word."""
    known = person.hours.get(days[0])
    if known is None or known.a_kasse in desk.sender.own:
        return None
    here = max(one.days[0] for one in person.own if overlap(one.history, days))
    since = [other[0] for other in person.elsewhere if overlap(other, days)]
    return Fault("month", ELSEWHERE) if max(since, default=here) > here else None


def _warn_of_many(person: Person, row: Row, days: Span, desk: Desk) -> None:
    insured = person.own[-1].said["insured"]
    weekdays = weekdays_through(days[1].toordinal() - 1) - weekdays_through(days[0].toordinal() - 1)
    most = weekdays * HUNDREDTHS_A_WEEKDAY[insured]
    if row["hours"] * 100 > most:
        values: dict[str, str | int] = {
            "hours": str(row["hours"]),
            "month": f"{days[0]:%Y-%m}",
            "most": f"{most / 100:.2f}",
        }
        desk.warn(row, Fault("hours", MORE_THAN_WEEKDAYS, values))


def _next_month(month: date) -> date:
    return month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)


def take_meetings(person: Person, staged: list[StagedRow], desk: Desk) -> None:
    """Take the held interviews of one citizen."""
    rows = members_rows(person, staged, desk)
    for row in without_contradictions(rows, desk, "kind", "held_on"):
        kind, day = row["kind"], row["held_on"]
        known = person.meetings.get((kind, day))
        said = {name: row[name] for name in MEETING_CELLS if name in row.values}
        if known is None:
            said.setdefault("by", Party.A_KASSE.value)
        if fault := _not_held(person, day, desk) or _recorded_by_jobcentre(known, said):
            desk.refuse(row, fault)
        else:
            desk.count(row, put_meeting(person, kind, day, said, desk.batch))


def _not_held(person: Person, day: date, desk: Desk) -> Fault | None:
    if day > desk.sender.on:
        return Fault("held_on", LATER, {"value": str(day)})
    return not_own(person, (day, day + ONE_DAY), "held_on")


def _recorded_by_jobcentre(known: KnownMeeting | None, said: dict[str, Any]) -> Fault | None:
    """What the jobcentre recorded here of its own interview is not for a file to change."""
    if known is None or known.source == Fact.Source.FILE or known.said["by"] != Party.JOBCENTRE:
        return None
    return None if said.items() <= known.said.items() else Fault("held_on", JOBCENTRES)
