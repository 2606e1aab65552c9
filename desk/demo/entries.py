"""The journal of the demo world: what would have been written when it happened."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from courses.models import Course
from desk.demo.diary import ZONE
from desk.demo.living import Living
from journal.models import Entry
from meetings.models import Meeting
from shared.copying import copy_rows

COLUMNS = ["at", "by_id", "what", "subject_kind", "subject_pk", "case_pk", "details"]
SETTLED = {
    Meeting.State.HELD: "meeting-held",
    Meeting.State.NO_SHOW: "meeting-missed",
    Meeting.State.CANCELLED: "meeting-cancelled",
}


def write_entries(living: Living) -> None:
    """Write when each course was opened, and each interview booked and settled."""
    copy_rows(Entry, COLUMNS, sorted(_entries(living), key=lambda row: row["at"]))


def _entries(living: Living) -> Iterator[dict[str, Any]]:
    for course in living.world.courses.values():
        at = datetime.combine(course.starts_on, time(6, 0), ZONE)
        said = {"registered_on": course.registered_on.isoformat()}
        yield _entry(course, "course-opened", at, None, course.pk, said)
    for meeting in Meeting.objects.order_by("pk"):
        said = {"kind": meeting.kind, "starts_at": meeting.starts_at.isoformat()}
        by = meeting.booked_by_id
        yield _entry(meeting, "meeting-booked", meeting.booked_at, by, meeting.course_id, said)
        if meeting.settled_at:
            what = SETTLED[Meeting.State(meeting.state)]
            yield _entry(meeting, what, meeting.settled_at, by, meeting.course_id, {})


def _entry(  # noqa: PLR0913, PLR0917 (the columns of an entry)
    subject: Course | Meeting,
    what: str,
    at: datetime,
    by: int | None,
    case: int,
    details: dict[str, str],
) -> dict[str, Any]:
    return {
        "at": at,
        "by_id": by,
        "what": what,
        "subject_kind": subject._meta.label_lower,
        "subject_pk": subject.pk,
        "case_pk": case,
        "details": details,
    }
