"""The searches of a course that found no time, as a panel: `{% no_times_of course user %}`."""

from typing import Any

from django import template

from accounts.models import User
from courses.models import Course
from slots.models import NoTimes
from slots.several_page import evidence_rows

register = template.Library()
MOST = 10


@register.inclusion_tag("slots/_several_none_of.html")
def no_times_of(course: Course, reader: User) -> dict[str, Any]:
    """The newest searches that the reader may see, at most ten; nothing where there are none."""
    if not getattr(course, "has_no_times", True):  # known where the page of a course read it
        return {"rows": ()}
    rows = NoTimes.objects.visible_to(reader).filter(course=course)
    return {"rows": evidence_rows(rows, MOST)}
