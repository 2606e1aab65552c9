"""Sessions that are group meetings: who is to come there, and who of the referred is not enrolled.

Seats, letters and who came are the group meeting's; the referral says that somebody is to come.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef, QuerySet

from activities.models import Activity, Referral, Session
from meetings.models import Enrolment

COMES = (Referral.State.ACCEPTED, Referral.State.STARTED)


def not_enrolled(session: Session) -> QuerySet[Referral]:
    """Those with a seat in the activity who are not enrolled at the session's group meeting."""
    there = Enrolment.objects.standing().filter(
        group=session.group_meeting_id, course=OuterRef("course")
    )
    rows = Referral.objects.filter(activity=session.activity_id, state__in=COMES)
    return rows.exclude(Exists(there)).order_by("course__citizen", "pk")


def to_enrol(activity: Activity, sessions: Iterable[Session]) -> Mapping[int, int]:
    """How many of the referred each group meeting still lacks, by its key; in two queries."""
    groups = [one.group_meeting_id for one in sessions if one.group_meeting_id]
    if not groups:
        return {}
    courses = set(
        Referral.objects.filter(activity=activity, state__in=COMES).values_list("course", flat=True)
    )
    there = Enrolment.objects.standing().filter(group__in=groups, course__in=courses)
    counts = Counter(there.values_list("group", flat=True))
    return {group: len(courses) - counts[group] for group in groups}


def came_to(referral: Referral) -> dict[int, str]:
    """What the group meetings of an activity say of one citizen, by the key of the meeting."""
    rows = Enrolment.objects.filter(
        group__session__activity=referral.activity_id, course=referral.course_id
    )
    return dict(rows.values_list("group", "attendance"))
