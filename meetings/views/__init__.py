"""Pages about interviews."""

from meetings.views.booking import book, move, reply
from meetings.views.notifying import answer, notify, withdraw
from meetings.views.outcome import cancel, contact, outcome, retract
from meetings.views.pages import detail, meetings

__all__ = [
    "answer",
    "book",
    "cancel",
    "contact",
    "detail",
    "meetings",
    "move",
    "notify",
    "outcome",
    "reply",
    "retract",
    "withdraw",
]
