"""The interviews that were not held in time, as pages of a list."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db.models import Q

from accounts.models import User
from courses.access import may_acknowledge
from courses.models import Flag
from courses.wording import duty_name
from shared.written import relative_deadline

ROWS = 50
PLACE = re.compile(r"(\d{4}-\d{2}-\d{2})_(\d{1,15})", re.ASCII)


@dataclass(frozen=True, slots=True)
class LateRow:
    """One flag with its words ready."""

    flag: Flag
    name: str
    since: str
    may_acknowledge: bool


@dataclass(frozen=True, slots=True)
class LateList:
    """One page of the list; `after` is the place of the next one."""

    rows: tuple[LateRow, ...]
    after: str

    @classmethod
    def read(cls, user: User, *, on: date, after: str) -> Self:
        """A page of the flags that a person may see, the oldest first."""
        flags = Flag.objects.visible_to(user, on=on).open().overdue().filter(_behind(after))
        found = list(
            flags.select_related(
                "duty", "course__citizen", "course__a_kasse", "course__jobcentre"
            ).order_by("became_on", "pk")[: ROWS + 1]
        )
        more = len(found) > ROWS
        last = found[ROWS - 1] if more else None
        return cls(
            rows=tuple(_row(flag, user, on) for flag in found[:ROWS]),
            after=f"{last.became_on.isoformat()}_{last.pk}" if last else "",
        )


def _behind(place: str) -> Q:
    """What lies behind a place in the list; a place that cannot be read is the beginning."""
    found = PLACE.fullmatch(place)
    try:
        day, pk = (date.fromisoformat(found[1]), int(found[2])) if found else (date.min, 0)
    except ValueError:
        return Q()
    return Q(became_on__gt=day) | Q(became_on=day, pk__gt=pk)


def _row(flag: Flag, user: User, on: date) -> LateRow:
    last_day = flag.became_on - date.resolution
    return LateRow(
        flag,
        duty_name(flag.duty),
        relative_deadline(last_day, on=on).text,
        may_acknowledge(user, flag.course, on=on),
    )
