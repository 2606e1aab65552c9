"""What the calendar does with workers' own calendars, also a command of the same name."""

import json
import time
from datetime import datetime, timedelta
from typing import Any

from celery import shared_task
from celery.utils.log import get_task_logger
from django.db import OperationalError
from django.utils import timezone

from staffing.reading import read_due

log = get_task_logger(__name__)
FRESH = timedelta(minutes=30)


@shared_task(
    name="staffing.jobs.read_calendars",
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def read_calendars(at: datetime | str | None = None) -> dict[str, Any]:
    """Read the calendars that workers subscribe to; one read half an hour ago is fresh enough."""
    began = time.monotonic()
    now = datetime.fromisoformat(at) if isinstance(at, str) else at or timezone.now()
    done = read_due(at=now, since=now - FRESH)
    report = {
        "at": now.isoformat(timespec="seconds"),
        "read": done.read,
        "same": done.same,
        "failed": done.failed,
        "left": done.left,
        "seconds": round(time.monotonic() - began, 1),
    }
    log.info("read_calendars: %s", json.dumps(report))
    return report
