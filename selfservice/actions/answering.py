"""What a worker answers to a statement: confirmed, it takes effect; else the reason is kept."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.actions.facts import record_choice
from courses.models import ChoiceKind, Party
from journal.actions import note
from meetings import actions as meeting_actions
from meetings.access import may_settle
from meetings.actions.letters import language_of, queue_about
from meetings.collisions import TimeTaken, seated
from meetings.models import Meeting
from meetings.plans import Sitting
from selfservice.answer_letters import answer_draft
from selfservice.models import Statement
from selfservice.offered import proposals
from shared.refusals import Refused
from slots.actions.booking import move_to_slot
from slots.models import Slot

Kind, Answer = Statement.Kind, Statement.Answer
CHOICES = {
    Kind.WITHOUT: ChoiceKind.DECLINE_OTHER_PARTY,
    Kind.TOGETHER: ChoiceKind.WANT_OTHER_PARTY,
}


@seated
def confirm(statement: Statement, *, by: User, at: datetime) -> Statement:
    """Let a statement take effect: cancel, move to the wanted slot, or record the choice.

    A cancellation and a move write to the citizen themselves; of the rest an answer is written.
    """
    statement = _own(statement, by=by, at=at)
    has_written = True
    if statement.kind == Kind.OTHER_TIME:
        _move_to_wanted_slot(statement, by=by, at=at)
    elif statement.kind == Kind.SICK:
        has_written = _cancel(statement, by=by, at=at)
    else:
        _choose(statement, by=by, at=at)
        has_written = False
    statement = _answered(statement, Answer.CONFIRMED, by=by, at=at)
    if not has_written:
        _write_answer(statement, by=by, at=at)
    return statement


@seated
def confirm_with_time(
    statement: Statement, sitting: Sitting, *, by: User, at: datetime
) -> Statement:
    """Give the citizen another time than the one booked, chosen by the worker."""
    statement = _own(statement, by=by, at=at)
    if statement.kind != Kind.OTHER_TIME:
        raise Refused(_("The citizen has not asked for another time."))
    if sitting.starts_at == statement.meeting.starts_at:
        raise Refused(_("This is the time that is booked. Choose another, or do not confirm."))
    meeting_actions.move(statement.meeting, sitting, by=by, at=at)
    return _answered(statement, Answer.CONFIRMED, by=by, at=at)


@seated
def reject(statement: Statement, *, why: str, by: User, at: datetime) -> Statement:
    """Leave everything as it is, keep the reason with the case, and write it to the citizen."""
    statement = _own(statement, by=by, at=at)
    if not why:
        raise Refused(_("Write why it is not confirmed."))
    statement.why = why
    statement = _answered(statement, Answer.REJECTED, by=by, at=at)
    _write_answer(statement, by=by, at=at)
    return statement


def _own(statement: Statement, *, by: User, at: datetime) -> Statement:
    """The statement, locked, if it still waits and the person works for who holds the interview."""
    found = Statement.objects.select_for_update(of=("self",)).for_answer().get(pk=statement.pk)
    if not may_settle(by, found.meeting, on=timezone.localdate(at)):
        raise Refused(_("Only the party that holds the interview answers its citizen."))
    if not Statement.objects.waiting(at=at).filter(pk=found.pk).exists():
        raise Refused(
            _("This has been answered, or the interview has changed since. Reload the page.")
        )
    return found


def _cancel(statement: Statement, *, by: User, at: datetime) -> bool:
    """Cancel an interview that lies ahead, in words that name no illness; whether that was done.

    One that has begun is not cancelled: its outcome is recorded, with this as a lawful reason.
    """
    meeting = statement.meeting
    if meeting.state != Meeting.State.BOOKED or at >= meeting.starts_at:
        return False
    reason = _("The citizen cannot come on that day.")
    meeting_actions.cancel(meeting, cancelled_by=Party.CITIZEN, reason=reason, by=by, at=at)
    others = Statement.objects.filter(meeting=meeting, answer="").exclude(pk=statement.pk)
    moot = _("The interview is cancelled.")
    others.update(answer=Answer.OVERTAKEN, answered_at=at, answered_by=by, why=moot)
    return True


def _move_to_wanted_slot(statement: Statement, *, by: User, at: datetime) -> None:
    slot = statement.slot
    if slot is None or slot.starts_at != statement.wanted_at:
        raise TimeTaken(
            _("The time that the citizen chose is no longer there. Find another with the citizen.")
        )
    worker = _proposed(statement, slot, at=at)
    move_to_slot(statement.meeting, slot, worker=worker, by=by, at=at)


def _proposed(statement: Statement, slot: Slot, *, at: datetime) -> User | None:
    """Who is free to hold the interview in a slot."""
    found = (one for one in proposals(statement.meeting, at=at) if one.slot == slot)
    return next((one.worker for one in found), None)


def _choose(statement: Statement, *, by: User, at: datetime) -> None:
    """Invite the other party or leave it out, and record that the citizen chose it."""
    kind, meeting = Kind(statement.kind), statement.meeting
    act = meeting_actions.include if kind == Kind.TOGETHER else meeting_actions.leave_out
    act(meeting, by=by, at=at)
    record_choice(
        course=meeting.course,
        kind=CHOICES[kind],
        chosen_on=statement.day,
        by_party=Party.CITIZEN,
        by=by,
        reason=_("Stated by link, confirmed by %(worker)s") % {"worker": by},
    )


def _write_answer(statement: Statement, *, by: User, at: datetime) -> None:
    """Answer the citizen in a letter, which waits ten minutes like any other."""
    meeting = Meeting.objects.for_page().get(pk=statement.meeting_id)
    draft = answer_draft(statement, meeting, language=language_of(meeting), at=at)
    queue_about(meeting, draft, by=by, at=at)


def _answered(
    statement: Statement, answer: Statement.Answer, *, by: User, at: datetime
) -> Statement:
    statement.answer, statement.answered_at, statement.answered_by = answer, at, by
    statement.save(update_fields=["answer", "answered_at", "answered_by", "why"])
    what = "statement-confirmed" if answer == Answer.CONFIRMED else "statement-rejected"
    note(statement, what, by=by, case=statement.meeting.course_id, reason=statement.why)
    return statement
