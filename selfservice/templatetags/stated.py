"""What citizens stated by link, as a panel of a page below: `{% stated_at meeting user %}`."""

from typing import Any

from django import template
from django.utils import timezone

from accounts.models import User
from courses.models import Course
from meetings.access import may_settle
from meetings.models import CitizenLink, Meeting
from selfservice.models import Statement
from selfservice.words import said

register = template.Library()
MOST = 10
Rows = list[tuple[Statement, str]]


@register.inclusion_tag("selfservice/_stated.html")
def stated_at(meeting: Meeting, reader: User) -> dict[str, Any]:
    """What waits at an interview, what was answered, and whether the link was opened."""
    on, now = timezone.localdate(), timezone.now()
    if not may_settle(reader, meeting, on=on):
        return {"waiting": (), "answered": (), "link": None, "times": 0}
    link = CitizenLink.objects.filter(meeting=meeting).select_related("opening").last()
    if link is None:
        return {"waiting": (), "answered": (), "link": None, "times": 0}
    rows = Statement.objects.visible_to(reader, on=on).filter(meeting=meeting).marked(at=now)
    stated = list(rows.select_related("answered_by").order_by("-stated_at", "-pk")[: 2 * MOST])
    return {
        "waiting": _rows([one for one in reversed(stated) if one.waits]),  # type: ignore[attr-defined]  # annotated
        "answered": _rows([one for one in stated if one.answer][:MOST]),
        "link": link,
        "times": link.opening.times if hasattr(link, "opening") else 0,
    }


@register.inclusion_tag("selfservice/_waiting.html")
def stated_in(course: Course, reader: User) -> dict[str, Any]:
    """What waits in a course, for those who may answer it."""
    if not getattr(course, "has_unanswered", True):  # known where the page of a course read it
        return {"waiting": ()}
    on, now = timezone.localdate(), timezone.now()
    rows = Statement.objects.visible_to(reader, on=on).waiting(at=now)
    found = rows.filter(meeting__course=course).select_related("meeting__course")[:MOST]
    own = [one for one in found if may_settle(reader, one.meeting, on=on)]
    return {"waiting": _rows(own)}


def _rows(found: list[Statement]) -> Rows:
    return [(one, said(one)) for one in found]
