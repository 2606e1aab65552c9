"""Reading one field at a time from JSON, so that a refusal can name the field."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import NoReturn, TypeVar

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
LAST_DAY = date(2199, 12, 31)
LONGEST_SHOWN = 40

Json = object
Word = TypeVar("Word", bound=StrEnum)
Thing = TypeVar("Thing")
Reader = Callable[[str, Json], Thing]


class BadInput(ValueError):
    """The input is not as the contract says; `path` names the field."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


class GivenTwice(dict[str, Json]):
    """A JSON object in which a key stands twice."""

    twice = ""


def object_of(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """A hook for the JSON reader, which else lets the last of two equal keys win in silence."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    refused = GivenTwice(found)
    refused.twice = next(
        key for key, count in Counter(key for key, _ in pairs).items() if count > 1
    )
    return refused


def refuse(path: str, message: str) -> NoReturn:
    """Say which field is wrong, and how."""
    raise BadInput(path, message)


def below(path: str, key: str) -> str:
    """The path of a key inside an object, on one line; the course itself has no name."""
    name = key if key.isprintable() else ascii(key)
    return f"{path}.{name}" if path else name


def an_object(path: str, value: Json, known: Collection[str]) -> Mapping[str, Json]:
    """A JSON object that has no other keys than these."""
    if not isinstance(value, dict):
        refuse(path or "input", f"{shown(value)} is no object")
    once(path, value)
    for key in value:
        if key not in known:
            refuse(below(path, key), "unknown key")
    return value


def once(path: str, value: dict[str, Json]) -> None:
    """Refuse an object in which a key stands twice."""
    if isinstance(value, GivenTwice):
        refuse(below(path, value.twice), "is given twice")


def required(path: str, of: Mapping[str, Json], key: str, read: Reader[Thing]) -> Thing:
    """The value of a key that must be there."""
    if key not in of:
        refuse(below(path, key), "is required")
    return read(below(path, key), of[key])


def optional(of: Mapping[str, Json], key: str, read: Reader[Thing], default: Thing) -> Thing:
    """The value of a key of the course, or its default where it is not given."""
    return read(key, of[key]) if key in of else default


def nullable(read: Reader[Thing]) -> Reader[Thing | None]:
    """The same reader, taking null as well."""
    return lambda path, value: None if value is None else read(path, value)


def a_list(read: Reader[Thing]) -> Reader[tuple[Thing, ...]]:
    """A reader of a list of such things, each named by its place."""

    def read_list(path: str, value: Json) -> tuple[Thing, ...]:
        if not isinstance(value, list):
            refuse(path, f"{shown(value)} is no list")
        return tuple(read(f"{path}[{place}]", item) for place, item in enumerate(value))

    return read_list


def a_date(path: str, value: Json) -> date:
    """An ISO 8601 date."""
    if isinstance(value, str) and ISO_DATE.fullmatch(value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            refuse(path, f"{value} is no date")
        if day > LAST_DAY:
            refuse(path, f"{value} is too far ahead")
        return day
    return refuse(path, f"{shown(value)} is no date (YYYY-MM-DD)")


def a_word(kind: type[Word]) -> Reader[Word]:
    """A reader of one word of a list of words."""
    words = {word.value: word for word in kind}

    def read_word(path: str, value: Json) -> Word:
        if isinstance(value, str) and value in words:
            return words[value]
        return refuse(path, f"{shown(value)} is none of {', '.join(words)}")

    return read_word


def a_text(path: str, value: Json) -> str:
    """A text of one line that is not empty."""
    if isinstance(value, str) and value.strip() and value.isprintable():
        return value
    return refuse(path, f"{shown(value)} is no text")


def a_bool(path: str, value: Json) -> bool:
    """True or false."""
    if isinstance(value, bool):
        return value
    return refuse(path, f"{shown(value)} is neither true nor false")


def a_whole_number(least: int, most: int) -> Reader[int]:
    """A reader of a whole number within limits, both included."""

    def read_number(path: str, value: Json) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            refuse(path, f"{shown(value)} is no whole number")
        if not least <= value <= most:
            refuse(path, f"{value} is not from {least} to {most}")
        return value

    return read_number


def hours_up_to(most: int) -> Reader[float]:
    """A reader of hours from none to a limit."""

    def read_hours(path: str, value: Json) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            refuse(path, f"{shown(value)} is no number of hours")
        if not 0 <= value <= most:
            refuse(path, f"{value} is not from 0 to {most}")
        return value

    return read_hours


def any_text(path: str, value: Json) -> str:
    """A text of any kind."""
    if isinstance(value, str):
        return value
    return refuse(path, f"{shown(value)} is no text")


def shown(value: Json) -> str:
    """A short picture of a wrong value, on one line."""
    text = "null" if value is None else ascii(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}..."
