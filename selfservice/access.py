"""Who answers what a citizen stated by link."""

from datetime import date, datetime

from accounts.models import User
from meetings.access import may_settle
from meetings.models import Meeting
from selfservice.models import Statement, StatementQuerySet


def may_answer(user: User, statement: Statement, *, on: date) -> bool:
    """The party that holds the interview."""
    return may_settle(user, statement.meeting, on=on)


def waiting_at(meeting: Meeting, user: User, *, on: date, at: datetime) -> StatementQuerySet:
    """What waits for an answer at an interview, for those who may give it; none for others."""
    if not may_settle(user, meeting, on=on):
        return Statement.objects.none()
    found = Statement.objects.visible_to(user, on=on).waiting(at=at).filter(meeting=meeting)
    return found.order_by("stated_at", "pk")
