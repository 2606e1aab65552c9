"""The page on which a worker answers a statement: what was stated, and what confirming it does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Party as CoursesParty
from courses.party_words import said_to
from law.self_booking import self_booking
from law.vocabulary import MeetingKind, Party
from meetings.cautions import Caution
from meetings.meeting_page import name_of
from meetings.models import Meeting
from selfservice.models import Statement
from selfservice.offered import where_of
from selfservice.words import said
from shared.written import moment_text

Kind = Statement.Kind
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """What stands on the page, with the words ready."""

    title: str
    stated: str
    intro: str
    facts: Pairs
    effect: str
    button: str
    cautions: Sequence[Caution]
    is_waiting: bool


def answer_page(statement: Statement, *, cautions: Sequence[Caution], at: datetime) -> AnswerPage:
    """The page of one statement."""
    meeting, on = statement.meeting, timezone.localdate(at)
    side = CoursesParty(meeting.held_by)
    effect, button = _effect(statement, at=at)
    return AnswerPage(
        title=said_to(side, _("Answer the citizen")),
        stated=said_to(side, _("What the citizen stated")),
        intro=f"{name_of(meeting)} · {moment_text(meeting.starts_at, on=on)}",
        facts=_facts(statement, side, at=at),
        effect=said_to(side, effect),
        button=button,
        cautions=cautions,
        is_waiting=Statement.objects.waiting(at=at).filter(pk=statement.pk).exists(),
    )


def _facts(statement: Statement, side: CoursesParty, *, at: datetime) -> Pairs:
    on = timezone.localdate(at)
    pairs = [
        (_("Stated"), said(statement)),
        (_("When"), moment_text(statement.stated_at, on=on)),
        (_("How"), _("by the link in the summons; who wrote is not verified")),
    ]
    if statement.kind == Kind.OTHER_TIME:
        pairs.append((_("Choice of time"), said_to(side, _rule(statement.meeting))))
    if statement.slot:
        pairs.append((_("Place"), where_of(statement.slot)))
    if statement.answer:
        pairs.append((_("Answer"), statement.get_answer_display()))
    if statement.why:
        pairs.append((_("Why"), statement.why))
    return pairs


def _rule(meeting: Meeting) -> str:
    """What the rules say of who chooses the time."""
    row = self_booking(
        MeetingKind(meeting.kind),
        Party(meeting.held_by),
        on=timezone.localdate(meeting.starts_at),
    )
    if row is None:
        return _("The rules give the citizen none here: it is a wish.")
    if not row.allowed:
        return _("Joint interviews are summoned, so it is a wish (%(rule)s).") % {"rule": row.basis}
    return _("The citizen may choose among free times (%(rule)s).") % {"rule": row.basis}


def _effect(statement: Statement, *, at: datetime) -> tuple[str, str]:
    """What confirming does, and the button that does it."""
    meeting, on = statement.meeting, timezone.localdate(at)
    if statement.kind == Kind.SICK:
        if at >= meeting.starts_at:
            return (
                _(
                    "The interview has begun and is not cancelled. Record its outcome: that the"
                    " citizen reported the illness beforehand is a lawful reason. A letter says so"
                    " to the citizen."
                ),
                _("Confirm, and record the outcome"),
            )
        return (
            _(
                "The interview is cancelled by the citizen, a letter says so, and you go on to"
                " record the absence. Ask for nothing about the illness itself."
            ),
            _("Confirm, and cancel the interview"),
        )
    if statement.kind == Kind.OTHER_TIME:
        if statement.slot and statement.wanted_at:
            when = moment_text(statement.wanted_at, on=on)
            return (
                _("The interview is moved, and a letter tells the citizen."),
                _("Move to %(when)s") % {"when": when},
            )
        return (
            _("Choose the new time. The interview is moved, and a letter tells the citizen."),
            _("Move the interview"),
        )
    return (
        _(
            "The choice is recorded for this interview, the other party is told, and a letter"
            " answers the citizen. It is asked anew before the next one."
        ),
        _("Confirm the choice"),
    )
