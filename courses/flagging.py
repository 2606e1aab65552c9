"""Brings the flags up to date for a day: all of them once, then those of what changed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import islice
from typing import Any
from zlib import crc32

from django.db import DataError, Error, IntegrityError, InternalError, connection, transaction
from django.db.models import Max, Min, Q, QuerySet
from django.utils import timezone

from courses import kept_counts
from courses.case_numbers import written
from courses.flag_statements import (
    Differences,
    Scope,
    bring_up_to_date,
    foreseen_flags,
    learn_sizes,
    open_flags,
)
from courses.models import ChangedCourse, Course, Duty, Flag, Sweep

CHUNK = 10_000
CHUNK_OF_ALL = 50_000
THE_SWEEP = crc32(b"courses.flagging")  # the number of a lock: one sweep at a time
OF_A_RECORD = (DataError, IntegrityError, InternalError)  # any other error is the server's

Write = Callable[[Scope], tuple[int, int]]


@dataclass(slots=True)
class Swept:
    """What a sweep came to; nothing was written when the day lies before the last sweep's."""

    on: date
    only_reported: bool = False
    raised: int = 0
    resolved: int = 0
    open: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Flag.Stage.values, 0))
    errors: list[dict[str, str]] = field(default_factory=list)
    broken: set[int] = field(default_factory=set)


def sweep(*, on: date) -> Swept:
    """Bring all flags up to date for a day; nights that were missed are caught up.

    That takes the courses that changed, and those with a duty that reached one of its days since
    the last sweep; the first time everything is compared.
    """
    done = Swept(on)
    with _alone():
        last = Sweep.objects.order_by("pk").first()
        done.only_reported = last is not None and on < last.swept_on
        if not done.only_reported:
            _settle_all(_changed_or_reached(last.swept_on if last else on, on), done)
            if last is None:
                _settle_everything(done)
            _remember(last, done)
    done.open |= foreseen_flags(on=on) if done.only_reported else open_flags()
    return done


def sweep_changed(*, on: date) -> Swept:
    """Bring the flags of the marked courses up to date; one query when there are none.

    Where a later day has been swept already it is done for that day, as the other flags were.
    """
    done = Swept(on)
    if not ChangedCourse.objects.exists():
        return done
    with _alone():
        last = Sweep.objects.order_by("pk").first()
        done.on = max(on, last.swept_on) if last else on
        _settle_all(_chunks(ChangedCourse.objects.order_by("pk").values_list("pk")), done)
    return done


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until nobody else sweeps; the lock goes with the connection, should this process die."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [THE_SWEEP])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [THE_SWEEP])


def _settle_everything(done: Swept) -> None:
    """Compare all flags by one statement, and write what differs in many transactions.

    What changes meanwhile is marked, and its turn comes with that change.
    """
    differences = Differences("all_flag_differences", Scope.everything(), done.on)
    for scope in _ranges() if differences.count else ():
        _settle(scope, done, by=differences.write)
    differences.forget()
    if done.raised:
        learn_sizes()


def _ranges() -> Iterator[Scope]:
    """All courses, cut by their keys."""
    ends = Course.objects.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is not None:
        for first in range(ends["first"], ends["last"] + 1, CHUNK_OF_ALL):
            yield Scope.between(first, first + CHUNK_OF_ALL - 1)


def _changed_or_reached(since: date, on: date) -> Iterator[Scope]:
    """The marked courses, and those with a duty one of whose days came since the last sweep."""
    days = ("soon_from", "late_from", "exempt_from", "exempt_to")
    came = [Q(**{f"{day}__gt": since, f"{day}__lte": on}) for day in days]
    reached = [Duty.objects.pending().order_by().filter(one).values_list("course") for one in came]
    marked = ChangedCourse.objects.order_by().values_list("pk")
    return _chunks(marked.union(*reached).order_by("pk"))


def _chunks(rows: "QuerySet[Any, tuple[int]]") -> Iterator[Scope]:
    """Keys of courses in order, streamed and cut into scopes."""
    keys = (key for (key,) in rows.iterator())
    while chunk := list(islice(keys, CHUNK)):
        yield Scope.around(chunk)


def _remember(last: Sweep | None, done: Swept) -> None:
    """Say which day the flags are up to date for; the same day twice writes nothing.

    Courses with a broken record are marked, so that they are looked at again.
    """
    marks = (ChangedCourse(course_id=key) for key in done.broken)
    ChangedCourse.objects.bulk_create(marks, ignore_conflicts=True)
    kept_counts.changed()
    if last is None:
        Sweep.objects.create(swept_on=done.on, finished_at=timezone.now())
    elif last.swept_on != done.on:
        Sweep.objects.filter(pk=last.pk).update(swept_on=done.on, finished_at=timezone.now())


def _settle_all(scopes: Iterator[Scope], done: Swept) -> None:
    for scope in scopes:
        _settle(scope, done)


def _settle(scope: Scope, done: Swept, by: Write | None = None) -> None:
    """Bring a scope up to date in one transaction; where a record breaks it, in smaller ones."""
    write = by or partial(bring_up_to_date, on=done.on)
    try:
        with transaction.atomic():
            raised, resolved = write(scope)
    except OF_A_RECORD as error:
        _settle_in_parts(scope, done, error)
    else:
        done.raised += raised
        done.resolved += resolved


def _settle_in_parts(scope: Scope, done: Swept, error: Error) -> None:
    """Halve until the duty that breaks it is alone, and report it."""
    if scope.duty is not None:
        told = _error(Duty.objects.get(pk=scope.duty), error)
        done.errors += [told] if told not in done.errors else []
        return
    keys = scope.course_keys()
    half = len(keys) // 2
    if half:
        _settle_all(iter([Scope.these(keys[:half]), Scope.these(keys[half:])]), done)
    elif keys:
        _settle_duties(keys[0], done)


def _settle_duties(course: int, done: Swept) -> None:
    """Duty by duty; a mark of the course stays."""
    duties = Duty.objects.filter(course=course).order_by("pk").values_list("pk", flat=True)
    _settle_all((Scope.one_duty(course, duty) for duty in list(duties)), done)
    done.broken.add(course)


def _error(duty: Duty, error: Error) -> dict[str, str]:
    return {
        "course": written(duty.course_id),
        "duty": f"{duty.rule}/{duty.ordinal}",
        "message": str(error).partition("\n")[0],
    }
