"""The panel on a course page that says where the search for work stands."""

from typing import Any

from django import template

from courses.access import Viewer, has_ended
from courses.job_search import newest, rows_of
from courses.models import Course, JobSearchStatus

register = template.Library()
TONES = {
    JobSearchStatus.State.DONE: "held",
    JobSearchStatus.State.NEEDS_WORK: "soon",
    JobSearchStatus.State.MISSING: "over",
}


@register.inclusion_tag("courses/page/_job_search.html")
def job_search_panel(course: Course, viewer: Viewer) -> dict[str, Any]:
    """The last word on each item that a person may read, and whether they may add one."""
    said = newest(course, before=viewer.until)
    return {
        "course": course,
        "rows": [
            (row, TONES[JobSearchStatus.State(row.status.state)] if row.status else "none")
            for row in rows_of(course, said)
        ],
        "may_record": viewer.may_act and not has_ended(course, on=viewer.today),
    }
