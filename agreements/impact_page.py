"""An impact in words: sums with the few hidden, and a row for each course that one may see."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.impact import Change, Impact
from courses.answers import Moved
from courses.models import Course
from courses.wording import act_name, interview_name
from partnerships.agreement_pages import FEW, masked
from partnerships.terms_words import idle_terms, regime_on
from shared.written import decimal_text, plain_day

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One course and what it would get."""

    course: Course
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImpactPage:
    """What the page shows."""

    sums: tuple[Pair, ...]
    sayings: tuple[str, ...]
    rows: tuple[Row, ...]
    changes_nothing: bool
    more: int


def page_of(found: Impact, *, starts_on: date) -> ImpactPage:
    """The whole page."""
    by_course = {one.course: one for one in found.changes}
    rows = tuple(Row(course, tuple(_changes(by_course[key]))) for key, course in found.rows.items())
    return ImpactPage(
        sums=tuple(_sums(found)),
        sayings=tuple(_sayings(found, starts_on)),
        rows=rows,
        changes_nothing=not found.changes,
        more=max(found.seen - len(rows), 0),
    )


def _sums(found: Impact) -> Iterator[Pair]:
    """The sums; whoever sees every changed course reads small numbers too."""
    sees_all = found.seen == len(found.changes)

    def told(count: int) -> str:
        return str(count) if sees_all else masked(count)

    yield _("Courses that run on the day and that it is about"), masked(found.courses)
    yield _("Courses that something would change for"), told(len(found.changes))
    yield _("Dates that would move"), told(found.moved)
    if found.days and (sees_all or len(found.changes) >= FEW):
        yield _("How far"), _how_far(found)
    yield _("Interviews that would be owed besides"), told(found.coming)
    yield _("Flags that would open"), told(found.opened)
    yield _("Flags that would close"), told(found.closed)
    yield _("Courses that would come under it"), told(found.taken_in)
    yield _("Courses that would no longer be under it"), told(found.left_out)
    if found.unanswered:
        yield _("Courses that could not be answered"), masked(found.unanswered)


def _how_far(found: Impact) -> str:
    most = ngettext("%(days)d day at most", "%(days)d days at most", found.most_days)
    middle = _("the middle one %(days)s") % {"days": decimal_text(found.median_days, digits=0)}
    return f"{most % {'days': found.most_days}}, {middle}"


def _sayings(found: Impact, starts_on: date) -> Iterator[str]:
    """On which day it is judged, and why most dates stand still."""
    yield _("Judged on %(day)s.") % {"day": plain_day(found.on)}
    if found.all_along:
        yield _("As if the terms had held when each course began. They will not: see the other.")
    else:
        yield _("Target group and interviews act only for courses that begin from %(day)s on.") % {
            "day": plain_day(starts_on)
        }
    regime = regime_on(starts_on)
    if idle_terms(regime):
        yield _("%(act)s: an agreement moves only the dates that the rules let it move.") % {
            "act": act_name(regime.value)
        }


def _changes(change: Change) -> Iterator[str]:
    for one in change.moved:
        yield _moved(one)
    for rule, ordinal in change.coming:
        yield _("%(interview)s: would be owed") % {"interview": interview_name(rule, ordinal)}
    yield from _flags(change)
    if change.eligible_after and not change.eligible_before:
        yield _("comes under the agreement")
    elif change.eligible_before and not change.eligible_after:
        yield _("is no longer under the agreement")


def _flags(change: Change) -> Iterator[str]:
    """The flags of interviews that do not move themselves."""
    moved = {(one.rule, one.ordinal) for one in change.moved}
    opened = [key for key in change.opened if key not in moved]
    closed = [key for key in change.closed if key not in moved and key not in change.opened]
    for key in opened:
        yield _("%(interview)s: flag opens") % {"interview": interview_name(*key)}
    for key in closed:
        yield _("%(interview)s: flag closes") % {"interview": interview_name(*key)}


def _moved(one: Moved) -> str:
    name = _("Hand-over") if one.ordinal is None else interview_name(one.rule, one.ordinal)
    field = "handover_on" if one.ordinal is None else "due_on"
    first, then = _day(one.before.get(field)), _day(one.after.get(field))
    if first == then:
        field = "latest_on"
        first, then = _day(one.before.get(field)), _day(one.after.get(field))
    return f"{name}: {first} → {then}" if first != then else name


def _day(text: str | None) -> str:
    return plain_day(date.fromisoformat(text)) if text else _("no date")
