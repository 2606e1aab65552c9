"""A database in which the tables are made already, for those of tests to be copied from."""

import hashlib

from django.db import connection
from django.db.backends.utils import CursorWrapper

from servers.places import ROOT, TEST_DATA, place_at

WHAT_MAKES_THEM = ("*/migrations/*.py", "*/data/**/*.toml", "requirements.lock")
PREFIX = "tables_"
UNFINISHED = "unfinished_tables"
TURN = 20_261_122  # the number of the lock that lets one process at a time look and make


def ready_made() -> str | None:
    """The database's name; whoever comes first makes it, also for runs to come.

    On a server that somebody named there is none: nothing is left behind there.
    """
    if connection.settings_dict["HOST"] != str(place_at(TEST_DATA).sockets):
        return None
    name = PREFIX + fingerprint()
    with connection._nodb_cursor() as cursor:  # noqa: SLF001 (of the server, in no database)
        cursor.execute("SELECT pg_advisory_lock(%s)", [TURN])
        found = databases(cursor)
        if name not in found:
            for old in found:
                cursor.execute(f'DROP DATABASE "{old}"')
            make(UNFINISHED)
            cursor.execute(f'ALTER DATABASE "{UNFINISHED}" RENAME TO "{name}"')
    return name


def fingerprint() -> str:
    """Other migrations, other tables: a word that stands for what is in their files."""
    content = hashlib.sha256()
    for path in sorted(one for pattern in WHAT_MAKES_THEM for one in ROOT.glob(pattern)):
        content.update(path.read_bytes())
    return content.hexdigest()[:16]


def databases(cursor: CursorWrapper) -> list[str]:
    """The databases of tables that are there, of this state of the migrations and of others."""
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
    return [name for (name,) in cursor.fetchall()]


def make(name: str) -> None:
    """A database with all tables, to which nobody is connected."""
    settings = connection.settings_dict
    own, test = settings["NAME"], dict(settings["TEST"])
    settings["TEST"].update(NAME=name, TEMPLATE="template0")
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
    finally:
        connection.close()
        settings["TEST"].update(test)
        settings["NAME"] = own
