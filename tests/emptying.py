"""Tables emptied after a test that committed: rows go, and nothing else is made anew."""

from functools import cache

from django.db import connection, transaction
from django.test import TransactionTestCase

DJANGOS_WAY = TransactionTestCase._fixture_teardown
KEPT = {"django_content_type", "auth_permission"}  # what Django would write anew, always the same


def emptied(test: TransactionTestCase) -> None:
    """Empty the test's database, which Django does at twenty times the price.

    Its way gives each table and index new files and writes all permissions again. Whoever still
    writes is waited for. Only a superuser may leave the triggers out that guard rows.
    """
    if not may_pass_triggers():
        DJANGOS_WAY(test)
        return
    names = tables()
    rows = "".join(f"DELETE FROM {name};" for name in names)  # noqa: S608 (our own tables)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(names)} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(f"SET LOCAL session_replication_role = replica; {rows}")


def may_pass_triggers() -> bool:
    """Whether the tests' account is the server's own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('is_superuser')")
        return cursor.fetchone() == ("on",)


@cache
def tables() -> list[str]:
    """The tables of the project's models, but for those that no test changes."""
    found = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return [connection.ops.quote_name(name) for name in sorted(set(found) - KEPT)]
