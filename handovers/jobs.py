"""What the calendar does with hand-overs, also a command of the same name."""

import json
import time
from datetime import date
from typing import Any

from celery import shared_task
from celery.utils.log import get_task_logger
from django.db import OperationalError
from django.utils import timezone

from handovers.benefit import tell_of_benefit
from handovers.preparing import prepare

log = get_task_logger(__name__)


@shared_task(
    name="handovers.jobs.prepare_handovers",
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def prepare_handovers(on: date | str | None = None) -> dict[str, Any]:
    """Bring hand-overs up to date with the stored answers, and tell those who are to act."""
    began = time.monotonic()
    day = date.fromisoformat(on) if isinstance(on, str) else on or timezone.localdate()
    done = prepare(on=day, at=timezone.now())
    benefits = tell_of_benefit(on=day, at=timezone.now())
    report = {
        "on": day.isoformat(),
        "created": done.created,
        "moved": done.moved,
        "lapsed": done.lapsed,
        "told": done.told,
        "overdue": done.escalated,
        "done": done.done,
        "benefits": benefits,
        "errors": done.errors,
        "seconds": round(time.monotonic() - began, 1),
    }
    (log.error if done.errors else log.info)("prepare_handovers: %s", json.dumps(report))
    return report
