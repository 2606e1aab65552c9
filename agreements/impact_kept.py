"""Impacts that were asked for: computed at once or by the worker, kept a while, read by pages."""

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


def kept_impact(agreement: Agreement, *, on: date, all_along: bool) -> Impact | Progress | None:
    """What was asked for: the impact, or how far the worker has come; None: nobody asked."""
    kept: Impact | Progress | None = cache.get(key_of(agreement, on=on, all_along=all_along))
    return kept


def ask_for_impact(
    agreement: Agreement, *, on: date, all_along: bool, at_once: int = AT_ONCE
) -> None:
    """Have an impact computed: at once where that takes two seconds, else by the worker."""
    asked = Asked.of(agreement, on=on, all_along=all_along)
    count = len(asked.keys())
    key = key_of(agreement, on=on, all_along=all_along)
    if count <= at_once:
        cache.set(key, asked.computed(), KEPT_SECONDS)
    elif not isinstance(cache.get(key), Progress):
        cache.set(key, Progress(0, count), KEPT_SECONDS)
        current_app.send_task(TASK, args=[agreement.pk, on.isoformat(), all_along])


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
