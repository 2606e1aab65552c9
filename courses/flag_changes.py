"""What every change of a fact wants done after it: the flags of the courses it touched."""

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from courses.flagging import sweep_changed


@shared_task(
    name="courses.jobs.flag_changed",
    ignore_result=True,
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def flag_changed() -> None:
    """Bring the flags of the marked courses up to date; asked many times, the first does it all."""
    sweep_changed(on=timezone.localdate())
