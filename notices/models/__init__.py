"""Notices on screen, and mail on its way."""

from notices.models.on_screen import Notice
from notices.models.outbox import Mail

__all__ = ["Mail", "Notice"]
