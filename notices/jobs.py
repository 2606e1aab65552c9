"""What the calendar does with mail."""

import json
from typing import Any

from celery import shared_task
from celery.utils.log import get_task_logger
from django.utils import timezone

from notices.sending import send_waiting

log = get_task_logger(__name__)


@shared_task(name="notices.jobs.send_mails")
def send_mails() -> dict[str, Any]:
    """Send the mail whose hour has come; it can run twice, and in two processes at once."""
    done = send_waiting(at=timezone.now())
    report = {"sent": done.sent, "failed": done.failed, "waiting": done.waiting}
    if done.sent or done.failed:
        (log.error if done.failed else log.info)("send_mails: %s", json.dumps(report))
    return report
