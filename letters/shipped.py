"""The texts that the system comes with, one file a language, and how they get into the table."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import transaction

from letters.models import LANGUAGES, LetterText

TEXTS = Path(__file__).parent / "data" / "texts"
SAID = ("subject", "heading", "body")


@lru_cache(maxsize=len(LANGUAGES))
def file_of(language: str) -> dict[str, Any]:
    """What the project's own file of a language says."""
    return tomllib.loads((TEXTS / f"{language}.toml").read_text(encoding="utf-8"))


def words_of(language: str) -> dict[str, str]:
    """The words around a letter: the table's names, the greeting, how to get in contact."""
    words: dict[str, str] = file_of(language)["words"]
    return words


def passages_of(language: str, sender: str) -> dict[str, str]:
    """What a sort of sender says of rights and consequences: the rules behind it differ."""
    passages: dict[str, str] = file_of(language)["passages"][sender]
    return passages


def bring_of(language: str, meeting_kind: str) -> str:
    """What to bring to a kind of interview."""
    return str(file_of(language)["bring"].get(meeting_kind, ""))


@transaction.atomic
def load_texts() -> int:
    """Write the shipped texts that are missing or say something new, as versions; how many.

    Whoever wrote a version of a shipped text keeps it: theirs is newer.
    """
    return sum(_load(language, row) for language, _name in LANGUAGES for row in _rows(language))


def _rows(language: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = file_of(language)["text"]
    return rows


def _load(language: str, row: dict[str, str]) -> bool:
    said = {name: row[name].strip() for name in SAID}
    place = {name: row.get(name, "") for name in ("sender", "meeting_kind")}
    text = LetterText(language=language, kind=row["kind"], **place, **said)
    last = LetterText.objects.beside(text).order_by("-version").first()
    if last and (last.written_by_id or all(getattr(last, one) == said[one] for one in SAID)):
        return False
    text.version = last.version + 1 if last else 1
    LetterText.objects.bulk_create([text], ignore_conflicts=True)  # another writes the same now
    return True
