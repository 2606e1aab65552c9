"""Whether a forum meets as often a year as was agreed, and until when the next meeting must be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from forums.access import OVER
from forums.models import Forum, ForumMeeting

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The meetings of a calendar year: agreed, held, called; `by` is when the next is due."""

    agreed: int
    held: int
    called: int
    by: date

    @property
    def missing(self) -> int:
        """How many are neither held nor called."""
        return max(self.agreed - self.held - self.called, 0)

    def is_late(self, *, on: date) -> bool:
        """Whether the next one should have been held by now."""
        return bool(self.missing) and self.by < on


def rhythm_of(forum: Forum, meetings: Iterable[ForumMeeting], *, on: date) -> Rhythm:
    """The rhythm in the year of a day.

    The meetings are spread evenly: the first of two by the end of June, the second by the end of
    December. A year in which the agreement begins or ends asks for as many as its months leave
    room for, and one that is over asks for none.
    """
    first_month = _first_month(forum, on)
    months = max(_last_month(forum, on) - first_month + 1, 0)
    agreed = forum.meetings_a_year * months // MONTHS
    ours = [one for one in meetings if timezone.localdate(one.starts_at).year == on.year]
    held = sum(one.state == ForumMeeting.State.HELD for one in ours)
    called = sum(one.state == ForumMeeting.State.PLANNED for one in ours)
    nth = min(held + called + 1, agreed) or 1
    months_in = months * nth // agreed if agreed else months
    return Rhythm(agreed, held, called, _end_of_month(on.year, first_month - 1 + months_in))


def _first_month(forum: Forum, on: date) -> int:
    starts_on = forum.agreement.starts_on
    if starts_on.year < on.year:
        return 1
    return starts_on.month if starts_on.year == on.year else MONTHS


def _last_month(forum: Forum, on: date) -> int:
    """The last whole month with the agreement; none where nothing acts any more."""
    agreement, ends_on = forum.agreement, forum.agreement.ends_on
    if agreement.state in OVER or (ends_on and ends_on <= on):
        return 0
    return ends_on.month - 1 if ends_on and ends_on.year == on.year else MONTHS


def _end_of_month(year: int, month: int) -> date:
    after = date(year + month // MONTHS, month % MONTHS + 1, 1)
    return after - timedelta(1)
