"""The sheet as a document with tags, for the two parties: what was sent, word for word."""

from django.utils import timezone
from django.utils.translation import gettext as _

from handovers.handover_page import parts_of
from handovers.models import Handover, Sheet
from letters.drafts import Content
from letters.pdf import pdf_of
from letters.shipped import words_of
from shared.written import language, long_date, long_day, moment_text


def sheet_pdf(handover: Handover, sheet: Sheet) -> bytes:
    """The document of one version, made as of the moment it was sent."""
    return pdf_of([_content(handover, sheet)], at=sheet.sent_at or sheet.written_at)


def _content(handover: Handover, sheet: Sheet) -> Content:
    course, sent_at = handover.course, sheet.sent_at or sheet.written_at
    sender = course.a_kasse
    title = _("Hand-over sheet, version %(number)d") % {"number": sheet.version}
    words = words_of(language())
    dated = long_day(timezone.localdate(sent_at))
    return {
        "language": language(),
        "title": f"{title}, {course.case_number}",
        "heading": title,
        "case_number": course.case_number,
        "dated": f"{dated[:1].upper()}{dated[1:]}",
        "sender": {"name": sender.name, "lines": [sender.name]},
        "recipient": [course.jobcentre.name],
        "signed": [f"{sheet.written_by}, {moment_text(sent_at)}"],
        "words": {name: words[name] for name in ("what", "about", "case", "page")}
        | {"regards": _("Written by")},
        "facts": _facts(handover, sheet),
        "parts": [{"kind": "facts"}, *_parts(sheet)],
    }


def _facts(handover: Handover, sheet: Sheet) -> list[list[str]]:
    course = handover.course
    last = long_date(handover.last_on)
    told = long_date(sheet.citizen_told_on) if sheet.citizen_told_on else ""
    rows = [
        (_("Citizen"), course.citizen.name),
        (
            _("Last day at the a-kasse"),
            ", ".join((last, _("forecast"))) if handover.is_forecast else last,
        ),
        (_("Why"), handover.basis_in_words()),
        (_("The citizen was told on"), told),
        (_("The a-kasse at the first interview"), sheet.get_participation_display()),
    ]
    return [[name, f"{said[:1].upper()}{said[1:]}"] for name, said in rows]


def _parts(sheet: Sheet) -> list[dict[str, object]]:
    """Each part under its name; several lines become a list."""
    found: list[dict[str, object]] = []
    for name, text in parts_of(sheet):
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        found.append({"kind": "heading", "text": name})
        if len(lines) > 1:
            found.append({"kind": "list", "items": lines})
        else:
            found.append({"kind": "par", "text": lines[0]})
    return found
