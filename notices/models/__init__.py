"""Notices on screen, and mail on its way."""

from notices.models.on_screen import Notice

__all__ = ["Notice"]
