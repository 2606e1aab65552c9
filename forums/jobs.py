"""What the calendar does with forums, also a command of the same name."""

import json
import time
from datetime import date
from typing import Any

from celery import shared_task
from celery.utils.log import get_task_logger
from django.db import OperationalError
from django.utils import timezone

from forums.reminding import remind

log = get_task_logger(__name__)


@shared_task(
    name="forums.jobs.remind_forums",
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def remind_forums(on: date | str | None = None) -> dict[str, Any]:
    """Remind members of meetings, and owners of their decisions."""
    began, now = time.monotonic(), timezone.now()
    day = date.fromisoformat(on) if isinstance(on, str) else on or timezone.localdate(now)
    done = remind(on=day, at=now)
    report = {
        "on": day.isoformat(),
        "meetings": done.meetings,
        "decisions": done.decisions,
        "late": done.late,
        "seconds": round(time.monotonic() - began, 1),
    }
    log.info("remind_forums: %s", json.dumps(report))
    return report
