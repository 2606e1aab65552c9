"""What citizens state by link until a worker has confirmed it, and by when they are to book."""

from selfservice.models.deadlines import BookingDeadline, BookingDeadlineQuerySet
from selfservice.models.openings import Opening
from selfservice.models.statements import Statement, StatementQuerySet

__all__ = [
    "BookingDeadline",
    "BookingDeadlineQuerySet",
    "Opening",
    "Statement",
    "StatementQuerySet",
]
