"""What the calendar does with agreements, also a command of the same name."""

import json
import time
from datetime import date
from typing import Any

from celery import shared_task
from celery.utils.log import get_task_logger
from django.db import OperationalError
from django.utils import timezone

from agreements.day_work import work_of_the_day

log = get_task_logger(__name__)


@shared_task(
    name="agreements.jobs.agreements_of_the_day",
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def agreements_of_the_day(on: date | str | None = None) -> dict[str, Any]:
    """End agreements whose days are over, and remind of ends and evaluations that are near."""
    began = time.monotonic()
    now = timezone.now()
    day = date.fromisoformat(on) if isinstance(on, str) else on or timezone.localdate(now)
    done = work_of_the_day(on=day, at=now)
    report = {
        "on": day.isoformat(),
        "ended": done.ended,
        "waiting": done.waiting,
        "reminded": done.reminded,
        "evaluated": done.evaluated,
        "errors": done.errors,
        "seconds": round(time.monotonic() - began, 1),
    }
    (log.error if done.errors else log.info)("agreements_of_the_day: %s", json.dumps(report))
    return report
