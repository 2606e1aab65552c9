"""What the citizen is written in answer to what was stated by link."""

from dataclasses import replace
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from letters.drafts import Draft
from letters.models import LetterKind
from meetings import citizen_links
from meetings.letter_drafts import draft_of, occasion_of
from meetings.models import Meeting
from selfservice.models import Statement
from selfservice.words import other_party, stated

Kind, Answer = Statement.Kind, Statement.Answer


def answer_draft(statement: Statement, meeting: Meeting, *, language: str, at: datetime) -> Draft:
    """A letter that says what was stated, the answer, why, and how the interview now stands."""
    is_ahead = meeting.state == Meeting.State.BOOKED and meeting.starts_at > at
    occasion = occasion_of(meeting)
    if is_ahead:  # the link of any other is withdrawn, or of no use any more
        occasion = replace(occasion, address=citizen_links.url_of(meeting, at=at))
    draft = draft_of(occasion, LetterKind.ANSWER, language=language)
    with translation.override(language):
        answered = _("Confirmed") if statement.answer == Answer.CONFIRMED else _("Not confirmed")
        facts = [
            (_("You wrote"), stated(statement, other=other_party(meeting))),
            (_("Our answer"), answered),
            *draft.facts,
        ]
        why = _meaning(statement, meeting, is_ahead=is_ahead)
    return replace(draft, facts=facts, values={**draft.values, "why": why})


def _meaning(statement: Statement, meeting: Meeting, *, is_ahead: bool) -> str:
    """What the answer means, in paragraphs; a refusal begins with its reason."""
    if statement.answer == Answer.REJECTED:
        stands = _("The interview stands as it is booked, and you must come.")
        return f"{statement.why}\n\n{stands}" if is_ahead else statement.why
    other = other_party(meeting)
    if statement.kind == Kind.SICK:
        return _("It stands in your case that you told us before the interview began.")
    if statement.kind == Kind.WITHOUT:
        said = _("The interview is held without %(other)s.")
    else:
        said = _("We have asked %(other)s to take part.")
    once = _("Your choice is for this interview only. You must come in any case.")
    return f"{said % {'other': other}} {once}"
