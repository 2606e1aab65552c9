"""What people can do to an interview, each act in one transaction."""

from meetings.actions.agreements import tick_agreement
from meetings.actions.booking import book, move, reply
from meetings.actions.notifying import answer_notification, notify_a_kasse, withdraw_notification
from meetings.actions.outcome import (
    cancel,
    hold,
    miss,
    record_contact_again,
    retract_outcome,
)
from meetings.actions.participation import include, leave_out
from meetings.actions.questions import answer_question, ask

__all__ = [
    "answer_notification",
    "answer_question",
    "ask",
    "book",
    "cancel",
    "hold",
    "include",
    "leave_out",
    "miss",
    "move",
    "notify_a_kasse",
    "record_contact_again",
    "reply",
    "retract_outcome",
    "tick_agreement",
    "withdraw_notification",
]
