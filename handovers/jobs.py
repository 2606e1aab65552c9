"""What the calendar does with hand-overs, also a command of the same name."""

import json
import time
from datetime import date
from typing import Any

from celery import shared_task
from celery.utils.log import get_task_logger
from django.db import OperationalError
from django.utils import timezone

from courses.models import Sweep
from handovers.benefit import tell_of_benefit
from handovers.preparing import Prepared, prepare

log = get_task_logger(__name__)


@shared_task(
    name="handovers.jobs.prepare_handovers",
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def prepare_handovers(on: date | str | None = None) -> dict[str, Any]:
    """Bring hand-overs up to date with the stored answers, and tell those who are to act.

    A day before the one that the flags stand at only reports: what it would make is long past,
    and the next night would tell leaders that it is overdue.
    """
    began = time.monotonic()
    now = timezone.now()
    today = timezone.localdate(now)
    day = date.fromisoformat(on) if isinstance(on, str) else on or today
    if day > today:
        log.warning("%s lies ahead: people are told of it today, but nothing is late yet", day)
    done, benefits = Prepared(), 0
    if Sweep.objects.filter(swept_on__gt=day).exists():
        log.warning("%s lies before the last sweep: nothing is changed", day)
    else:
        done = prepare(on=day, at=now)
        benefits = tell_of_benefit(on=day, at=now)
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
