"""Recurrence of calendar entries (RFC 5545) between two moments, by the clock on the wall."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from dateutil.rrule import rrulestr
from django.utils.translation import gettext as _

from shared.refusals import Refused

# Finer rules are no calendar of a person's, and count for ever.
FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
SLOW = {"BYHOUR", "BYMINUTE", "BYSECOND", "BYYEARDAY", "BYWEEKNO", "BYEASTER"}
MONTH_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
FIRST_YEAR = 1970
MOST_TIMES = 2_000


def repeated(
    rule: Any,  # noqa: ANN401 (an untyped vRecur)
    starts: datetime,
    *,
    until: datetime | None,
    first: datetime,
    last: datetime,
) -> Iterator[datetime]:
    """The starts of a rule from the first moment to the last; all of them are naive.

    `until` is the rule's own end by the same clock.
    """
    _check(rule, starts)
    if not _can_happen(rule):
        return
    told = {key: value for key, value in rule.items() if key != "UNTIL"}
    if until is not None:
        last = min(last, until)
    rows = rrulestr(_written(told), dtstart=starts).xafter(first, inc=True)
    for one in islice(rows, MOST_TIMES):
        if one > last:
            return
        yield one


def _check(rule: Any, starts: datetime) -> None:  # noqa: ANN401
    named = {str(one) for one in rule.get("FREQ", [])}
    steps = [int(one) for one in rule.get("INTERVAL", [1])]
    if not named or named - FREQUENCIES or SLOW & set(rule) or min(steps) < 1:
        raise Refused(_("An entry repeats in a way that is not read."))
    if starts.year < FIRST_YEAR:
        raise Refused(_("An entry begins before 1970, and is not read."))


def _can_happen(rule: Any) -> bool:  # noqa: ANN401
    """Whether any day fits: a thirtieth of February would be looked for until the year 9999."""
    days = [int(one) for one in rule.get("BYMONTHDAY", [])]
    months = [int(one) for one in rule.get("BYMONTH", [])] or range(1, 13)
    if not days:
        return True
    longest = max(MONTH_LENGTHS[month - 1] for month in months if 1 <= month <= len(MONTH_LENGTHS))
    return any(abs(one) <= longest for one in days)


def _written(told: dict[str, Any]) -> str:
    parts = (
        f"{key}={','.join(str(one) for one in _as_list(value))}" for key, value in told.items()
    )
    return ";".join(parts)


def _as_list(value: Any) -> list[Any]:  # noqa: ANN401
    return list(value) if isinstance(value, list | tuple) else [value]
