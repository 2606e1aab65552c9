"""What citizens state by link, until a worker has confirmed it."""

from selfservice.models.openings import Opening
from selfservice.models.statements import Statement, StatementQuerySet

__all__ = ["Opening", "Statement", "StatementQuerySet"]
