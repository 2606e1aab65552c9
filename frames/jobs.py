"""What the calendar does with frames, also a command of the same name."""

import json
import time
from datetime import date
from typing import Any

from celery import shared_task
from celery.utils.log import get_task_logger
from django.db import OperationalError
from django.utils import timezone

from frames.stating import tell_of_statements

log = get_task_logger(__name__)


@shared_task(
    name="frames.jobs.state_frames",
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def state_frames(on: date | str | None = None) -> dict[str, Any]:
    """Tell each once that the statement of the month before is ready."""
    began, now = time.monotonic(), timezone.now()
    day = date.fromisoformat(on) if isinstance(on, str) else on or timezone.localdate(now)
    done = tell_of_statements(on=day, at=now)
    report = {
        "on": day.isoformat(),
        "month": f"{done.month:%Y-%m}",
        "a_kasser": done.a_kasser,
        "told": done.told,
        "seconds": round(time.monotonic() - began, 1),
    }
    log.info("state_frames: %s", json.dumps(report))
    return report
