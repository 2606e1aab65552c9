"""What the calendar does with letters, each also a command of the same name."""

import json
from datetime import date

from celery import shared_task
from celery.utils.log import get_task_logger
from django.db import OperationalError
from django.utils import timezone

from letters.models import Letter, OutboxDay
from letters.outbox import WorkedOff, work_off

Report = dict[str, int]
log = get_task_logger(__name__)


@shared_task(
    name="letters.jobs.send_summonses",
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def send_summonses(on: date | str | None = None) -> Report:
    """Send the letters that have waited long enough; a day before the last run only reports."""
    now = timezone.now()
    today = timezone.localdate(now)
    day = date.fromisoformat(on) if isinstance(on, str) else min(on or today, today)
    last = OutboxDay.last()
    done = WorkedOff()
    if last and day < last:
        log.warning("%s lies before the last run: nothing is sent", day)
    else:
        if last != day:
            OutboxDay.objects.get_or_create(on=day)
        done = work_off(at=now)
    report = {"sent": done.sent, "failed": done.failed, "waiting": Letter.objects.waiting().count()}
    if done.sent or done.failed:
        log.info("send_summonses: %s", json.dumps(report))
    return report
