"""The languages that somebody may be said to speak, by their codes (ISO 639)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shared.written import language

LANGUAGES: list[tuple[str, str | Promise]] = [
    ("ar", _("Arabic")),
    ("bs", _("Bosnian, Croatian, Serbian")),
    ("dsl", _("Danish sign language")),
    ("en", _("English")),
    ("fa", _("Persian and Dari")),
    ("fr", _("French")),
    ("de", _("German")),
    ("kl", _("Greenlandic")),
    ("ku", _("Kurdish")),
    ("pl", _("Polish")),
    ("ro", _("Romanian")),
    ("ru", _("Russian")),
    ("so", _("Somali")),
    ("es", _("Spanish")),
    ("th", _("Thai")),
    ("ti", _("Tigrinya")),
    ("tr", _("Turkish")),
    ("uk", _("Ukrainian")),
    ("ur", _("Urdu")),
    ("vi", _("Vietnamese")),
]
NAMES = dict(LANGUAGES)


def language_name(code: str) -> str:
    """A language by its name, small in Danish; a code that is not in the list stands as it is."""
    name = str(NAMES.get(code, code))
    return name.lower() if language() == "da" else name
