"""Booking several interviews in times, each in its own transaction; and evidence where none was.

The plan of a row stands in the row until it is worked on, so a long run is done in portions, and
one that died is taken up again. Rows without a time come last: what was free for them is looked
for when all others have theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from courses.access import acting_side
from courses.models import Course, Duty, MeetingKind, Party
from journal.actions import note
from meetings.actions.several import BOOKED, Line, Several, Step, each_row, stored
from meetings.batch_words import Said, told
from meetings.models import Batch, BatchRow
from meetings.plans import Purpose
from shared.dates import start_of
from shared.refusals import Refused
from slots.actions.booking import book_in_slot
from slots.choices import Named, written
from slots.finding import Found, find
from slots.models import NoTimes, Slot

PORTION = 10  # rows worked on before the page says how far it has come
CHOICE, EVIDENCE = "choice", "evidence"
Outcome = BatchRow.Outcome


@dataclass(frozen=True, slots=True)
class Planned:
    """One row: its time with who holds it, or none; `skipped` says why it is left out."""

    duty: Duty
    slot: Slot | None = None
    worker: User | None = None
    skipped: Said | None = None


def book_several(
    key: UUID, planned: Sequence[Planned], *, by: User, at: datetime, most: int = PORTION
) -> Batch:
    """Store the batch and book its first rows; the same page sent twice is one batch."""
    rows = sorted(planned, key=lambda one: one.slot is None)
    batch = stored(Several(key, Batch.Act.BOOK, [_line(one) for one in rows]), by=by, at=at)
    return book_more(batch, by=by, at=at, most=most)


def book_more(batch: Batch, *, by: User, at: datetime, most: int = PORTION) -> Batch:
    """Book the next rows of a batch that wait."""
    if batch.by_id != by.pk:
        raise Refused(_("Only the one who did it takes it back."))
    return each_row(batch, Step(_one, (Outcome.WAITING,), Outcome.DONE), by=by, at=at, most=most)


@transaction.atomic
def keep_no_times(
    course: Course, duty: Duty | None, found: Found, *, by: User, at: datetime
) -> NoTimes:
    """Keep on the case that a search found no time, and what was in the way on each day."""
    if found.free:
        raise Refused(_("There is a free time now. Book it."))
    evidence = NoTimes.objects.create(
        course=course,
        duty=duty,
        searched_at=at,
        searched_by=by,
        first_on=found.first,
        last_on=found.last,
        reasons=found.as_reasons,
    )
    note(evidence, "no-times-found", by=by, case=course.pk)
    return evidence


@transaction.atomic
def keep_no_times_of_a_day(
    course: Course, duty: Duty, found: Found, *, by: User, at: datetime
) -> NoTimes:
    """The evidence of a day for a duty: kept at the first search that found nothing, not again."""
    Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
    today = start_of(timezone.localdate(at))
    kept = NoTimes.objects.filter(duty=duty, searched_at__gte=today, last_on=found.last).first()
    return kept or keep_no_times(course, duty, found, by=by, at=at)


def _line(one: Planned) -> Line:
    plan = None
    if one.slot:
        plan = told(gettext_noop("Not worked on yet: %(when)s."), when=one.slot.starts_at)
        plan[CHOICE] = written(one.slot, one.worker)
    elif not one.skipped:
        plan = told(gettext_noop("Not worked on yet."))
    starts_at = one.slot.starts_at if one.slot else None
    return Line(one.duty.course, one.duty, starts_at=starts_at, skipped=one.skipped, plan=plan)


def _one(row: BatchRow, by: User, at: datetime) -> Said:
    """Book a row in the time that was planned, or keep that there is none."""
    if row.duty is None:
        raise Refused(_("No time was chosen. Book it from the list."))
    if acting_side(by, row.course, on=timezone.localdate(at)) != Party.JOBCENTRE:
        raise Refused(_("The jobcentre books these times. Ask it to book."))
    named = Named.read(row.said.get(CHOICE, ""))
    if named is None:
        return _kept(row, row.duty, by, at)
    slot = Slot.objects.for_list().filter(pk=named.slot).first()
    if slot is None:
        raise Refused(_("This time has just been withdrawn. Choose another."))
    worker = slot.worker or _worker(named)
    purpose = Purpose(
        MeetingKind(row.duty.kind),
        Party.JOBCENTRE,
        row.duty,
        with_other_party=bool(row.duty.with_party),
    )
    row.meeting = book_in_slot(
        row.course, purpose, named.as_shown(slot), worker=worker, by=by, at=at
    )
    return told(BOOKED, when=row.meeting.starts_at)


def _worker(named: Named) -> User | None:
    """Who was named with the time."""
    return User.objects.filter(pk=named.worker or 0, is_active=True).first()


def _kept(row: BatchRow, duty: Duty, by: User, at: datetime) -> Said:
    """The evidence for one row, with where to look instead."""
    found = find(row.course, duty, user=by, on=timezone.localdate(at), at=at)
    if found.free:
        raise Refused(_("A time has become free since. Book it from the list."))
    evidence = keep_no_times(row.course, duty, found, by=by, at=at)
    row.outcome = Outcome.REFUSED
    said = told(
        gettext_noop("No free time (%(first)s–%(last)s). It is kept on the case."),
        first=found.first,
        last=found.last,
    )
    said[EVIDENCE] = evidence.pk
    return said
