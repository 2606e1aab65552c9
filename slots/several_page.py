"""The pages of a batch that is booked in times: how far it is, its results, where to look next."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from meetings.models import Batch, BatchRow
from meetings.several import Chosen
from meetings.several_pages import SeveralPage, booking_page
from shared.written import day_text
from slots.actions.several import EVIDENCE
from slots.models import NoTimes, NoTimesQuerySet
from slots.several_words import (
    commonest,
    days_in_words,
    first_after,
    in_one_line,
    weeks_text,
)
from slots.telling import week_of

Outcome = BatchRow.Outcome


def times_page(chosen: Chosen, *, back: str, key: UUID) -> SeveralPage:
    """Book several interviews in the jobcentre's times."""
    page = booking_page(chosen, back=back, key=key)
    return replace(page, title=_("Book in published times"), button=_("Book these times"))


@dataclass(frozen=True, slots=True)
class Progress:
    """How many rows of a batch are worked on, of how many."""

    done: int
    all: int

    @property
    def said(self) -> str:
        return _("%(done)d of %(all)d rows are worked on.") % {"done": self.done, "all": self.all}


def progress_of(batch: Batch) -> Progress | None:
    """How far a batch is; nothing once every row has its result."""
    outcomes = list(batch.rows.values_list("outcome", flat=True))
    waiting = outcomes.count(Outcome.WAITING)
    return Progress(len(outcomes) - waiting, len(outcomes)) if waiting else None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """That an a-kasse has no times in some weeks, for how many, and where to look instead."""

    text: str
    more: str
    url: str
    action: str


def follow_ups(batch: Batch, *, reader: User) -> list[FollowUp]:
    """What to do about the rows that found no time: one line for each a-kasse and weeks."""
    keys = [one["evidence"] for one in batch.rows.values_list("said", flat=True) if EVIDENCE in one]
    rows = NoTimes.objects.visible_to(reader).filter(pk__in=keys)
    groups: dict[tuple[str, str, str], list[NoTimes]] = defaultdict(list)
    for one in rows.select_related("course__a_kasse", "course__jobcentre"):
        weeks = weeks_text(one.first_on, one.last_on)
        house = one.course.a_kasse.short, one.course.jobcentre.slug
        groups[house[0], weeks, house[1]].append(one)
    return [_follow_up(*key, found) for key, found in sorted(groups.items(), key=_order)]


def _order(item: tuple[tuple[str, str, str], list[NoTimes]]) -> tuple[date, str]:
    return min(one.last_on for one in item[1]), item[0][0]


def _follow_up(a_kasse: str, weeks: str, place: str, rows: list[NoTimes]) -> FollowUp:
    after = [day for day in (first_after(one.reasons) for one in rows) if day]
    text = _("No free times for %(a_kasse)s in %(weeks)s.") % {"a_kasse": a_kasse, "weeks": weeks}
    count = ngettext("%(count)d interview.", "%(count)d interviews.", len(rows))
    more = count % {"count": len(rows)}
    if not after:
        return FollowUp(text, more, reverse("slots:without"), _("Ask for more times"))
    first = min(after)
    query = urlencode({"uge": week_of(first), "sted": place})
    action = _("See week %(week)d") % {"week": first.isocalendar().week}
    return FollowUp(text, more, f"{reverse('slots:calendar')}?{query}", action)


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """A search that found nothing, as it is read and printed."""

    evidence: NoTimes
    weeks: str
    summary: str
    days: list[tuple[str, str]]


def evidence_page(evidence: NoTimes) -> EvidencePage:
    """What was searched, when and by whom, and what was in the way on each day."""
    return EvidencePage(
        evidence,
        weeks_text(evidence.first_on, evidence.last_on),
        in_one_line(commonest(evidence.reasons)),
        [(day_text(day), said) for day, said in days_in_words(evidence.reasons)],
    )


def evidence_rows(rows: NoTimesQuerySet, most: int) -> list[tuple[NoTimes, str]]:
    """The newest searches of a case, each with what was in the way."""
    found = rows.select_related("searched_by")[:most]
    return [(one, in_one_line(commonest(one.reasons, most=2))) for one in found]
