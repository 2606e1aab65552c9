"""Those with a seat in an activity get one at its group meeting too: one button, not a list."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from activities.group_sessions import not_enrolled
from activities.models import Session
from meetings.actions.group_enrolling import enrol
from meetings.group_access import may_enrol
from meetings.models import Enrolment
from shared.refusals import Refused


@dataclass(frozen=True, slots=True)
class Enrolled:
    """How many got a seat, how many wait for one, and how many could not come then."""

    seated: int = 0
    waiting: int = 0
    left_out: int = 0


def enrol_referred(session: Session, *, by: User, at: datetime) -> Enrolled:
    """Enrol everybody who has a seat in the activity and none at its group meeting.

    Each by itself: who is elsewhere at that time is left out, and counted.
    """
    group, today = session.group_meeting, timezone.localdate(at)
    if group is None:
        raise Refused(gettext_noop("The session is no group meeting: nobody is enrolled there."))
    rows = not_enrolled(session).select_related("course__citizen", "course__a_kasse")
    mine = [one for one in rows if may_enrol(by, group, one.course, on=today)]
    if not mine:
        raise Refused(gettext_noop("Everybody with a seat whom you may enrol is enrolled already."))
    seated = waiting = left_out = 0
    for one in sorted(mine, key=lambda row: row.course.citizen_id):
        try:
            made = enrol(group, one.course, by=by, at=at)
        except Refused:
            left_out += 1
            continue
        seated += made.state == Enrolment.State.SEATED
        waiting += made.state == Enrolment.State.WAITING
    return Enrolled(seated, waiting, left_out)
