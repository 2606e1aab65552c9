"""Brings the activities that the shipped agreements speak of into the database, as drafts."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from activities.models import Activity, FlowTemplateStep
from partnerships.models import Agreement, Organisation

FILE = Path(__file__).parent / "data" / "activities.json"
NOT_COLUMNS = ("agreement", "host", "flow")


@transaction.atomic
def load_activities(*, at: datetime) -> int:
    """Load what is missing, and say how much that was; what is there stands as it was edited."""
    agreements = {row.slug: row for row in Agreement.objects.all()}
    houses = {row.slug: row for row in Organisation.objects.all()}
    stored = set(Activity.objects.values_list("agreements__slug", "title"))
    entries: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    missing = [one for one in entries if (one["agreement"], one["title"]) not in stored]
    for entry in missing:
        columns = {name: value for name, value in entry.items() if name not in NOT_COLUMNS}
        activity = Activity.objects.create(**columns, host=houses[entry["host"]], made_at=at)
        activity.agreements.add(agreements[entry["agreement"]])
        FlowTemplateStep.objects.bulk_create(
            FlowTemplateStep(activity=activity, order=number, **step)
            for number, step in enumerate(entry.get("flow", ()), start=1)
        )
    return len(missing)
