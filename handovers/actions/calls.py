"""A recruitment call by the jobcentre: it stands beside the duties and settles none."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.actions.facts import record_held_meeting
from courses.models import Course, MeetingKind, Party
from handovers.access import may_record_call
from handovers.models import RecruitmentCall
from journal.actions import note
from shared.refusals import Refused


@transaction.atomic
def record_call(  # noqa: PLR0913 (the columns of a call)
    course: Course, *, called_on: date, form: str, about: str, by: User, at: datetime
) -> RecruitmentCall:
    """Record that the citizen was called about a job; no date moves by it (R09-13)."""
    today = timezone.localdate(at)
    if not may_record_call(by, course, on=today):
        said = {"house": course.jobcentre.short}
        raise Refused(_("Only %(house)s records its recruitment calls.") % said)
    if called_on > today:
        raise Refused(_("The call cannot lie ahead. Book an interview instead."))
    if RecruitmentCall.objects.filter(course=course, called_on=called_on).exists():
        raise Refused(_("The call of that day is recorded already."))
    call = RecruitmentCall.objects.create(
        course=course, called_on=called_on, form=form, about=about, recorded_at=at, recorded_by=by
    )
    note(call, "recruitment-called", by=by, case=course.pk, held_on=str(called_on), form=form)
    record_held_meeting(
        course=course,
        kind=MeetingKind.RECRUITMENT,
        held_on=called_on,
        by_party=Party.JOBCENTRE,
        form=form,
        by=by,
        source="meeting",
    )
    return call
