"""What people can do with letters and their texts, each act in one transaction."""

from letters.actions.letters import queue, resend, take_back
from letters.actions.printing import mark_printed, open_batch
from letters.actions.texts import write_text

__all__ = ["mark_printed", "open_batch", "queue", "resend", "take_back", "write_text"]
