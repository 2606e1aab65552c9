"""The agreement as a document with tags: text, terms in words, points, workflows, signatures."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letters.drafts import Content as Letter
from letters.pdf import pdf_of
from letters.shipped import words_of
from partnerships.agreement_pages import days_text
from partnerships.checklist import in_readers_language
from partnerships.models import Agreement, AgreementTerms, Point
from partnerships.terms_words import terms_in_words
from partnerships.versions import Content
from shared.written import language, long_day, plain_day

Part = dict[str, object]
NOT_OF_THE_ROW = ("id", "agreement")


def document_of(agreement: Agreement, content: Content, *, at: datetime) -> bytes:
    """The document of what an agreement says, or said; in the language of the reader."""
    return pdf_of([_letter(agreement, content, at)], at=at)


def _letter(agreement: Agreement, content: Content, at: datetime) -> Letter:
    parties = [one["name"] for one in content["parties"]]
    words = words_of(language())
    dated = long_day(timezone.localdate(at))
    return {
        "language": language(),
        "title": content["title"],
        "heading": content["title"],
        "case_number": agreement.slug,
        "dated": f"{dated[:1].upper()}{dated[1:]}",
        "sender": {"name": content["title"], "lines": parties},
        "recipient": [_state(content)],
        "signed": [timezone.localtime(at).strftime("%d.%m.%Y %H.%M")],
        "words": {
            "what": words["what"],
            "about": words["about"],
            "page": words["page"],
            "case": _("Agreement"),
            "regards": _("Printed"),
        },
        "facts": [[name, value] for name, value in _facts(agreement, content)],
        "parts": list(_parts(content)),
    }


def _state(content: Content) -> str:
    said = str(Agreement.State(content["state"]).label)
    made_up = _("made up for trial and teaching; nobody signed it")
    return _capital(f"{said} – {made_up}" if content["made_up"] else said)


def _facts(agreement: Agreement, content: Content) -> Iterator[tuple[str, str]]:
    yield _("Kind"), _capital(str(Agreement.Kind(content["kind"]).label))
    yield _("Days"), days_text(_day(content["starts_on"]), _day_or_none(content["ends_on"]))
    places = ", ".join(one["name"] for one in content["municipalities"])
    above = _("those of the agreement above") if agreement.parent else _("none named")
    yield _("Municipalities"), places or above
    if content["notice_months"] is not None:
        months = content["notice_months"]
        said = ngettext("%(months)d month", "%(months)d months", months)
        yield _("Notice"), said % {"months": months}
    if agreement.parent:
        yield _("Stands under"), agreement.parent.title
    if approved := _approved(content):
        yield _("Politically approved"), approved
    if content["source"]:
        yield _("Source"), content["source"]


def _parts(content: Content) -> Iterator[Part]:
    yield {"kind": "facts"}
    yield from _text(_("What it says"), content["text"])
    yield from _text(_("Minute notes"), content["minute_notes"])
    yield from _points(content["points"])
    yield from _workflows(content["workflows"])
    yield from _phase_two(content["phase_two"])
    for terms in content["terms"]:
        yield from _terms(terms)
    yield from _signatures(content["parties"])


def _text(title: str, text: str) -> Iterator[Part]:
    paragraphs = [one.strip() for one in text.split("\n") if one.strip()]
    if paragraphs:
        yield {"kind": "heading", "text": title}
        for one in paragraphs:
            yield {"kind": "par", "text": one}


def _approved(content: Content) -> str:
    """By whom and when, as far as it is known."""
    day, body = content["approved_on"], content["approved_by_body"]
    return ", ".join(filter(None, [body, plain_day(_day(day)) if day else ""]))


def _terms(plain: Content) -> Iterator[Part]:
    """What the parties chose as terms; the usual values that they left alone in one sentence."""
    terms = terms_from(plain)
    days = days_text(terms.starts_on, terms.ends_on)
    yield {"kind": "heading", "text": _("Terms of %(days)s") % {"days": days}}
    said = terms_in_words(terms, on=terms.starts_on)
    chosen = [one for one in said if not _is_usual(terms, one.field)]
    usual = [one for one in said if _is_usual(terms, one.field) and not one.idle]
    if chosen:
        yield {
            "kind": "table",
            "head": [_("Term"), _("What was agreed")],
            "rows": [
                [one.name, f"{one.value}. {one.idle}" if one.idle else one.value] for one in chosen
            ],
        }
    if usual:
        listed = "; ".join(f"{one.name} ({one.value})" for one in usual)
        words = _("Nothing else was chosen, so the system's usual values hold: %(terms)s.")
        yield {"kind": "par", "text": words % {"terms": listed}}


def _is_usual(terms: AgreementTerms, field: str) -> bool:
    """Whether a term stands as every new agreement has it."""
    column = AgreementTerms._meta.get_field(field)
    return bool(getattr(terms, field) == column.get_default())  # type: ignore[union-attr]  # of a column


def _phase_two(plain: Content | None) -> Iterator[Part]:
    """What phase 2 waits for, as far as it is recorded."""
    if not plain:
        return
    unknown = _("day not known")
    law, budget = plain["law_in_force_on"], plain["budget_in_place_on"]
    yield {"kind": "heading", "text": _("Phase 2")}
    yield {
        "kind": "table",
        "head": [_("Waits for"), _("Since"), _("Source")],
        "widths": [2, 2, 4],
        "rows": [
            [_("Law in force"), plain_day(_day(law)) if law else unknown, plain["law_source"]],
            [
                _("Budget in place"),
                plain_day(_day(budget)) if budget else unknown,
                plain["budget_source"],
            ],
            [_("Signed addendum"), "–", plain["addendum"] or _("none yet")],
        ],
    }


def terms_from(plain: Content) -> AgreementTerms:
    """Terms of a version as a row that is not stored."""
    columns: dict[str, Any] = {
        one.name: one.to_python(plain[one.name])
        for one in AgreementTerms._meta.fields
        if one.name not in NOT_OF_THE_ROW and one.name in plain
    }
    return AgreementTerms(**columns)


def _points(points: list[Content]) -> Iterator[Part]:
    if points:
        yield {"kind": "heading", "text": _("Check-list")}
        yield {
            "kind": "table",
            "head": [_("Point"), _("State"), _("What was agreed")],
            "widths": [4, 2, 7],
            "rows": [
                [
                    in_readers_language(one["template_key"], "title", one["title"]),
                    _capital(str(Point.State(one["state"]).label)),
                    one["text"] or "–",
                ]
                for one in points
            ],
        }


def _workflows(steps: list[Content]) -> Iterator[Part]:
    for name, together in groupby(steps, key=lambda one: str(one["workflow"])):
        yield {"kind": "heading", "text": name}
        yield {
            "kind": "table",
            "head": [_("Who"), _("What"), _("Registered in")],
            "widths": [3, 5, 3],
            "rows": [[one["who"], one["what"], one["registered_in"] or "–"] for one in together],
        }


def _signatures(parties: list[Content]) -> Iterator[Part]:
    if parties:
        yield {"kind": "heading", "text": _("Signatures")}
        yield {
            "kind": "table",
            "head": [_("Party"), _("Signed"), _("Signed by")],
            "rows": [
                [
                    one["name"],
                    _signed(one),
                    one["signed_by"] or "–",
                ]
                for one in parties
            ],
        }


def _signed(party: Content) -> str:
    if party["signed_on"]:
        return plain_day(_day(party["signed_on"]))
    return _("day not known") if party["signed_by"] else _("not signed")


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _day_or_none(text: str | None) -> date | None:
    return _day(text) if text else None
