"""Computing an impact here and now, or for many courses by the worker, with progress to look at."""

import json
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from celery import current_app
from django.core.cache import cache
from django.core.serializers.json import DjangoJSONEncoder
from django.forms.models import model_to_dict

from agreements.impact import Asked, Impact
from partnerships.models import Agreement

AT_ONCE = 3_000  # courses: about two seconds
KEPT_SECONDS = 600
TASK = "agreements.tasks.compute_impact"


@dataclass(frozen=True, slots=True)
class Progress:
    """How many courses have been asked about, of how many."""

    done: int
    of: int


def impact_or_progress(
    agreement: Agreement, *, on: date, all_along: bool, at_once: int = AT_ONCE
) -> Impact | Progress:
    """The impact where it is soon computed or is kept; else how far the worker has come."""
    asked = Asked.of(agreement, on=on, all_along=all_along)
    count = len(asked.keys())
    if count <= at_once:
        return asked.computed()
    key = key_of(agreement, on=on, all_along=all_along)
    kept: Impact | Progress | None = cache.get(key)
    if kept is not None:
        return kept
    begun = Progress(0, count)
    if cache.add(key, begun, KEPT_SECONDS):
        current_app.send_task(TASK, args=[agreement.pk, on.isoformat(), all_along])
    return begun


def compute_and_keep(agreement: Agreement, *, on: date, all_along: bool) -> Impact:
    """What the worker does; whoever waits reads how far it is."""
    key = key_of(agreement, on=on, all_along=all_along)

    def tell(done: int, of: int) -> None:
        cache.set(key, Progress(done, of), KEPT_SECONDS)

    found = Asked.of(agreement, on=on, all_along=all_along).computed(tell)
    cache.set(key, found, KEPT_SECONDS)
    return found


def key_of(agreement: Agreement, *, on: date, all_along: bool) -> str:
    """Under which name an impact is kept: another one as soon as anything in the draft changes."""
    said: dict[str, Any] = {
        "agreement": [agreement.starts_on, agreement.ends_on, agreement.state, agreement.parent_id],
        "terms": [model_to_dict(one) for one in agreement.terms.all()],
        "parties": sorted(agreement.parties.values_list("organisation", flat=True)),
        "places": sorted(agreement.municipalities.values_list("pk", flat=True)),
    }
    written = json.dumps(said, cls=DjangoJSONEncoder, sort_keys=True)
    digest = sha256(written.encode()).hexdigest()[:16]
    return f"impact:{agreement.pk}:{on.isoformat()}:{int(all_along)}:{digest}"
