"""Pages about interviews."""

from meetings.views.booking import book, move, reply
from meetings.views.day import day
from meetings.views.follow_up import answer_question, ask, tick
from meetings.views.notifying import answer, notify, withdraw
from meetings.views.outcome import cancel, contact, outcome, retract
from meetings.views.pages import detail, meetings

__all__ = [
    "answer",
    "answer_question",
    "ask",
    "book",
    "cancel",
    "contact",
    "day",
    "detail",
    "meetings",
    "move",
    "notify",
    "outcome",
    "reply",
    "retract",
    "tick",
    "withdraw",
]
