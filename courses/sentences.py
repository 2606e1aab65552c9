"""The law's sentences as they are stored, and as they are said in the reader's language."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext

from law.sentences import UNSETTLED
from law.uncertain import REGISTER
from law.words import Sentence, Value, Word, render

Stored = dict[str, Any]
REGISTERED = {one.id: one.text for one in REGISTER}


def stored(sentence: Sentence) -> Stored:
    """A sentence as JSON: its English template, and values marked by what they are."""
    return {
        "text": sentence.text,
        "values": {name: _stored_value(value) for name, value in sentence.values.items()},
    }


def _stored_value(value: Value) -> Any:  # noqa: ANN401 (JSON)
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Word):
        return {"word": value.text}
    if isinstance(value, Sentence):
        return {"sentence": stored(value)}
    if isinstance(value, tuple):
        return {"parts": [stored(part) for part in value]}
    return value


def restored(content: Mapping[str, Any]) -> Sentence:
    """The sentence that `stored` wrote."""
    return Sentence(
        content["text"],
        {name: _restored_value(value) for name, value in content.get("values", {}).items()},
    )


def _restored_value(value: Any) -> Value:  # noqa: ANN401 (JSON)
    if not isinstance(value, dict):
        return value  # type: ignore[no-any-return]  # str or int, as written above
    [(mark, content)] = value.items()
    if mark == "day":
        return date.fromisoformat(content)
    if mark == "word":
        return Word(content)
    if mark == "sentence":
        return restored(content)
    return tuple(restored(part) for part in content)


def say(content: Mapping[str, Any]) -> str:
    """A stored sentence in the reader's language; what is unsettled is said, not numbered."""
    if content["text"] == UNSETTLED:
        return gettext(UNSETTLED) % {"questions": _questions(content["values"]["questions"])}
    return render(restored(content), gettext)


def _questions(ids: str) -> str:
    texts = [gettext(REGISTERED.get(one, one)) for one in ids.split(", ")]
    return "; ".join(f"{text[:1].lower()}{text[1:]}" for text in texts)
