"""Saying where the search for work stands."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Course, JobSearchStatus
from journal.actions import note
from shared.refusals import Refused


@transaction.atomic
def record(  # noqa: PLR0913 (the columns of a status)
    *,
    course: Course,
    item: str,
    state: str,
    as_of: date,
    by: User | None,
    remark: str = "",
) -> JobSearchStatus:
    """Say how one item stood on a day; saying the same again changes nothing."""
    course = Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
    if course.ends_on and as_of >= course.ends_on:
        raise Refused(_("The course is over on that day. Choose an earlier one."))
    if as_of < course.placed_on:
        raise Refused(_("The course had not begun on that day. Choose a later one."))
    said = {"item": item, "state": state, "as_of": as_of, "remark": remark}
    last = JobSearchStatus.objects.filter(course=course, item=item).newest().first()
    if last and all(getattr(last, name) == value for name, value in said.items()):
        return last
    status = JobSearchStatus.objects.create(course=course, recorded_by=by, **said)
    details = {"item": item, "state": state, "seen_on": str(as_of)}
    note(status, "job-search-recorded", by=by, case=course.pk, **details)
    return status
