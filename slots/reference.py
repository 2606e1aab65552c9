"""Brings the estimated travel times in `slots/data` into the database; can run again."""

import csv
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from partnerships.models import Organisation
from slots.models import Travel

FILE = Path(__file__).parent / "data" / "travel_minutes.csv"


@transaction.atomic
def load_travel() -> dict[str, int]:
    """Load the minutes between jobcentres; says how many pairs are new, changed and the same.

    A pair of which a jobcentre is not in the database is left out, and counted as unknown.
    """
    keys = dict(Organisation.objects.values_list("slug", "pk"))
    stored = {(row.start_id, row.end_id): row for row in Travel.objects.all()}
    new, changed, unknown = [], [], 0
    with FILE.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            if line["from_id"] not in keys or line["to_id"] not in keys:
                unknown += 1
                continue
            start, end = sorted((keys[line["from_id"]], keys[line["to_id"]]))
            said = (int(line["minutes"]), Decimal(line["road_km"]))
            row = stored.get((start, end))
            if row is None:
                new.append(Travel(start_id=start, end_id=end, minutes=said[0], road_km=said[1]))
            elif (row.minutes, row.road_km) != said:
                row.minutes, row.road_km = said
                changed.append(row)
    Travel.objects.bulk_create(new)
    Travel.objects.bulk_update(changed, ["minutes", "road_km"], batch_size=1000)
    same = len(stored) - len(changed)
    return {"new": len(new), "changed": len(changed), "same": same, "unknown": unknown}
