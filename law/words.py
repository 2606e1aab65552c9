"""Sentences the law answers with: an English template, its values, and how it is rendered.

The product speaks two languages and the law knows of neither: whoever shows a sentence
hands in the function that translates a template.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

Translate = Callable[[str], str]


def gettext_noop(message: str) -> str:
    """Mark a literal for the collection of messages; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class Word:
    """A word that is translated by itself where it stands in a sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English template with `%(name)s` places, and what stands in them."""

    text: str
    values: Mapping[str, "Value"] = field(default_factory=dict)


Value = int | str | date | Word | Sentence | tuple[Sentence, ...]


def same(message: str) -> str:
    """The English text is the template itself."""
    return message


def render(sentence: Sentence, translate: Translate) -> str:
    """The sentence in the language that `translate` speaks."""
    text = translate(sentence.text)
    if not sentence.values:
        return text
    return text % {name: shown(value, translate) for name, value in sentence.values.items()}


def english(sentence: Sentence) -> str:
    """The sentence as it stands in the templates."""
    return render(sentence, same)


def shown(value: Value, translate: Translate) -> str:
    """One value of a sentence as text: dates as day.month., parts rendered and joined."""
    if isinstance(value, date):
        return f"{value.day}.{value.month}."
    if isinstance(value, Word):
        return translate(value.text)
    if isinstance(value, Sentence):
        return render(value, translate)
    if isinstance(value, tuple):
        return ", ".join(render(part, translate) for part in value)
    return str(value)
