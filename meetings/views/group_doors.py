"""The doors of the pages of group meetings: what the person may see, else 404."""

from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.requests import Request
from journal.looks import looked
from journal.models import Look
from meetings.group_access import plans_for
from meetings.group_page import with_told
from meetings.models import Enrolment, GroupMeeting, NoShow
from meetings.views.doors import only_if


def opened_group(request: Request, pk: int) -> GroupMeeting:
    """A group meeting that one's own party holds or is invited to."""
    only_if(allowed=bool(plans_for(request.user, on=timezone.localdate())))
    rows = GroupMeeting.objects.visible_to(request.user).distinct()
    known = rows.select_related("organisation", "invited", "host", "guest", "room", "agreement")
    return get_object_or_404(known, pk=pk)


def enrolments_seen(request: Request, found: GroupMeeting) -> list[Enrolment]:
    """The enrolments of citizens that the person may read; the look is logged."""
    rows = Enrolment.objects.visible_to(request.user).filter(group=found)
    known = with_told(rows).select_related("course__citizen", "talk")
    seen = list(known.order_by("seat", "enrolled_at"))
    for one in seen:
        one.group = found
    if seen:
        looked(Look.Kind.LIST, by=request.user, courses=[one.course_id for one in seen])
    return seen


def opened_enrolment(request: Request, group: int, pk: int) -> Enrolment:
    """An enrolment of a citizen whom the person may read, whoever held the meeting."""
    rows = Enrolment.objects.visible_to(request.user).filter(group=group)
    known = rows.select_related(
        "course__citizen",
        "course__a_kasse",
        "course__jobcentre",
        "group__organisation",
        "group__room",
        "talk",
    )
    found = get_object_or_404(known, pk=pk)
    looked(Look.Kind.COURSE, by=request.user, case=found.course_id, page="group_no_show")
    return found


def no_show_known(enrolment: Enrolment) -> NoShow | None:
    """What has been written down of a no-show at a group meeting."""
    return getattr(enrolment, "no_show", None)
