"""The sessions of an activity as rows: when, where, who came, and what may be done."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activities.access import may_record_attendance
from activities.actions.activities import OVER
from activities.group_sessions import to_enrol
from activities.models import Activity, Session
from meetings.models import Enrolment, GroupMeeting
from partnerships.access import reach_of
from shared.written import clock_text, day_with_year

Came = Enrolment.Attendance


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One gathering; where it is a group meeting, seats and attendance are that one's."""

    day: str
    clocks: str
    place: str
    came: str
    sum_seen: int
    sum_came: int
    url: str
    group_url: str
    enrolled: str
    lacking: int
    enrol_url: str
    remove_url: str


def session_rows(
    activity: Activity, user: User, *, hosts: bool, is_party: bool, at: datetime
) -> list[SessionRow]:
    """The rows as a person may read them; as many queries for one as for fifty."""
    on = timezone.localdate(at)
    rows = list(_counted(activity).select_related("group_meeting").order_by("starts_at"))
    lacking = to_enrol(activity, rows) if is_party else {}
    records = not activity.is_for_staff and may_record_attendance(user, activity, on=on)
    enrols = is_party and reach_of(user, on=on).reads_citizens
    removes = hosts and activity.state not in OVER
    return [
        _row(
            one,
            records=records,
            is_party=is_party,
            removes=removes,
            lacking=lacking.get(one.group_meeting_id or 0, 0) if _is_to_come(one, at) else 0,
            enrols=enrols,
        )
        for one in rows
    ]


def _counted(activity: Activity) -> QuerySet[Session]:
    """The sessions with those seen and those who came, here and at their group meetings."""
    there = "group_meeting__enrolments"
    has_seat = Q(**{f"{there}__state": Enrolment.State.SEATED})
    seen = has_seat & ~Q(**{f"{there}__attendance": Came.EXPECTED})
    return activity.sessions.annotate(
        seen=Count("attendance", distinct=True),
        came=Count("attendance", filter=Q(attendance__came__in=("came", "late")), distinct=True),
        enrolled=Count(there, filter=has_seat, distinct=True),
        group_seen=Count(there, filter=seen, distinct=True),
        group_came=Count(there, filter=Q(**{f"{there}__attendance": Came.CAME}), distinct=True),
    )


def _is_to_come(session: Session, at: datetime) -> bool:
    group = session.group_meeting
    planned = group is not None and group.state == GroupMeeting.State.PLANNED
    return planned and session.starts_at > at


def _row(  # noqa: PLR0913 (what the reader may do)
    one: Session, *, records: bool, is_party: bool, removes: bool, lacking: int, enrols: bool
) -> SessionRow:
    group = one.group_meeting
    seen, came = (one.group_seen, one.group_came) if group else (one.seen, one.came)  # type: ignore[attr-defined]  # annotated
    return SessionRow(
        day=day_with_year(timezone.localdate(one.starts_at)),
        clocks=f"{clock_text(one.starts_at)}–{clock_text(one.ends_at)}",
        place=one.place,
        came=_("%(came)d of %(seen)d came") % {"came": came, "seen": seen} if seen else "",
        sum_seen=seen,
        sum_came=came,
        url=reverse("activities:attendance", args=[one.pk]) if records and not group else "",
        group_url=group.get_absolute_url() if group and is_party else "",
        enrolled=_enrolled(group, one.enrolled) if group else "",  # type: ignore[attr-defined]
        lacking=lacking,
        enrol_url=reverse("activities:enrol", args=[one.pk]) if enrols and lacking else "",
        remove_url=reverse("activities:remove_session", args=[one.pk])
        if removes and not one.seen  # type: ignore[attr-defined]
        else "",
    )


def _enrolled(group: GroupMeeting, count: int) -> str:
    return _("%(count)d of %(seats)d seats taken") % {"count": count, "seats": group.seats}
