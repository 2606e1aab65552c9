"""How a letter stands, in words and with a tone; and what to do about one that was not sent."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters.models import Letter, LetterChannel
from shared.written import clock_text, moment_text

LATE_AFTER = timedelta(minutes=3)  # the outbox is emptied each minute
State, Failure = Letter.State, Letter.Failure

REMEDIES: Mapping[str, Promise] = {
    Failure.NO_ADDRESS: gettext_lazy(
        "Ask the citizen for an e-mail address, or tell what the letter says by phone; then send"
        " it again."
    ),
    Failure.NO_PRINT: gettext_lazy(
        "Hand the letter over yourself, or have the system administrator turn printing on; then"
        " send it again."
    ),
    Failure.NO_SENDER: gettext_lazy(
        "Ask the system administrator to enter your organisation's CVR number; then send it again."
    ),
    Failure.REFUSED: gettext_lazy("Check the citizen's address; then send it again."),
    Failure.UNREACHABLE: gettext_lazy(
        "Send it again in a while. If it fails again, tell the system administrator."
    ),
    Failure.INTERRUPTED: gettext_lazy(
        "Ask the citizen whether the letter came, or send it again: twice is better than never."
    ),
    Failure.UNREADABLE: gettext_lazy(
        "Take uncommon signs out of the place and the agreements, and write the letter anew."
    ),
}


def remedy_of(letter: Letter) -> str:
    """What to do about a letter that was not sent."""
    return str(REMEDIES[letter.failure]) if letter.failure else ""


def state_of(letter: Letter, *, at: datetime) -> tuple[str, str]:
    """The tone and the word for how a letter stands."""
    if letter.state == State.SENT:
        return _sent(letter)
    return {
        State.WAITING: _waiting(letter, at),
        State.SENDING: ("letter", _("Being sent")),
        State.TO_PRINT: ("soon", _on_paper(letter)),
        State.FAILED: ("over", _("Not sent")),
        State.TAKEN_BACK: ("none", _("Taken back")),
    }[State(letter.state)]


def _waiting(letter: Letter, at: datetime) -> tuple[str, str]:
    """Until when it waits; or, where the outbox stands still, that it should have gone."""
    if at < letter.send_after + LATE_AFTER:
        return "letter", _("Waits until %(time)s") % {"time": clock_text(letter.send_after)}
    return "soon", _("Should have been sent %(when)s") % {"when": moment_text(letter.send_after)}


def _sent(letter: Letter) -> tuple[str, str]:
    """Arrived where one can know it; on paper, when somebody put it in the post."""
    if letter.arrived_at:
        return "held", _("Arrived %(when)s") % {"when": moment_text(letter.arrived_at)}
    when = moment_text(letter.sent_at or letter.send_after)
    if letter.channel == LetterChannel.PRINT:
        return "held", _("In the post %(when)s") % {"when": when}
    return "held", _("Sent %(when)s") % {"when": when}


def _on_paper(letter: Letter) -> str:
    return _("Waits for the printer") if letter.batch_id is None else _("At the printer")
