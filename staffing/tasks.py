"""What the worker does for people who wait: reading a calendar that was just subscribed to."""

from celery import shared_task
from django.utils import timezone

from staffing.models import BusySource
from staffing.reading import read_source


@shared_task
def read_calendar(*, source_pk: int) -> None:
    """Read one calendar now; given out twice, it is read twice."""
    source = BusySource.objects.subscribed().select_related("user").filter(pk=source_pk).first()
    if source is not None:
        read_source(source, at=timezone.now())
