"""The outbox: what has waited ten minutes is taken up, sent one way, and marked.

A letter is marked as being sent and committed before it goes, and its row stays locked while it
does. A row that is marked and not locked was left by a process that died: where a way can be
repeated without harm it is, under the same key; by e-mail nobody can know whether it left, so a
person decides. Two processes skip each other's letters.
"""

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from courses.audience import told_of
from courses.models import Party
from journal.actions import note
from letters.channels import WAYS, Delivered, NotSent
from letters.models import Letter, LetterPdf
from letters.pdf import Unreadable, pdf_of
from notices.actions import tell

State, Failure = Letter.State, Letter.Failure
BETWEEN_MARK_AND_LOCK = timedelta(minutes=1)
MOST = 2_000  # letters in one run, so that it ends before it is hard to follow
log = logging.getLogger(__name__)


@dataclass(slots=True)
class WorkedOff:
    """What a run came to."""

    sent: int = 0
    failed: int = 0


def work_off(*, at: datetime) -> WorkedOff:
    """Send whatever is due, and clear what a killed process left."""
    done = WorkedOff()
    stuck = Letter.objects.stuck(before=at - BETWEEN_MARK_AND_LOCK)
    for key in list(stuck.values_list("pk", flat=True)):
        _count(done, _finished(key, again=True))
    for _number in range(MOST):
        taken = _taken_up(at=at)
        if taken is None:
            break
        _count(done, _finished(taken))
    return done


def _count(done: WorkedOff, state: str) -> None:
    done.sent += state in (State.SENT, State.TO_PRINT)
    done.failed += state == State.FAILED


@transaction.atomic
def _taken_up(*, at: datetime) -> int | None:
    """The next letter, marked as being sent; another process passes it by."""
    rows = Letter.objects.due(at=at).select_for_update(of=("self",), skip_locked=True)
    letter = rows.only("pk").first()
    if letter is None:
        return None
    Letter.objects.filter(pk=letter.pk).update(state=State.SENDING, taken_up_at=timezone.now())
    return letter.pk


@transaction.atomic
def _finished(key: int, *, again: bool = False) -> str:
    """Send a letter that is marked, and say what became of it; nothing while another has it."""
    rows = Letter.objects.select_for_update(of=("self",), skip_locked=True).for_list()
    letter = rows.filter(pk=key, state=State.SENDING).first()
    if letter is None:
        return ""
    try:
        if again and not WAYS[letter.channel].repeatable:
            return _failed(letter, Failure.INTERRUPTED)
        return _sent(letter)
    except NotSent as error:
        return _failed(letter, error.failure)
    except Unreadable:
        log.exception("letter %s cannot be written", letter.pk)
        return _failed(letter, Failure.UNREADABLE)
    except Exception:  # one bad letter stops no other
        log.exception("letter %s", letter.pk)
        return _failed(letter, Failure.INTERRUPTED)


def _sent(letter: Letter) -> str:
    """Send it, and keep the very bytes that went; the same letter makes the same bytes."""
    pdf = pdf_of([letter.content], at=letter.queued_at)
    with transaction.atomic():
        LetterPdf.objects.get_or_create(letter=letter, defaults={"content": pdf})
        delivered: Delivered = WAYS[letter.channel].send(letter, pdf, at=timezone.now())
    state = State.SENT if delivered.is_out else State.TO_PRINT
    sent_at = timezone.now() if delivered.is_out else None
    Letter.objects.filter(pk=letter.pk).update(
        state=state, sent_at=sent_at, arrived_at=delivered.arrived_at
    )
    what = "letter-sent" if delivered.is_out else "letter-to-print"
    note(letter, what, by=None, case=letter.course_id, **_said(letter))
    return state


def _failed(letter: Letter, failure: Letter.Failure) -> str:
    """Mark it as not sent, and tell the one who wrote it and whoever has the course."""
    now = timezone.now()
    Letter.objects.filter(pk=letter.pk).update(state=State.FAILED, failure=failure, failed_at=now)
    note(letter, "letter-failed", by=None, case=letter.course_id, why=failure, **_said(letter))
    tell(
        _concerned(letter, on=timezone.localdate(now)),
        "letter-failed",
        case_number=letter.course.case_number,
        url=letter.get_absolute_url(),
        at=now,
    )
    return State.FAILED


def _concerned(letter: Letter, *, on: date) -> list[User]:
    """The writer may be away, or have sent it for somebody else."""
    course = letter.course
    party = Party.A_KASSE if letter.sender_id == course.a_kasse_id else Party.JOBCENTRE
    return [letter.queued_by, *told_of(course, party, on=on)]


def _said(letter: Letter) -> dict[str, str]:
    return {"letter": letter.kind, "channel": letter.channel}
