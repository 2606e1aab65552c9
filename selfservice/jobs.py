"""What the calendar does with deadlines for booking, also a command of the same name."""

import json
import time
from collections import Counter
from datetime import date
from typing import Any

from celery import shared_task
from celery.utils.log import get_task_logger
from django.db import OperationalError
from django.utils import timezone

from selfservice.deadlines import REMIND, settle_or_remind
from selfservice.models import BookingDeadline

log = get_task_logger(__name__)


@shared_task(
    name="selfservice.jobs.watch_booking_deadlines",
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def watch_booking_deadlines(on: date | str | None = None) -> dict[str, Any]:
    """Remind who has not booked, settle what is booked, and tell of what nobody booked in time.

    Each deadline is a transaction of its own; what was done stays done if it is stopped. A day
    ahead is not settled: nothing is missed before its day.
    """
    began, now = time.monotonic(), timezone.now()
    today = timezone.localdate(now)
    day = min(date.fromisoformat(on) if isinstance(on, str) else on or today, today)
    rows = BookingDeadline.objects.open().filter(book_by__lte=day + REMIND)
    done = Counter(settle_or_remind(one, on=day, at=now) for one in rows.order_by("pk"))
    report = {
        "on": day.isoformat(),
        "reminded": done["reminded"],
        "met": done["met"],
        "missed": done["missed"],
        "seconds": round(time.monotonic() - began, 1),
    }
    log.info("watch_booking_deadlines: %s", json.dumps(report))
    return report
