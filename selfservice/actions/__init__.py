"""What a citizen states by link, and what a worker answers."""

from selfservice.actions.answering import confirm, confirm_with_time, reject
from selfservice.actions.stating import opened, state

__all__ = ["confirm", "confirm_with_time", "opened", "reject", "state"]
