"""Texts, letters, and how an organisation sends them."""

from courses.models.letter_words import LetterChannel, LetterKind
from letters.models.letters import Letter, LetterPdf, LetterQuerySet
from letters.models.sending import OutboxDay, PrintBatch, Route
from letters.models.texts import LANGUAGES, SENDERS, LetterText, LetterTextQuerySet

__all__ = [
    "LANGUAGES",
    "SENDERS",
    "Letter",
    "LetterChannel",
    "LetterKind",
    "LetterPdf",
    "LetterQuerySet",
    "LetterText",
    "LetterTextQuerySet",
    "OutboxDay",
    "PrintBatch",
    "Route",
]
