"""Logging every look at a citizen, by one prepared statement: every page does so."""

from django.utils import timezone
from psycopg2.extras import Json

from accounts.models import User
from journal.models import Look
from shared.kept_statements import answer

STATEMENT = """
INSERT INTO journal_look (at, by_id, kind, case_pk, reason, details)
VALUES (%s, %s, %s, %s, %s, %s) RETURNING id
"""


def looked(
    kind: Look.Kind,
    *,
    by: User,
    case: int | None = None,
    reason: str = "",
    **details: str | int | bool | list[int],
) -> None:
    """Log that someone looked; details never hold a CPR number or a name that was searched for."""
    answer(STATEMENT, [timezone.now(), by.pk, str(kind), case, reason, Json(details)])
