"""What the calendar does with times, also a command of the same name."""

import json
import time
from datetime import date
from typing import Any

from celery import shared_task
from celery.utils.log import get_task_logger
from django.db import OperationalError
from django.utils import timezone

from slots.releasing import release_unused

log = get_task_logger(__name__)


@shared_task(
    name="slots.jobs.release_reservations",
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def release_reservations(on: date | str | None = None) -> dict[str, Any]:
    """Give free what is reserved and unused when its day has come; a missed day is made up for."""
    began, now = time.monotonic(), timezone.now()
    day = date.fromisoformat(on) if isinstance(on, str) else on or timezone.localdate(now)
    if day > timezone.localdate(now):
        log.warning("%s lies ahead: times are released before their day", day)
    done = release_unused(on=day, at=now)
    report = {
        "on": day.isoformat(),
        "released": done.slots,
        "pools": done.pools,
        "seconds": round(time.monotonic() - began, 1),
    }
    log.info("release_reservations: %s", json.dumps(report))
    return report
