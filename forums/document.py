"""A meeting of a forum as a document with tags: agenda with figures, minutes, decisions."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from forums.models import ForumMeeting, Member
from forums.pages import PointRow, agenda_of
from letters.drafts import Content
from letters.pdf import pdf_of
from letters.shipped import words_of
from shared.written import language, long_day, plain_day

Part = dict[str, object]


def document_of(meeting: ForumMeeting, *, at: datetime) -> bytes:
    """The document, in the language of the reader."""
    return pdf_of([_content(meeting, at)], at=at)


def _content(meeting: ForumMeeting, at: datetime) -> Content:
    words, forum = words_of(language()), meeting.forum
    dated = long_day(timezone.localdate(at))
    title = _("Minutes") if meeting.minutes else _("Agenda")
    return {
        "language": language(),
        "title": f"{title}: {forum.name}",
        "heading": f"{title}: {forum.name}",
        "case_number": forum.agreement.slug,
        "dated": f"{dated[:1].upper()}{dated[1:]}",
        "sender": {"name": forum.name, "lines": [forum.agreement.title]},
        "recipient": [_seat(one) for one in _members(meeting)],
        "signed": [timezone.localtime(at).strftime("%d.%m.%Y %H.%M")],
        "words": {
            "what": words["what"],
            "about": words["about"],
            "page": words["page"],
            "case": _("Agreement"),
            "regards": _("Printed"),
        },
        "facts": [[name, value] for name, value in _facts(meeting)],
        "parts": list(_parts(meeting)),
    }


def _seat(member: Member) -> str:
    return f"{member.name}, {member.organisation.short}"


def _members(meeting: ForumMeeting) -> list[Member]:
    return list(meeting.forum.members.select_related("organisation"))


def _facts(meeting: ForumMeeting) -> Iterator[tuple[str, str]]:
    yield _("Time"), meeting.when
    if meeting.place:
        yield _("Place"), meeting.place
    state = str(meeting.get_state_display())
    yield _("State"), f"{state[:1].upper()}{state[1:]}"
    if meeting.minutes:
        approved = meeting.minutes_approved_on
        yield (
            _("Minutes"),
            (
                _("approved %(day)s") % {"day": plain_day(approved)}
                if approved
                else _("not approved yet")
            ),
        )


def _parts(meeting: ForumMeeting) -> Iterator[Part]:
    yield {"kind": "facts"}
    for row in agenda_of(meeting):
        yield from _point(row)
    if meeting.minutes:
        yield {"kind": "heading", "text": _("Minutes")}
        yield from _paragraphs(meeting.minutes)
    decisions = list(meeting.decisions.select_related("owner__organisation"))
    if decisions:
        yield {"kind": "heading", "text": _("Decisions")}
        yield {
            "kind": "table",
            "head": [_("Decision"), _("Owner"), _("Carried out by")],
            "rows": [
                [
                    one.text,
                    f"{one.owner.name}, {one.owner.organisation.short}",
                    plain_day(one.due_on),
                ]
                for one in decisions
            ],
        }


def _point(row: PointRow) -> Iterator[Part]:
    yield {"kind": "heading", "text": f"{row.point.order}. {row.point.title}"}
    yield from _paragraphs(row.point.text)
    if row.figures:
        yield {"kind": "par", "text": f"{row.period}."}
        yield {
            "kind": "table",
            "head": [_("Key figure"), _("Value")],
            "rows": [[name, value] for name, value in row.figures],
        }


def _paragraphs(text: str) -> Iterator[Part]:
    for one in text.split("\n"):
        if one.strip():
            yield {"kind": "par", "text": one.strip()}
