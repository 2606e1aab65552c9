"""What people can do to an interview, each act in one transaction."""

from meetings.actions.booking import book, move, reply
from meetings.actions.notifying import answer_notification, notify_a_kasse, withdraw_notification
from meetings.actions.outcome import (
    cancel,
    hold,
    miss,
    record_contact_again,
    retract_outcome,
)

__all__ = [
    "answer_notification",
    "book",
    "cancel",
    "hold",
    "miss",
    "move",
    "notify_a_kasse",
    "record_contact_again",
    "reply",
    "retract_outcome",
    "withdraw_notification",
]
