"""The doors of the pages of group meetings: what the person may see, else 404."""

from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.requests import Request
from journal.looks import looked
from journal.models import Look
from meetings.group_access import plans_for
from meetings.models import Enrolment, GroupMeeting
from meetings.views.doors import only_if


def opened_group(request: Request, pk: int) -> GroupMeeting:
    """A group meeting that one's own party holds or is invited to."""
    only_if(allowed=bool(plans_for(request.user, on=timezone.localdate())))
    rows = GroupMeeting.objects.visible_to(request.user).distinct()
    known = rows.select_related("organisation", "invited", "host", "guest", "room")
    return get_object_or_404(known, pk=pk)


def enrolments_seen(request: Request, found: GroupMeeting) -> list[Enrolment]:
    """The enrolments of citizens that the person may read; the look is logged."""
    rows = Enrolment.objects.visible_to(request.user).filter(group=found)
    seen = list(rows.select_related("course__citizen", "talk").order_by("seat", "enrolled_at"))
    for one in seen:
        one.group = found
    if seen:
        looked(Look.Kind.LIST, by=request.user, courses=[one.course_id for one in seen])
    return seen
