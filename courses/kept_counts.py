"""What front pages have counted, kept in the cache until somebody acts.

Each organisation has two marks in the cache, and so has everybody together: one of all its counts,
one of those that rest on joint interviews and published times alone. A count is kept with the marks
it was made under and holds while they stand. Whoever writes sets new marks when the write is
committed: the journal for every act that bears on a count, `courses.deadlines` for every answer,
the jobs at their end. So nothing that is shown is old, and a page under which nobody has acted is
cheap. To give joint interviews times is the dearest count, and few acts bear on it.

This is no door. What is kept are counts and keys, never names. Its key says all that `visible_to`
asks (`courses.access.scope_of`), and rows are read through the door. Without a cache one counts.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import blake2b
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection, models, transaction

from courses.models.words import MeetingKind

EVERYBODY = 0  # the mark of all organisations together
A_DAY = 24 * 3600  # of marks; one that has gone is made anew, and what was kept under it is lost
TIMES = "-times"  # ends the name of the mark of what joint interviews and published times change
UNCOUNTED = (
    "activities",
    "forums",
    "frames",
    "letters",
    "staffing",
)  # apps whose rows no front page counts
UNCOUNTED_ROWS = ("meetings.agreed", "meetings.calendarfeed", "meetings.question", "slots.notimes")
# What is done to these frees or needs a published time only through answers, and they say so.
THROUGH_ANSWERS = ("courses", "handovers", "selfservice")
PARTIES = "SELECT a_kasse_id, jobcentre_id FROM courses_course WHERE id = %s"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was found, by name, and the marks under which anything new is kept."""

    marks: Mapping[str, str] = field(default_factory=dict)
    found: Mapping[str, Any] = field(default_factory=dict)
    of_times: frozenset[str] = frozenset()

    def keep(self, new: Mapping[str, Any]) -> None:
        """Keep what was counted after the marks were read."""
        if self.marks and new:
            _set({name: (self.under(name), one) for name, one in new.items()}, seconds())

    def under(self, name: str) -> dict[str, str]:
        """The marks that a count holds under."""
        is_of_times = name in self.of_times
        return {
            mark: was for mark, was in self.marks.items() if mark.endswith(TIMES) == is_of_times
        }


def seconds() -> int:
    """How long anything is kept at most, whoever forgets to set a mark; nothing is, by 0."""
    return settings.COUNTS_KEPT_SECONDS


def name_of(*parts: object) -> str:
    """A name for the cache that says everything a count rests on."""
    said = repr((_database(), *parts))
    return "count-" + blake2b(said.encode(), digest_size=16).hexdigest()


def kept(names: Sequence[str], *, by: Iterable[int], of_times: Iterable[str] = ()) -> Kept:
    """What is kept under these names and under the marks of these organisations as they are now.

    The counts `of_times` rest on joint interviews and published times alone.
    """
    if not seconds():
        return Kept()
    of_times = frozenset(of_times)
    marked = [
        _mark(one) + end for one in (EVERYBODY, *by) for end in (("", TIMES) if of_times else ("",))
    ]
    try:
        known = cache.get_many([*marked, *names])
    except Exception:
        log.exception("the cache does not answer: all is counted")
        return Kept()
    missing = {mark: token_hex(8) for mark in marked if mark not in known}
    if missing and not _set(missing, A_DAY):
        return Kept()
    now = Kept({mark: known.get(mark) or missing[mark] for mark in marked}, {}, of_times)
    right = {
        name: known[name][1]
        for name in names
        if name in known and known[name][0] == now.under(name)
    }
    return replace(now, found=right)


def acted(subject: models.Model, case: int | None) -> None:
    """Forget what the two parties of a course have counted, once this transaction stands.

    The journal calls it for each entry (`AFTER_EACH_ACT`); what concerns no course may concern all.
    """
    app, label = subject._meta.app_label, subject._meta.label_lower
    if app in UNCOUNTED or label in UNCOUNTED_ROWS:
        return
    of_other_kind = getattr(subject, "kind", MeetingKind.JOINT) != MeetingKind.JOINT
    times = not (app in THROUGH_ANSWERS or (label == "meetings.meeting" and of_other_kind))
    transaction.on_commit(partial(_forget_case, case, times=times), robust=True)


def changed(organisations: Iterable[int | None] = (EVERYBODY,), *, times: bool = True) -> None:
    """Forget what these organisations have counted, once this transaction stands.

    Without `times`, what rests on joint interviews and published times alone is kept.
    """
    found = {one for one in organisations if one is not None}
    transaction.on_commit(partial(_forget, found, times=times), robust=True)


def _forget_case(case: int | None, *, times: bool) -> None:
    parties: Iterable[int] = (EVERYBODY,)
    if case is not None:
        with connection.cursor() as cursor:
            cursor.execute(PARTIES, [case])
            parties = cursor.fetchone() or ()
    _forget(parties, times=times)


def _forget(organisations: Iterable[int], *, times: bool) -> None:
    if seconds():
        ends = ("", TIMES) if times else ("",)
        _set({_mark(one) + end: token_hex(8) for one in organisations for end in ends}, A_DAY)


def _set(values: Mapping[str, Any], timeout: int) -> bool:
    """Write to the cache; whether it could be done."""
    try:
        cache.set_many(dict(values), timeout)
    except Exception:
        log.exception("the cache does not answer: nothing is kept")
        return False
    return True


def _mark(organisation: int) -> str:
    return f"mark-{_database()}-{organisation}"


def _database() -> str:
    """Which database is counted: two that share a cache have the same keys for other rows."""
    return str(connection.settings_dict["NAME"])
