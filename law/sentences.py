"""Every template the law speaks in, collected so that each can be translated."""

from law.words import Sentence, Word, english, gettext_noop, render

__all__ = ["TEMPLATES", "Sentence", "Word", "english", "gettext_noop", "render"]

TEMPLATES: tuple[str, ...] = ()
