"""What a letter is to say, and how it is filled into the text that fits it best."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Course
from letters.models import LetterKind, LetterText
from letters.placeholders import KNOWN, filled, parts_of
from letters.shipped import bring_of, load_texts, passages_of, words_of
from partnerships.models import Organisation
from shared.refusals import Refused
from shared.written import long_day

Fact = tuple[str, str]
Content = dict[str, object]


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter to the citizen of a course.

    `values` fill in what the text leaves open (`letters.placeholders.KNOWN`), in the letter's
    own language; name, case number, organisation, contact, rights and consequences are known
    anyway. `facts` are the rows of its table. `address` stands in the e-mail around it too.
    """

    kind: LetterKind
    sender: Organisation
    values: Mapping[str, str] = field(default_factory=dict)
    facts: Sequence[Fact] = ()
    meeting_kind: str = ""
    language: str = "da"
    address: str = ""  # where the citizen sees what the letter is about


def fact(word: str, said: str) -> Fact:
    """A row of the table; a link stands as it is."""
    return word, said if "://" in said else said[:1].upper() + said[1:]


def text_for(course: Course, draft: Draft) -> LetterText:
    """The most specific text for a letter, in its newest version."""
    wanted = LetterText(
        kind=draft.kind,
        sender=draft.sender.kind,
        meeting_kind=draft.meeting_kind,
        agreement_id=course.agreement_id,
        language=draft.language,
    )
    fitting = LetterText.objects.fitting(wanted)
    found = fitting.first() or (load_texts() and fitting.first())
    if not found:
        raise Refused(
            _("There is no text for this letter. Ask an agreement administrator to write one.")
        )
    return found


def content_of(
    course: Course, draft: Draft, text: LetterText, *, by: User | None, on: date
) -> Content:
    """Everything a letter says, as the PDF takes it; text only, in the letter's language."""
    words = words_of(draft.language)
    values = _values(course, draft)
    signed = [str(by)] if by else []
    with translation.override(draft.language):
        dated = long_day(on)
    return {
        "language": draft.language,
        "title": filled(text.subject, values),
        "heading": filled(text.heading, values).rstrip(": "),
        "case_number": course.case_number,
        "dated": f"{dated[:1].upper()}{dated[1:]}",
        "sender": {"name": draft.sender.name, "lines": _lines(draft.sender)},
        "recipient": [course.citizen.name],
        "signed": [*signed, draft.sender.name],
        "address": draft.address,
        "words": {name: words[name] for name in ("what", "about", "case", "page", "regards")},
        "facts": [list(fact) for fact in draft.facts],
        "parts": [
            part for part in parts_of(text.body, values) if part["kind"] != "facts" or draft.facts
        ],
    }


def _lines(sender: Organisation) -> list[str]:
    return [line for line in (sender.name, sender.town, sender.phone, sender.email) if line]


def _values(course: Course, draft: Draft) -> dict[str, str]:
    """What every letter knows, and what this one says besides."""
    sender = draft.sender
    known = {
        "name": course.citizen.name,
        "organisation": sender.name,
        "case_number": course.case_number,
        "bring": bring_of(draft.language, draft.meeting_kind),
        "facts": "",
        "own_page": _own_page(draft),
        **passages_of(draft.language, sender.kind),
    }
    known["contact"] = filled(
        words_of(draft.language)["contact"], {**known, "ways": _ways(sender, draft.language)}
    )
    said = {name: value for name, value in draft.values.items() if name in KNOWN}
    return known | said


def _own_page(draft: Draft) -> str:
    """What the citizen can do on the own page, and its address; nothing where there is none."""
    if not draft.address:
        return ""
    return filled(words_of(draft.language)["own_page"], {"address": draft.address})


def _ways(sender: Organisation, language: str) -> str:
    """By phone, by mail, both, or as one knows."""
    words, values = words_of(language), {"phone": sender.phone, "email": sender.email}
    if sender.phone and sender.email:
        return f" {filled(words['phone_or_mail'], values)}"
    if sender.phone or sender.email:
        return f" {filled(words['phone' if sender.phone else 'email'], values)}"
    return ""
