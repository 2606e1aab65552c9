"""Statements that the ORM has composed once, for questions that are asked again and again.

To compose a query takes the ORM longer than the database takes to answer it. What a statement says
rests on nothing but its key: the same key asks the same question, with the same values. So it may
move days and count by them, which `kept_statements` cannot keep.
"""

from collections.abc import Callable, Hashable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

MOST = 500  # then all are composed anew: keys hold a day, and days pass
NOTHING: tuple[str, tuple[Any, ...]] = ("SELECT NULL::bigint AS pk WHERE false", ())
_kept: dict[Hashable, tuple[str, tuple[Any, ...]]] = {}


def composed(key: Hashable | None, query: Callable[[], Any]) -> tuple[str, tuple[Any, ...]]:
    """The statement and the values of a query; kept, unless there is no key that says it all."""
    found = _kept.get(key) if key else None
    if found is None:
        found = _composed(query())
        if key:
            if len(_kept) >= MOST:
                _kept.clear()
            _kept[key] = found
    return found


def rows(
    key: Hashable | None,
    query: Callable[[], QuerySet[Any, Any] | None],
    *,
    instead: dict[Any, Any] | None = None,
) -> list[tuple[Any, ...]]:
    """The rows of a query; `instead` are values that stand in the place of those it was made with.

    A moment does so, because no two questions are asked at the same one.
    """
    statement, values = composed(key, query)
    with connection.cursor() as cursor:
        cursor.execute(statement, [(instead or {}).get(one, one) for one in values])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _composed(query: QuerySet[Any, Any] | None) -> tuple[str, tuple[Any, ...]]:
    if query is None:
        return NOTHING
    try:
        return query.query.sql_with_params()
    except EmptyResultSet:
        return NOTHING
