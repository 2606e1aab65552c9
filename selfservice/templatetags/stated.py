"""What citizens stated by link, as a panel of a page below: `{% stated_at meeting user %}`."""

from typing import Any

from django import template
from django.db.models import DateField, Value
from django.utils import timezone

from accounts.models import User
from courses.access import acting_side
from courses.models import Course
from meetings.access import may_settle
from meetings.models import CitizenLink, Meeting
from selfservice.models import BookingDeadline, Statement
from selfservice.words import said
from shared.written import plain_day

register = template.Library()
MOST = 10
Rows = list[tuple[Statement, str]]


@register.simple_tag
def stated_at(meeting: Meeting, reader: User) -> dict[str, Any]:
    """What waits at an interview, what was answered, and whether the link was opened."""
    on, now = timezone.localdate(), timezone.now()
    if not may_settle(reader, meeting, on=on):
        return {"waiting": (), "answered": (), "link": None, "times": 0}
    link = CitizenLink.objects.filter(meeting=meeting).select_related("opening").last()
    if link is None:
        return {"waiting": (), "answered": (), "link": None, "times": 0}
    rows = Statement.objects.visible_to(reader, on=on).filter(meeting=meeting).marked(at=now)
    stated = list(
        rows.select_related("answered_by", "meeting").order_by("-stated_at", "-pk")[: 2 * MOST]
    )
    return {
        "waiting": _rows([one for one in reversed(stated) if one.waits]),  # type: ignore[attr-defined]  # annotated
        "answered": _rows([one for one in stated if not one.waits][:MOST]),  # type: ignore[attr-defined]  # annotated
        "link": link,
        "times": link.opening.times if hasattr(link, "opening") else 0,
    }


@register.inclusion_tag("selfservice/_waiting.html")
def stated_in(course: Course, reader: User) -> dict[str, Any]:
    """What waits in a course, and what was not booked in time, for those who may answer it.

    One statement asks for both; the words of what waits are read where there is any.
    """
    known = (getattr(course, name, True) for name in ("has_unanswered", "has_missed_deadlines"))
    if not any(known):  # the page of a course read it with the course
        return {"waiting": (), "missed": ()}
    on, now = timezone.localdate(), timezone.now()
    side = acting_side(reader, course, on=on)
    if side is None:
        return {"waiting": (), "missed": ()}
    stated = Statement.objects.waiting(at=now).filter(meeting__course=course, meeting__held_by=side)
    missed = BookingDeadline.objects.flagged().filter(course=course, held_by=side)
    no_day = Value(None, output_field=DateField())
    asked = (
        stated.order_by()
        .values_list("pk", no_day)
        .union(missed.order_by().values_list("pk", "book_by"), all=True)
    )
    found = list(asked)
    keys = [pk for pk, day in found if day is None]
    rows = Statement.objects.filter(pk__in=keys[:MOST]) if keys else Statement.objects.none()
    days = [plain_day(day) for _pk, day in found if day]
    return {
        "waiting": _rows(list(rows.select_related("meeting").order_by("-stated_at"))),
        "missed": days,
        "course": course,
        "side": side,
    }


def _rows(found: list[Statement]) -> Rows:
    return [(one, said(one)) for one in found]
