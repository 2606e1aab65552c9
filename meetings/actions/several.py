"""One act on several rows: each in a transaction of its own, and taken back the same way.

A batch is stored before its first row is worked on, and every row is locked while it is worked
on. So a page that is sent twice, or a request that died in the middle, ends in one batch whose
rows are each done once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from courses.access import acting_side
from courses.actions.assignment import assign, assign_consultant, given_on
from courses.models import Course, Duty, MeetingForm, MeetingKind, Party
from letters import actions as post
from meetings.access import may_settle
from meetings.actions import letters
from meetings.actions.booking import book
from meetings.actions.group_enrolling import enrol, withdraw
from meetings.actions.moves import locked, locked_booking
from meetings.actions.outcome import cancel
from meetings.batch_words import Said, told
from meetings.models import Batch, BatchRow, Enrolment, GroupMeeting, Meeting, Room
from meetings.plans import Purpose, Sitting
from meetings.summonses import summoned_among
from shared.refusals import Refused

Act = Batch.Act
Outcome = BatchRow.Outcome
OnRow = Callable[[BatchRow, User, datetime], Said]


@dataclass(frozen=True, slots=True)
class Step:
    """What is done to rows in some states, and the state that they are in afterwards."""

    act: OnRow
    of: tuple[BatchRow.Outcome, ...]
    to: BatchRow.Outcome
    last_first: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it is asked for; `skipped` says why it is left out, if it is.

    `plan` stands in the row until it is worked on.
    """

    course: Course
    duty: Duty | None = None
    meeting: Meeting | None = None
    starts_at: datetime | None = None
    skipped: Said | None = None
    plan: Said | None = None


@dataclass(frozen=True, slots=True)
class Several:
    """What is asked for: the act, its rows, and what they share."""

    key: UUID
    act: Batch.Act
    lines: Sequence[Line]
    worker: User | None = None
    group: GroupMeeting | None = None
    room: Room | None = None
    form: MeetingForm | None = None
    place: str = ""
    minutes: int | None = None


def carry_out(asked: Several, *, by: User, at: datetime) -> Batch:
    """Do the act to each row; what is refused says why, and stops no other row."""
    batch = stored(asked, by=by, at=at)
    step = Step(STEPS[Act(batch.act)], (Outcome.WAITING,), Outcome.DONE)
    return each_row(batch, step, by=by, at=at)


def undo(batch: Batch, *, by: User, at: datetime) -> Batch:
    """Take back what was done, within ten minutes, where nobody has changed it since."""
    _check_own(batch, by)
    if not batch.may_be_undone(at=at):
        raise Refused(
            gettext_noop(
                "Ten minutes have passed, and letters are on their way."
                " Cancel the interviews instead."
            )
        )
    if batch.undone_at is None:
        batch.undone_at = at
        batch.save(update_fields=["undone_at"])
    _take_back_waiting(batch)
    step = Step(UNDOING[Act(batch.act)], (Outcome.DONE,), Outcome.UNDONE, last_first=True)
    return each_row(batch, step, by=by, at=at)


def cancel_all(batch: Batch, *, reason: str, by: User, at: datetime) -> Batch:
    """Cancel the interviews that were booked, when it is too late to undo them."""
    _check_own(batch, by)
    if not reason:
        raise Refused(gettext_noop("Write why the interviews are cancelled."))
    if batch.act != Act.BOOK:
        raise Refused(gettext_noop("Nothing was booked here, so there is nothing to cancel."))

    def cancelled(row: BatchRow, by: User, at: datetime) -> Said:
        _cancel(row, reason, by=by, at=at)
        return told(gettext_noop("Cancelled. A letter tells the citizen."))

    return each_row(batch, Step(cancelled, (Outcome.DONE,), Outcome.UNDONE), by=by, at=at)


@transaction.atomic
def keep_booking(meeting: Meeting, *, by: User, at: datetime) -> Batch:
    """Keep a single booking as a batch of one, so that it can be undone like one of several."""
    batch = Batch.objects.create(key=uuid4(), act=Act.BOOK, by=by, at=at)
    BatchRow.objects.create(
        batch=batch,
        course=meeting.course,
        duty=meeting.duty,
        meeting=meeting,
        starts_at=meeting.starts_at,
        outcome=Outcome.DONE,
        said=told(BOOKED, when=meeting.starts_at),
    )
    return batch


@transaction.atomic
def stored(asked: Several, *, by: User, at: datetime) -> Batch:
    """The batch with its rows; the one that is there already when the page was sent twice."""
    batch, is_new = Batch.objects.get_or_create(
        by=by,
        key=asked.key,
        defaults={
            "act": asked.act,
            "at": at,
            "worker": asked.worker,
            "group": asked.group,
            "room": asked.room,
            "form": asked.form or "",
            "place": asked.place,
            "minutes": asked.minutes,
        },
    )
    if is_new:
        BatchRow.objects.bulk_create(_row(batch, line) for line in asked.lines)
    return batch


def _row(batch: Batch, line: Line) -> BatchRow:
    return BatchRow(
        batch=batch,
        course=line.course,
        duty=line.duty,
        meeting=line.meeting,
        starts_at=line.starts_at,
        outcome=Outcome.SKIPPED if line.skipped else Outcome.WAITING,
        said=line.skipped or line.plan or {},
    )


def each_row(batch: Batch, step: Step, *, by: User, at: datetime, most: int | None = None) -> Batch:
    """Take the rows that a step is for through it, each in its own transaction; `most` at once."""
    rows = batch.rows.filter(outcome__in=step.of).order_by("-pk" if step.last_first else "pk")
    keys = rows.values_list("pk", flat=True)
    for key in list(keys[:most]):
        try:
            _one_row(key, batch, step, by=by, at=at)
        except Refused as refusal:
            _refuse(key, told(refusal.text, **refusal.values))
    return batch


@transaction.atomic
def _one_row(key: int, batch: Batch, step: Step, *, by: User, at: datetime) -> None:
    """One row through one step, locked, if nobody else has taken it meanwhile."""
    rows = BatchRow.objects.select_for_update(of=("self",)).select_related(
        "course__a_kasse",
        "course__jobcentre",
        "duty",
        "meeting__course",
        "enrolment__group",
        "letter",
        "before",
    )
    row = rows.get(pk=key)
    if row.outcome not in step.of:
        return
    row.batch = batch
    row.said = step.act(row, by, at)
    if row.outcome in step.of:  # unless the act has said that it came to something else
        row.outcome = step.to
    row.save(update_fields=["said", "outcome", "meeting", "enrolment", "letter", "before"])


def _refuse(key: int, said: Said) -> None:
    """Say why a row was not done; one that could not be undone stays done."""
    row = BatchRow.objects.filter(pk=key)
    row.filter(outcome=Outcome.DONE).update(said=said)
    row.filter(outcome=Outcome.WAITING).update(outcome=Outcome.REFUSED, said=said)


@transaction.atomic
def _take_back_waiting(batch: Batch) -> None:
    """Rows that nobody has worked on yet, of a request that died, are not worked on any more."""
    said = told(gettext_noop("Taken back before it was carried out."))
    waiting = batch.rows.select_for_update(of=("self",)).filter(outcome=Outcome.WAITING)
    keys = list(waiting.values_list("pk", flat=True))
    batch.rows.filter(pk__in=keys).update(outcome=Outcome.UNDONE, said=said)


# --- What each act does to a row ----------------------------------------------------------------
BOOKED = gettext_noop("Booked for %(when)s.")
SUMMONED = gettext_noop("Summoned to %(when)s. The letter leaves in ten minutes.")
GIVEN = gettext_noop("Given to %(worker)s.")
SEATED = gettext_noop("Has seat %(seat)s. The summons leaves in ten minutes.")
WAITS = gettext_noop("Waits in the list: all seats are taken.")


def _book(row: BatchRow, by: User, at: datetime) -> Said:
    duty, batch = row.duty, row.batch
    if duty is None or row.starts_at is None or batch.minutes is None:
        raise Refused(gettext_noop("No time was chosen. Book it from the list."))
    held_by = acting_side(by, row.course, on=timezone.localdate(at))
    purpose = Purpose(
        MeetingKind(duty.kind),
        held_by or Party(duty.responsible),
        duty,
        with_other_party=bool(duty.with_party) and held_by == Party.JOBCENTRE,
    )
    sitting = Sitting(
        starts_at=row.starts_at,
        ends_at=row.starts_at + timedelta(minutes=batch.minutes),
        form=MeetingForm(batch.form),
        room=batch.room,
        place=batch.place,
        worker=batch.worker,
    )
    row.meeting = book(row.course, purpose, sitting, by=by, at=at)
    return told(BOOKED, when=row.starts_at)


def _assign(row: BatchRow, by: User, at: datetime) -> Said:
    row.before = _taker(row, by, at)
    _give(row, row.batch.worker, by=by, at=at)
    return told(GIVEN, worker=str(row.batch.worker))


def _summon(row: BatchRow, by: User, at: datetime) -> Said:
    meeting = locked_booking(_meeting(row))
    if not may_settle(by, meeting, on=timezone.localdate(at)):
        raise Refused(gettext_noop("Only the party that holds the interview summons to it."))
    if summoned_among([meeting.pk]):
        raise Refused(gettext_noop("The citizen is summoned already."))
    row.letter = letters.summon(meeting, by=by, at=at)
    if row.letter is None:
        raise Refused(gettext_noop("The interview has begun, so it is too late to summon to it."))
    return told(SUMMONED, when=meeting.starts_at)


def _enrol(row: BatchRow, by: User, at: datetime) -> Said:
    if row.batch.group is None:
        raise Refused(gettext_noop("No meeting was chosen. Enrol from the list."))
    row.enrolment = enrol(row.batch.group, row.course, by=by, at=at)
    seat = row.enrolment.seat
    return told(SEATED, seat=seat) if seat else told(WAITS)


def _undo_enrolling(row: BatchRow, by: User, at: datetime) -> Said:
    """Withdraw again, unless somebody has built on it since."""
    enrolment = row.enrolment
    if enrolment is None or enrolment.state == Enrolment.State.WITHDRAWN:
        raise Refused(gettext_noop("Not undone: the citizen has been withdrawn since."))
    if enrolment.talk_id:
        raise Refused(
            gettext_noop(
                "Not undone: the citizen has got an individual talk since."
                " Withdraw the citizen on the page of the meeting."
            )
        )
    withdraw(enrolment, reason=_("Undone right after the enrolment."), by=by, at=at)
    return told(gettext_noop("Undone: the citizen is not enrolled, and hears nothing of it."))


def _undo_summons(row: BatchRow, by: User, at: datetime) -> Said:
    if row.letter is None or not post.take_back(row.letter, by=by, at=at):
        raise Refused(gettext_noop("Not undone: the letter is on its way."))
    return told(gettext_noop("Undone: the letter is taken back."))


def _undo_booking(row: BatchRow, by: User, at: datetime) -> Said:
    _cancel(row, _("Undone right after the booking."), by=by, at=at)
    return told(gettext_noop("Undone: the interview is cancelled, the time is free."))


def _undo_assigning(row: BatchRow, by: User, at: datetime) -> Said:
    now = _taker(row, by, at)
    if now != row.batch.worker:
        raise given_on(now)
    _give(row, row.before, by=by, at=at)
    if row.before is None:
        return told(gettext_noop("Undone: nobody has the case, as before."))
    return told(gettext_noop("Undone: %(worker)s has the case again."), worker=str(row.before))


def _cancel(row: BatchRow, reason: str, *, by: User, at: datetime) -> None:
    """Cancel what was booked, unless somebody has moved or settled it since."""
    meeting = locked(_meeting(row))
    if meeting.state != Meeting.State.BOOKED:
        raise Refused(gettext_noop("Not undone: the interview has been cancelled or held since."))
    if meeting.starts_at != row.starts_at:
        raise Refused(
            gettext_noop("Not undone: the interview has been moved since. Cancel it on its page.")
        )
    cancel(meeting, cancelled_by=Party(meeting.held_by), reason=reason, by=by, at=at)


def _meeting(row: BatchRow) -> Meeting:
    if row.meeting is None:
        raise Refused(gettext_noop("There is no interview. Book it first."))
    return row.meeting


def _taker(row: BatchRow, by: User, at: datetime) -> User | None:
    """Who of the person's own side has the course now; it is locked until the row is done."""
    rows = Course.objects.select_for_update(of=("self",)).select_related(
        "a_kasse", "caseworker", "consultant"
    )
    row.course = rows.get(pk=row.course_id)
    side = acting_side(by, row.course, on=timezone.localdate(at))
    return row.course.caseworker if side == Party.JOBCENTRE else row.course.consultant


def _give(row: BatchRow, worker: User | None, *, by: User, at: datetime) -> None:
    on = timezone.localdate(at)
    if acting_side(by, row.course, on=on) == Party.JOBCENTRE:
        assign(row.course, caseworker=worker, by=by, on=on)
    else:
        assign_consultant(row.course, consultant=worker, by=by, on=on)


def _check_own(batch: Batch, by: User) -> None:
    if batch.by_id != by.pk:
        raise Refused(gettext_noop("Only the one who did it takes it back."))


STEPS: dict[Batch.Act, OnRow] = {
    Act.BOOK: _book,
    Act.SUMMON: _summon,
    Act.ASSIGN: _assign,
    Act.ENROL: _enrol,
}
UNDOING: dict[Batch.Act, OnRow] = {
    Act.BOOK: _undo_booking,
    Act.SUMMON: _undo_summons,
    Act.ASSIGN: _undo_assigning,
    Act.ENROL: _undo_enrolling,
}
