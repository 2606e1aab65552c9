"""What a command needs to reach the servers: their names in the environment, and their being up."""

import os
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path

from servers import postgres, secrets_file, valkey
from servers.lease import Lease
from servers.places import DATA, Place, place_at

URLS = {"DATABASE_URL": postgres, "REDIS_URL": valkey}
NEED_NONE = {
    "collectstatic", "compilemessages", "diffsettings", "findstatic", "help", "makemessages",
    "timeline", "version",
}  # fmt: skip
ASK_FOR_WORDS = {"--help", "-h", "--version"}


@contextmanager
def attached(words: list[str]) -> Iterator[None]:
    """Run a `manage.py` command with its servers up and everything it needs in the environment."""
    if needs_none(words):
        name_unreached(os.environ)
        yield
        return
    with reached(os.environ):
        yield


@contextmanager
def reached(environment: MutableMapping[str, str], home: Path = DATA) -> Iterator[Lease | None]:
    """The servers that the environment does not name, up, and named in it."""
    wanted = missing(environment)
    if not wanted:
        add_secrets(environment)
        yield None
        return
    place = place_at(home)
    name(environment, place)
    with Lease(place, [URLS[url].NAME for url in wanted]) as lease:
        yield lease


def needs_none(words: list[str]) -> bool:
    """Whether a command asks no server: it explains, computes, or handles files."""
    if not words or ASK_FOR_WORDS & set(words) or words[0] in NEED_NONE:
        return True
    return words[0] == "check" and not {"--deploy", "--database"} & set(words)


def missing(environment: MutableMapping[str, str]) -> list[str]:
    """The servers that nobody named."""
    return [url for url in URLS if not environment.get(url)]


def name(environment: MutableMapping[str, str], place: Place) -> None:
    """Put the servers of a place into the environment.

    Our own database is for trying out, hence DEMO; one that somebody named never is by itself.
    """
    unnamed = missing(environment)
    if "DATABASE_URL" in unnamed:
        environment.setdefault("DEMO", "1")
    for url in unnamed:
        environment[url] = URLS[url].url(place)
    if not secrets_file.given(environment):
        environment.update(secrets_file.own())


def name_unreached(environment: MutableMapping[str, str]) -> None:
    """Enough to read the settings with, for a command that reaches no server."""
    environment.update({"DATABASE_URL": environment.get("DATABASE_URL") or "postgres:///"})
    environment.update({"REDIS_URL": environment.get("REDIS_URL") or "redis://localhost"})
    if not secrets_file.given(environment):
        environment.update(secrets_file.throwaway())


def add_secrets(environment: MutableMapping[str, str]) -> None:
    """The checkout's own secrets where none are given; elsewhere only for a demo."""
    if secrets_file.given(environment):
        return
    if environment.get("DEMO") == "1" or secrets_file.FILE.exists():
        environment.update(secrets_file.own())
