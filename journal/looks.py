"""Logging every look at a citizen, by one prepared statement: every page does so."""

from collections.abc import Sequence

from django.utils import timezone
from psycopg2.extras import Json

from accounts.models import User
from journal.models import Look
from shared.kept_statements import answer

INTO = "INSERT INTO journal_look (at, by_id, kind, case_pk, reason, details) VALUES "
ROW = "(%s, %s, %s, %s, %s, %s)"
Details = str | int | bool | list[int]


def looked(
    kind: Look.Kind,
    *,
    by: User,
    case: int | None = None,
    reason: str = "",
    **details: Details,
) -> None:
    """Log that someone looked; details never hold a CPR number or a name that was searched for."""
    values = [timezone.now(), by.pk, str(kind), case, reason, Json(details)]
    answer(f"{INTO}{ROW} RETURNING id", values)


def looked_at_case_and_list(*, by: User, case: int, page: str, courses: Sequence[int]) -> None:
    """Log at once that someone looked at a case and at others beside it."""
    now = timezone.now()
    case_row = [now, by.pk, str(Look.Kind.COURSE), case, "", Json({"page": page})]
    list_row = [now, by.pk, str(Look.Kind.LIST), None, "", Json({"courses": list(courses)})]
    answer(f"{INTO}{ROW}, {ROW} RETURNING id", [*case_row, *list_row])
