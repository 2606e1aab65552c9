"""What a citizen states by link, what a worker answers, and by when the citizen is to book."""

from selfservice.actions.answering import confirm, confirm_with_time, reject
from selfservice.actions.deadlines import close_deadline, set_deadline
from selfservice.actions.stating import opened, state, take_back

__all__ = [
    "close_deadline",
    "confirm",
    "confirm_with_time",
    "opened",
    "reject",
    "set_deadline",
    "state",
    "take_back",
]
