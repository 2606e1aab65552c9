"""One party asks the other before an interview, and the other answers; both are told by notice."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.access import acting_side
from courses.audience import told_of
from courses.models import Party
from journal.actions import note
from meetings.access import may_answer_question, may_ask
from meetings.actions.moves import locked, locked_booking
from meetings.models import Meeting, Question
from meetings.plans import OTHER
from notices.actions import tell
from shared.cpr import holds_cpr
from shared.refusals import Refused


@transaction.atomic
def ask(meeting: Meeting, *, text: str, by: User, at: datetime) -> Question:
    """Ask the other party something about an interview that lies ahead."""
    meeting = locked_booking(meeting)
    on = timezone.localdate(at)
    side = acting_side(by, meeting.course, on=on)
    if side is None or not may_ask(by, meeting, on=on):
        raise Refused(_("Only the two parties of the course ask each other."))
    _check_text(text)
    question = Question.objects.create(
        meeting=meeting, asked_by=side, text=text, asker=by, asked_at=at
    )
    note(question, "question-asked", by=by, case=meeting.course_id, meeting=meeting.pk)
    _tell(question, OTHER[side], "question", by=by, at=at)
    return question


@transaction.atomic
def answer_question(question: Question, *, answer: str, by: User, at: datetime) -> Question:
    """Answer for the party that was asked; a later answer replaces the first."""
    meeting = locked(question.meeting)
    question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    question.meeting = meeting
    if not may_answer_question(by, question, on=timezone.localdate(at)):
        raise Refused(_("Only the party that was asked answers."))
    _check_text(answer)
    if question.answer == answer:
        return question
    question.answer, question.answerer, question.answered_at = answer, by, at
    question.save(update_fields=["answer", "answerer", "answered_at"])
    note(question, "question-answered", by=by, case=meeting.course_id, meeting=meeting.pk)
    _tell(question, Party(question.asked_by), "question-answered", by=by, at=at)
    return question


def _check_text(text: str) -> None:
    if not text.strip():
        raise Refused(_("Write something: an empty text helps nobody."))
    if holds_cpr(text):
        raise Refused(_("Leave CPR numbers out of the text: it is kept."))


def _tell(question: Question, party: Party, kind: str, *, by: User, at: datetime) -> None:
    meeting = question.meeting
    tell(
        told_of(meeting.course, party, on=timezone.localdate(at)),
        kind,
        case_number=meeting.course.case_number,
        url=meeting.get_absolute_url(),
        at=at,
        by=by,
    )
