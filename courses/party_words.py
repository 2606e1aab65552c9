"""The interface's own sentences in the words of the reader's side: a citizen, or a member.

The sentences speak of the citizen. In the a-kasse the same person is its member, so whole words
are exchanged there, in labels, hints, cautions and refusals; never in what people wrote.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms

from courses.models import Party
from shared.templatetags.components import party_word
from shared.written import language

MEMBER = {
    "da": {
        "borger": "medlem",
        "borgeren": "medlemmet",
        "borgerens": "medlemmets",
        "borgere": "medlemmer",
        "borgerne": "medlemmerne",
    },
    "en": {"citizen": "member", "citizen's": "member's", "citizens": "members"},
}
WORD = re.compile(r"\b(?:borger(?:ens|en|ne|e)?|citizen(?:'s|s)?)\b", re.IGNORECASE)


def said_to(side: Party | None, text: str) -> str:
    """A sentence of the interface as a side reads it."""
    return WORD.sub(_as_member, text) if side == Party.A_KASSE else text


def _as_member(found: re.Match[str]) -> str:
    word = found[0]
    said = MEMBER[language()].get(word.lower(), word)
    return said.capitalize() if word[0].isupper() else said


def party_choices(
    side: Party | None, parties: Iterable[Party] = Party, *, on: date
) -> list[tuple[str, str]]:
    """The parties to choose among, as a side calls them on a day."""
    return [(one.value, said_to(side, party_word(one.value, on=on))) for one in parties]


def word_form(form: forms.BaseForm, side: Party | None) -> None:
    """Say member in the labels, hints and choices of a form that the a-kasse fills in."""
    if side != Party.A_KASSE:
        return
    for field in form.fields.values():
        field.label = said_to(side, str(field.label)) if field.label else field.label
        field.help_text = said_to(side, str(field.help_text))
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            choices = cast("Iterable[tuple[Any, Any]]", field.choices)
            field.choices = [
                (value, said if isinstance(said, list | tuple) else said_to(side, str(said)))
                for value, said in choices
            ]
