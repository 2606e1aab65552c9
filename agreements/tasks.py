"""What the worker does for people who wait: an impact on many courses."""

from datetime import date

from celery import shared_task

from agreements.impact_kept import compute_and_keep
from partnerships.models import Agreement


@shared_task(name="agreements.tasks.compute_impact")
def compute_impact(agreement_pk: int, on: str, all_along: bool) -> None:  # noqa: FBT001 (JSON)
    """Compute what an agreement would do, and keep it for those who look."""
    agreement = Agreement.objects.get(pk=agreement_pk)
    compute_and_keep(agreement, on=date.fromisoformat(on), all_along=all_along)
