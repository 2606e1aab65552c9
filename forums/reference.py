"""Brings the forums that the shipped agreements set up into the database."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from forums.models import Forum
from partnerships.models import Agreement

FILE = Path(__file__).parent / "data" / "forums.json"


@transaction.atomic
def load_forums() -> int:
    """Load the forum of each agreement that has none, and say how many that were."""
    keys = dict(Agreement.objects.filter(forums=None).values_list("slug", "pk"))
    entries: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    missing = [
        Forum(agreement_id=keys[entry.pop("agreement")], **entry)
        for entry in entries
        if entry["agreement"] in keys
    ]
    return len(Forum.objects.bulk_create(missing))
