"""Keeps the busy times of workers' own calendars up to date; what cannot be read is said.

A calendar that fails keeps the times that it had: somebody who was busy yesterday is hardly
free because a host is down.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from notices.actions import tell
from shared.dates import start_of
from shared.refusals import Refused
from staffing.calendar_times import times_in
from staffing.fetching import Answer, fetch
from staffing.models import BusySource, BusyTime
from staffing.openings import Span

AHEAD = timedelta(366)
LONGEST_FAILURE = 200
SECONDS_OF_A_RUN = 2_000  # below the time limit of tasks; the next run goes on where this ended


@dataclass(slots=True)
class Read:
    """What a run did."""

    read: int = 0
    same: int = 0
    failed: int = 0
    left: int = 0

    def count(self, word: str) -> None:
        setattr(self, word, getattr(self, word) + 1)


def window(at: datetime) -> Span:
    """Between which moments a calendar is read: from this morning, twelve months ahead."""
    first = start_of(timezone.localdate(at))
    return first.astimezone(UTC), (first + AHEAD).astimezone(UTC)


def read_due(*, at: datetime, since: datetime) -> Read:
    """Read every subscribed calendar that was not read since a moment.

    The oldest first, those that failed last: slow hosts keep nobody else waiting.
    """
    done, ends = Read(), time.monotonic() + SECONDS_OF_A_RUN
    for source in _due(since):
        if time.monotonic() > ends:
            done.count("left")
        else:
            done.count(read_source(source, at=at))
    return done


def _due(since: datetime) -> Iterator[BusySource]:
    rows = BusySource.objects.subscribed().filter(user__is_active=True).select_related("user")
    for source in rows.order_by("failure", "read_at", "pk"):
        if source.read_at is None or source.read_at < since:
            yield source


def read_source(source: BusySource, *, at: datetime) -> str:
    """Read one calendar from its address: `read`, `same` as before, or `failed`."""
    with translation.override(source.user.language):
        try:
            answer = fetch(source.address, etag=_known(source, at))
            return _took(source, answer, at)
        except Refused as error:
            return _failed(source, str(error), at)


def store(source: BusySource, spans: list[Span]) -> None:
    """Put the times that were read in the place of those that stood."""
    source.times.all().delete()
    BusyTime.objects.bulk_create(
        [BusyTime(source=source, starts_at=starts, ends_at=ends) for starts, ends in spans]
    )


def _known(source: BusySource, at: datetime) -> str:
    """The mark of what was read, to be asked with; once a day all is read, for the window moves."""
    if source.failure or source.read_at is None:
        return ""
    same_day = timezone.localdate(source.read_at) == timezone.localdate(at)
    return source.etag if same_day else ""


def _took(source: BusySource, answer: Answer, at: datetime) -> str:
    first, last = window(at)
    spans = None if answer.content is None else times_in(answer.content, first=first, last=last)
    with transaction.atomic():
        locked = _locked(source)
        if locked is None:
            return "same"  # removed meanwhile, or given another address
        locked.read_at, locked.failure = at, ""
        if spans is not None:
            locked.etag = answer.etag
            store(locked, spans)
        locked.save(update_fields=["read_at", "failure", "etag"])
    return "same" if spans is None else "read"


def _failed(source: BusySource, why: str, at: datetime) -> str:
    """Keep why in words, and tell the worker when it begins to fail."""
    with transaction.atomic():
        locked = _locked(source)
        if locked is None:
            return "same"
        begins, locked.failure = not locked.failure, why[:LONGEST_FAILURE]
        locked.save(update_fields=["failure"])
        if begins:
            url = reverse("staffing:calendars")
            tell([source.user], "calendar-failed", case_number="", url=url, at=at)
    return "failed"


def _locked(source: BusySource) -> BusySource | None:
    rows = BusySource.objects.select_for_update().filter(pk=source.pk, address=source.address)
    return rows.first()
