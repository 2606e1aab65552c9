"""When an activity gathers, and which of its sessions are group meetings with seats and letters."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from activities import parties
from activities.actions.activities import OVER, locked
from activities.models import Activity, Session
from activities.plans import SessionPlan
from courses.models import MeetingForm
from journal.actions import note
from meetings.actions.groups import plan_group
from meetings.group_plans import GroupPlan
from meetings.models import GroupMeeting
from shared.refusals import Refused

KINDS = {
    Activity.Kind.WORKSHOP: GroupMeeting.Kind.WORKSHOP,
    Activity.Kind.INFORMATION: GroupMeeting.Kind.INFORMATION,
}
SEATS = 12  # of a group meeting whose activity sets no limit


@transaction.atomic
def add_session(
    activity: Activity,
    plan: SessionPlan,
    *,
    group_meeting: GroupMeeting | None = None,
    by: User,
    at: datetime,
) -> Session:
    """Add a session; it may be a group meeting that is planned already."""
    activity = _to_plan(activity, by, at=at)
    if plan.ends_at <= plan.starts_at:
        raise Refused(gettext_noop("A session must end after it starts."))
    first, last = timezone.localdate(plan.starts_at), timezone.localdate(plan.ends_at)
    if not activity.starts_on <= first <= last < activity.ends_on:
        raise Refused(gettext_noop("The session lies outside the days of the activity."))
    if group_meeting and Session.objects.filter(group_meeting=group_meeting).exists():
        raise Refused(gettext_noop("The group meeting belongs to an activity already."))
    session = Session.objects.create(
        activity=activity,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        place=plan.place or activity.place,
        group_meeting=group_meeting,
    )
    note(activity, "session-added", by=by, case=None, starts_at=_said(session))
    return session


@transaction.atomic
def add_meeting(activity: Activity, plan: SessionPlan, *, by: User, at: datetime) -> Session:
    """Plan a group meeting with seats and letters, and make it a session of the activity."""
    kind = KINDS.get(Activity.Kind(activity.kind))
    if kind is None:
        raise Refused(gettext_noop("Only a workshop or an information meeting has group meetings."))
    other = next(iter(parties.other_parties(activity)), None)
    group = plan_group(
        GroupPlan(
            kind=kind,
            title=activity.title[:120],
            about=activity.purpose,
            organisation=activity.host,
            invited=other,
            starts_at=plan.starts_at,
            ends_at=plan.ends_at,
            form=MeetingForm.IN_PERSON,
            place=plan.place or activity.place,
            seats=activity.seats or SEATS,
            is_mandatory=activity.mandatory,
        ),
        by=by,
        at=at,
    )
    return add_session(activity, plan, group_meeting=group, by=by, at=at)


@transaction.atomic
def remove_session(session: Session, *, by: User, at: datetime) -> None:
    """Take a session out; not one at which people were seen, and its group meeting stays."""
    activity = _to_plan(session.activity, by, at=at)
    if session.attendance.exists():
        raise Refused(gettext_noop("Attendance is recorded: the session stays."))
    said = _said(session)
    session.delete()
    note(activity, "session-removed", by=by, case=None, starts_at=said)


def _to_plan(activity: Activity, by: User, *, at: datetime) -> Activity:
    activity = locked(activity)
    if not parties.is_hosts(by, activity, on=timezone.localdate(at)):
        raise Refused(gettext_noop("Only the party that holds the activity may do this."))
    if activity.state in OVER:
        raise Refused(gettext_noop("The activity is over already."))
    return activity


def _said(session: Session) -> str:
    return timezone.localtime(session.starts_at).isoformat(timespec="minutes")
