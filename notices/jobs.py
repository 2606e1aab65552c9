"""What the calendar does with mail."""

import json
from datetime import date
from typing import Any

from celery import shared_task
from celery.utils.log import get_task_logger
from django.utils import timezone

from notices.sending import send_waiting

log = get_task_logger(__name__)


@shared_task(name="notices.jobs.send_mails")
def send_mails(on: date | str | None = None) -> dict[str, Any]:
    """Send the mail whose hour has come, in as many processes as there are; another day reports."""
    now = timezone.now()
    day = date.fromisoformat(on) if isinstance(on, str) else on
    done = send_waiting(at=now, only=None if day in (None, timezone.localdate(now)) else [])
    report = {"sent": done.sent, "failed": done.failed, "waiting": done.waiting}
    if done.sent or done.failed:
        (log.error if done.failed else log.info)("send_mails: %s", json.dumps(report))
    return report
