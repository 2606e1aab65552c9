"""What a worker reads of a statement, and what the citizen reads of it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.models import Meeting
from selfservice.models import Statement
from shared.written import moment_text

Kind, Answer = Statement.Kind, Statement.Answer


def said(statement: Statement) -> str:
    """What was stated, for a worker."""
    if statement.kind == Kind.OTHER_TIME and statement.wanted_at:
        when = moment_text(statement.wanted_at, on=timezone.localdate(statement.stated_at))
        return _("Asks for another time: %(when)s") % {"when": when}
    other = {"other": other_party(statement.meeting)}
    return {
        Kind.SICK: _("Reports to be ill"),
        Kind.OTHER_TIME: _("Asks for another time, no wish given"),
        Kind.WITHOUT: _("Does not want %(other)s to take part") % other,
        Kind.TOGETHER: _("Wants %(other)s to take part") % other,
    }[Kind(statement.kind)]


def told(statement: Statement, *, other: str) -> tuple[str, str]:
    """A tone, and what became of a statement, for the citizen; a reason is for the case only.

    Whoever has the link reads it, so that it tells of no illness.
    """
    what = stated(statement, other=other)
    if not statement.answer:
        return "waiting", _("%(what)s We have not confirmed it yet.") % {"what": what}
    if statement.answer == Answer.CONFIRMED:
        return "confirmed", _("%(what)s We have confirmed it.") % {"what": what}
    return "rejected", _(
        "%(what)s We cannot confirm it: the interview is as it stands here. You get a letter that"
        " says why."
    ) % {"what": what}


def stated(statement: Statement, *, other: str) -> str:
    """What was stated, to the citizen; an illness is not named."""
    if statement.kind == Kind.OTHER_TIME and statement.wanted_at:
        when = moment_text(statement.wanted_at, on=timezone.localdate(statement.stated_at))
        return _("You have asked for another time: %(when)s.") % {"when": when}
    return {
        Kind.SICK: _("You have told us that you cannot come."),
        Kind.OTHER_TIME: _("You have asked for another time."),
        Kind.WITHOUT: _("You want the interview without %(other)s.") % {"other": other},
        Kind.TOGETHER: _("You want %(other)s to take part.") % {"other": other},
    }[Kind(statement.kind)]


def other_party(meeting: Meeting) -> str:
    """Who else may take part, as the citizen says it."""
    if meeting.held_by == "jobcentre":
        return _("the a-kasse")
    return _("the municipality")
