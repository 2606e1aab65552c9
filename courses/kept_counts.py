"""What front pages have counted, kept in the cache until somebody acts.

Each organisation has a mark in the cache, and so has everybody together. A count is kept with the
marks it was made under and holds while they stand. Whoever writes sets new marks when the write is
committed: the journal for every act, `courses.deadlines` for every answer, the jobs at their end.
So nothing that is shown is old, and a page under which nobody has acted is cheap.

This is no door. What is kept are counts and keys, never names. Its key says all that `visible_to`
asks (`courses.access.scope_of`), and rows are read through the door. Without a cache one counts.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction

EVERYBODY = 0  # the mark of all organisations together
A_DAY = 24 * 3600  # of marks; one that has gone is made anew, and what was kept under it is lost
PARTIES = "SELECT a_kasse_id, jobcentre_id FROM courses_course WHERE id = %s"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was found, by name, and the marks under which anything new is kept."""

    marks: Mapping[str, str] = field(default_factory=dict)
    found: Mapping[str, Any] = field(default_factory=dict)

    def keep(self, new: Mapping[str, Any]) -> None:
        """Keep what was counted after the marks were read."""
        if self.marks and new:
            _set({name: (self.marks, one) for name, one in new.items()}, seconds())


def seconds() -> int:
    """How long anything is kept at most, whoever forgets to set a mark; nothing is, by 0."""
    return settings.COUNTS_KEPT_SECONDS


def name_of(*parts: object) -> str:
    """A name for the cache that says everything a count rests on."""
    said = repr((_database(), *parts))
    return "count-" + blake2b(said.encode(), digest_size=16).hexdigest()


def kept(names: Sequence[str], *, by: Iterable[int]) -> Kept:
    """What is kept under these names and under the marks of these organisations as they are now."""
    if not seconds():
        return Kept()
    marked = [_mark(one) for one in (EVERYBODY, *by)]
    try:
        known = cache.get_many([*marked, *names])
    except Exception:
        log.exception("the cache does not answer: all is counted")
        return Kept()
    missing = {mark: token_hex(8) for mark in marked if mark not in known}
    if missing and not _set(missing, A_DAY):
        return Kept()
    marks = {mark: known.get(mark) or missing[mark] for mark in marked}
    right = {name: known[name][1] for name in names if name in known and known[name][0] == marks}
    return Kept(marks, right)


def acted(case: int | None) -> None:
    """Forget what the two parties of a course have counted, once this transaction stands.

    The journal calls it for each entry (`AFTER_EACH_ACT`); what concerns no course may concern all.
    """
    transaction.on_commit(partial(_forget_case, case), robust=True)


def changed(organisations: Iterable[int | None] = (EVERYBODY,)) -> None:
    """Forget what these organisations have counted, once this transaction stands."""
    found = {one for one in organisations if one is not None}
    transaction.on_commit(partial(_forget, found), robust=True)


def _forget_case(case: int | None) -> None:
    parties: Iterable[int] = (EVERYBODY,)
    if case is not None:
        with connection.cursor() as cursor:
            cursor.execute(PARTIES, [case])
            parties = cursor.fetchone() or ()
    _forget(parties)


def _forget(organisations: Iterable[int]) -> None:
    if seconds():
        _set({_mark(one): token_hex(8) for one in organisations}, A_DAY)


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
