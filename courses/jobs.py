"""What the calendar does with courses, each also a command of the same name.

Each can run twice, in two processes at once, or after days of standstill, with the same result.
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from celery import shared_task
from celery.utils.log import get_task_logger
from django.db import OperationalError
from django.utils import timezone

from courses import deadlines
from courses.deadlines import Refreshed
from courses.flag_changes import flag_changed
from courses.flagging import sweep
from courses.models import Course, Sweep

__all__ = ["check_deadlines", "flag_changed", "flag_overdue", "refresh_deadlines"]

Report = dict[str, Any]
CHUNK = 5_000
AGAIN: Any = {"autoretry_for": (OperationalError,), "retry_backoff": True, "max_retries": 5}
log = get_task_logger(__name__)


@shared_task(name="courses.jobs.flag_overdue", **AGAIN)
def flag_overdue(on: date | str | None = None) -> Report:
    """Raise and resolve the flags of a day, today in Denmark unless another is said."""
    began = time.monotonic()
    done = sweep(on=_day(on))
    if done.only_reported:
        log.warning("%s lies before the last run: nothing is written", done.on)
    elif done.on > timezone.localdate():
        log.warning("%s lies ahead: until then, other days only report", done.on)
    return _logged(
        "flag_overdue",
        {
            "on": done.on.isoformat(),
            "raised": done.raised,
            "resolved": done.resolved,
            "open": done.open,
            "errors": done.errors,
            "seconds": _seconds_since(began),
        },
    )


@shared_task(name="courses.jobs.refresh_deadlines", **AGAIN)
def refresh_deadlines(on: date | str | None = None) -> Report:
    """Ask the law anew about every course: an agreement, an area or a rule may have changed.

    For a day that the nights have passed it only reports how many answers were others then: the
    answers that people act on are those of the last night, or of today.
    """
    began, day = time.monotonic(), _day(on)
    if day < timezone.localdate() and Sweep.objects.filter(swept_on__gt=day).exists():
        log.warning("%s lies before the last run: nothing is written", day)
        done = _over_all(lambda keys: deadlines.differences(keys, on=day))
    else:
        asked = deadlines.Asked.now("nightly", on=day)
        done = _over_all(lambda keys: deadlines.refresh_many(keys, cause="nightly", asked=asked))
        if done.changed:
            flag_changed()
    return _logged(
        "refresh_deadlines",
        {
            "courses": done.courses,
            "changed": done.changed,
            "errors": done.errors,
            "seconds": _seconds_since(began),
        },
    )


@shared_task(name="courses.jobs.check_deadlines", **AGAIN)
def check_deadlines(on: date | str | None = None) -> Report:
    """Compare the stored answers with what the law says; writes nothing."""
    day = _day(on)
    done = _over_all(lambda keys: deadlines.differences(keys, on=day))
    return _logged(
        "check_deadlines",
        {"courses": done.courses, "different": done.changed, "errors": done.errors},
    )


def _day(on: date | str | None) -> date:
    """The day meant; a task gets it through the queue as text."""
    if on is None:
        return timezone.localdate()
    return date.fromisoformat(on) if isinstance(on, str) else on


def _over_all(ask: Callable[[Sequence[int]], Refreshed]) -> Refreshed:
    """What comes of asking for all courses, some at a time."""
    total = Refreshed()
    for keys in _keys():
        part = ask(keys)
        total.courses += part.courses
        total.changed += part.changed
        total.errors += part.errors
    return total


def _keys() -> Iterator[list[int]]:
    keys = Course.objects.order_by("pk").values_list("pk", flat=True).iterator()
    while chunk := list(islice(keys, CHUNK)):
        yield chunk


def _seconds_since(began: float) -> float:
    return round(time.monotonic() - began, 1)


def _logged(job: str, report: Report) -> Report:
    (log.error if report["errors"] or report.get("different") else log.info)(
        "%s: %s", job, json.dumps(report)
    )
    return report
