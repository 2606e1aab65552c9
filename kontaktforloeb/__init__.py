"""The project: settings, addresses and the task queue."""

from kontaktforloeb.celery import queue

__all__ = ["queue"]
