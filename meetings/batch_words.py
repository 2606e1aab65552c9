"""What became of a row of a batch, stored so that it can be said in the reader's language."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext

from shared.written import day_text, moment_text

Said = dict[str, Any]
Value = str | int | date | datetime


def told(text: str, **values: Value) -> Said:
    """A sentence as JSON: its English template, and values marked by what they are.

    A refusal of an act further down may come in the language of the one who heard it first.
    """
    return {"text": text, "values": {name: _kept(value) for name, value in values.items()}}


def _kept(value: Value) -> Any:  # noqa: ANN401 (JSON)
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    return {"day": value.isoformat()} if isinstance(value, date) else value


def in_words(said: Mapping[str, Any], *, on: date) -> str:
    """A stored sentence in the reader's language, read on a day."""
    if not said:
        return ""
    text, values = gettext(said["text"]), said["values"]
    return text % {name: _shown(value, on) for name, value in values.items()} if values else text


def _shown(value: Any, on: date) -> str:  # noqa: ANN401 (JSON)
    if not isinstance(value, dict):
        return str(value)
    if "moment" in value:
        return moment_text(datetime.fromisoformat(value["moment"]), on=on)
    return day_text(date.fromisoformat(value["day"]), on=on)
