"""What the calendar does above courses and interviews, each also a command of the same name."""

import json
from datetime import date
from typing import Any

from celery import shared_task
from celery.utils.log import get_task_logger
from django.utils import timezone

from meetings.sending_digests import send_digests_of

log = get_task_logger(__name__)


@shared_task(name="meetings.jobs.send_digests")
def send_digests(on: date | str | None = None) -> dict[str, Any]:
    """Send the digests of a working day, each once; a day before the last run only reports."""
    now = timezone.now()
    day = date.fromisoformat(on) if isinstance(on, str) else on or timezone.localdate(now)
    if day > timezone.localdate(now):
        log.warning("%s lies ahead: the days before it will only report", day)
    done = send_digests_of(day, at=now)
    report: dict[str, Any] = {"people": done.people, "sent": done.sent}
    if done.errors:
        report["errors"] = done.errors
    (log.error if done.errors else log.info)("send_digests: %s", json.dumps(report))
    return report
