"""Whether each app's migrations run backwards over the demo world's rows, and forwards again.

In a database of its own beside the one that is named, dropped at the end.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontaktforloeb.settings")
django.setup()

from django.apps import apps  # noqa: E402 (after set-up)
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402

from scripts.tables import ready_made  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
SHAPE = """
SELECT 'column', table_name || '.' || column_name, data_type || is_nullable
    FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT 'constraint', conrelid::regclass::text || '.' || conname,
    pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'function', proname, prosrc FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace
"""
Shape = set[tuple[str, str, str]]


def main() -> None:
    named = str(connection.settings_dict["NAME"])
    connection.settings_dict["TEST"].update(NAME="test_there_and_back", TEMPLATE=ready_made())
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        wrong = list(faults())
    finally:
        connection.creation.destroy_test_db(named, verbosity=0)
    print("\n".join(wrong) or "there and back: nothing left behind, nothing changed")
    sys.exit(bool(wrong))


def faults() -> Iterator[str]:
    """What is left behind when our apps are taken out, and what is otherwise when they are back."""
    with redirect_stdout(StringIO()):
        call_command("demo", members=60)
    before = shape()
    executor = MigrationExecutor(connection)
    executor.migrate([(app, None) for app in own_apps()])
    ours = tuple(f"{app}_" for app in own_apps())
    yield from (f"left behind: {kind} {name}" for kind, name, _ in shape() if name.startswith(ours))
    call_command("migrate", verbosity=0, interactive=False)
    yield from (f"changed: {kind} {name}" for kind, name, _ in sorted(before ^ shape()))


def own_apps() -> list[str]:
    """The project's apps that have migrations, those that lean on others first."""
    ours = [one for one in apps.get_app_configs() if Path(one.path).parent == ROOT]
    return [one.label for one in reversed(ours) if (Path(one.path) / "migrations").is_dir()]


def shape() -> Shape:
    """Columns, constraints, indexes, triggers and functions of the database."""
    with connection.cursor() as cursor:
        cursor.execute(SHAPE)
        return {(kind, name, str(text)) for kind, name, text in cursor.fetchall()}


if __name__ == "__main__":
    main()
