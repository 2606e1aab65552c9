"""Putting mail into the outbox; `notices.sending` takes it out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from accounts.models import User
from notices.hours import Hours
from notices.models import Mail

ALWAYS = Hours()


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail to be: `key` says the same of the same, so that nothing is queued twice."""

    user: User | None
    kind: Mail.Kind
    key: str
    subject: str
    text: str
    hours: Hours = ALWAYS
    calendar: str = ""
    calendar_method: str = ""
    for_day: date | None = None
    address: str = ""

    @property
    def may_go(self) -> bool:
        """Whether there is an address to send it to."""
        if self.user is None:
            return bool(self.address)
        return bool(self.user.email and self.user.is_active)


def queue(drafts: Iterable[Draft], *, at: datetime) -> list[str]:
    """Queue what is not queued or sent yet, for those who have an address; say which ids it has.

    Outside the party's hours it waits for the next one. Where it goes is looked up when it goes;
    the address of somebody without an account alone is copied, and forgotten when it is sent.
    """
    rows = [_row(draft, at) for draft in drafts if draft.may_go]
    Mail.objects.bulk_create(rows, ignore_conflicts=True)
    return [row.message_id for row in rows]


def message_id(key: str) -> str:
    """The Message-ID of a mail; the same for the same key."""
    return f"<{key}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>')}>"


def _row(draft: Draft, at: datetime) -> Mail:
    return Mail(
        message_id=message_id(draft.key),
        user=draft.user,
        address="" if draft.user else draft.address,
        kind=draft.kind,
        for_day=draft.for_day,
        subject=draft.subject,
        text=draft.text,
        calendar=draft.calendar,
        calendar_method=draft.calendar_method,
        hours_from=draft.hours.first,
        hours_until=draft.hours.end,
        queued_at=at,
        next_at=draft.hours.next_open(at),
    )
