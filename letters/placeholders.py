"""What a text may leave open, `{name}` and the like, and how a letter fills it in."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

KNOWN: Mapping[str, Promise] = {
    "name": gettext_lazy("the citizen's name"),
    "day": gettext_lazy("the day of the interview"),
    "clock": gettext_lazy("from when to when"),
    "place": gettext_lazy("the place, the phone number or the link"),
    "form": gettext_lazy("in person, by phone or by video"),
    "with_whom": gettext_lazy("who takes part besides the citizen"),
    "duty": gettext_lazy("what the interview is called"),
    "why": gettext_lazy("why the interview is held, with its rule"),
    "rights": gettext_lazy("the citizen's rights with this sender"),
    "consequences": gettext_lazy("what happens if the citizen does not come"),
    "contact": gettext_lazy("how to get in contact"),
    "bring": gettext_lazy("what to bring"),
    "agreed": gettext_lazy("what was agreed"),
    "next_step": gettext_lazy("the next step"),
    "own_page": gettext_lazy("what the citizen can do on the own page, and its address"),
    "facts": gettext_lazy("the table of when, where and with whom"),
    "organisation": gettext_lazy("the sender"),
    "case_number": gettext_lazy("the case number"),
}
IMPERSONAL = ("organisation", "case_number")
OPEN = re.compile(r"\{([^{}\n]*)\}")
FACTS = "{facts}"
HEADING, ITEM = "## ", "- "

Part = dict[str, Any]


def unknown_in(text: str, allowed: Mapping[str, Promise] | tuple[str, ...] = KNOWN) -> list[str]:
    """What a text leaves open that nothing fills in, as written; a stray brace is one."""
    wrong = [f"{{{name}}}" for name in OPEN.findall(text) if name not in allowed]
    return wrong + re.findall(r"[{}]", OPEN.sub("", text))


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with what it leaves open; what nobody said is left empty."""
    return OPEN.sub(lambda found: values.get(found[1], ""), text).strip()


def parts_of(body: str, values: Mapping[str, str]) -> list[Part]:
    """A text as headings, paragraphs, lists and the table; a heading over nothing is left out."""
    parts: list[Part] = []
    for block in re.split(r"\n\s*\n", body.strip()):
        parts += _parts(block.strip(), values)
    return [part for part, following in _with_next(parts) if _says_something(part, following)]


def _parts(block: str, values: Mapping[str, str]) -> list[Part]:
    if block == FACTS:
        return [{"kind": "facts"}]
    if block.startswith(HEADING):
        title, _newline, rest = block.partition("\n")
        heading = {"kind": "heading", "text": filled(title[len(HEADING) :], values)}
        return [heading, *(_parts(rest.strip(), values) if rest.strip() else [])]
    lines = block.splitlines()
    if all(line.startswith(ITEM) for line in lines):
        return [{"kind": "list", "items": [filled(line[2:], values) for line in lines]}]
    paragraphs = re.split(r"\n\s*\n", filled(" ".join(lines), values))
    return [{"kind": "text", "text": one} for one in paragraphs if one]


def _with_next(parts: list[Part]) -> list[tuple[Part, Part | None]]:
    return list(zip(parts, [*parts[1:], None], strict=True))


def _says_something(part: Part, following: Part | None) -> bool:
    if part["kind"] != "heading":
        return True
    return following is not None and following["kind"] != "heading"


def refusal(wrong: list[str], allowed: tuple[str, ...] = tuple(KNOWN)) -> str:
    """What to say of open places that nothing fills in, with those that there are."""
    known = ", ".join(f"{{{name}}}" for name in allowed)
    return _("Nothing fills in %(wrong)s here. You can use %(known)s.") % {
        "wrong": ", ".join(wrong),
        "known": known,
    }
