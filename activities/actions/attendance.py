"""Who came to a session; a no-show is told, and costs what it costs."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from activities.access import may_record_attendance
from activities.models import Activity, Attendance, Referral, Session
from activities.telling import judging, senders
from journal.actions import note
from notices.actions import tell
from shared.refusals import Refused

Came = Attendance.Came


@transaction.atomic
def record_attendance(
    session: Session, came: Mapping[int, str], *, by: User, at: datetime
) -> list[Attendance]:
    """Write who came, by the key of the referral; what was written before is corrected.

    A citizen who stays away keeps the seat, and the frame gets nothing back (case 25).
    """
    today = timezone.localdate(at)
    activity = Activity.objects.select_for_update(of=("self",)).select_related("host")
    held = activity.get(pk=session.activity_id)
    if not may_record_attendance(by, held, on=today):
        raise Refused(gettext_noop("Those who hold the activity record who came."))
    if session.group_meeting_id:
        raise Refused(gettext_noop("The session is a group meeting: who came is recorded there."))
    if session.starts_at > at:
        raise Refused(gettext_noop("The session has not begun: nobody can have come yet."))
    if set(came.values()) - set(Came.values):
        raise Refused(gettext_noop("Choose for each citizen whether they came."))
    rows = held.referrals.seated().filter(pk__in=came).select_related("course", "referred_by")
    known = {one.referral_id: one.came for one in session.attendance.all()}
    return [
        _written(session, one, came[one.pk], by=by, at=at)
        for one in rows
        if known.get(one.pk) != came[one.pk]
    ]


def _written(
    session: Session, referral: Referral, came: str, *, by: User, at: datetime
) -> Attendance:
    row, _is_new = Attendance.objects.update_or_create(
        session=session,
        referral=referral,
        defaults={"came": came, "recorded_at": at, "recorded_by": by},
    )
    starts_at = timezone.localtime(session.starts_at).isoformat()
    said = {"starts_at": starts_at, "came": came}
    note(referral, "referral-attended", by=by, case=referral.course_id, **said)
    if came == Came.ABSENT:
        people = {*senders(referral), *judging(referral, on=timezone.localdate(at))}
        number, url = referral.course.case_number, referral.get_absolute_url()
        tell(people, "referral-absence", case_number=number, url=url, at=at, by=by)
    return row
