"""The group meetings that the citizen of a course is enrolled in, as rows of its page."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from courses.access import Viewer
from courses.course_rows import CourseRows
from partnerships.access import reach_of
from shared.written import clock_text, day_with_year

CANCELLED, SEATED, WITHDRAWN = "cancelled", "seated", "withdrawn"
TONES = {"expected": "booked", "came": "held", "absent": "missed", "excused": "none"}


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """A seat at a group meeting, or a place on its waiting list; `url` where one may open it."""

    title: str
    kind: str
    when: str
    tone: str
    word: str
    url: str


def enrolment_rows(read: CourseRows, *, viewer: Viewer) -> Iterator[EnrolmentRow]:
    """Those that stand, the latest meeting first; asks the database nothing more."""
    houses = {one.pk for one in reach_of(viewer.user, on=viewer.today).organisations}
    for one in sorted(read.enrolments, key=lambda row: row.group.starts_at, reverse=True):
        group = one.group
        day = timezone.localdate(group.starts_at)
        if one.state == WITHDRAWN or not viewer.sees(day):
            continue
        tone, word = "none", one.get_state_display()
        if group.state == CANCELLED:
            word = group.get_state_display()
        elif one.state == SEATED:
            tone, word = TONES[one.attendance], one.get_attendance_display()
            word = _("has a seat") if one.attendance == "expected" else word
        clock = f"{clock_text(group.starts_at)}–{clock_text(group.ends_at)}"
        may_open = bool(houses & {group.organisation_id, group.invited_id})
        yield EnrolmentRow(
            title=group.title,
            kind=capfirst(group.get_kind_display()),
            when=f"{day_with_year(day)} {clock}",
            tone=tone,
            word=word,
            url=reverse("meetings:group", args=[group.pk]) if may_open else "",
        )
