"""The doors of the pages of activities: what one's party, or the provider, may see; else 404."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.requests import Request
from activities.activity_list import counted
from activities.models import Activity, FlowStep, Referral, Session, VolumeChange
from activities.parties import is_hosts, parties_of, reads_activities
from activities.results import with_results
from journal.looks import looked
from journal.models import Look
from meetings.models import GroupMeeting
from partnerships.access import reach_of


def opened_activity(request: Request, pk: int) -> Activity:
    """An activity that one's organisation holds, provides or has agreed on."""
    only_if(allowed=reads_activities(request.user, on=timezone.localdate()))
    rows = with_results(counted(Activity.objects.visible_to(request.user)))
    known = rows.select_related("host", "provider", "made_by", "decided_by")
    return get_object_or_404(known, pk=pk)


def own_activity(request: Request, pk: int, *, on: date) -> Activity:
    """An activity that one plans for the party that holds it."""
    found = opened_activity(request, pk)
    only_if(allowed=is_hosts(request.user, found, on=on))
    return found


def parties_activity(request: Request, pk: int, *, on: date) -> Activity:
    """An activity of one's own party: what a provider is not shown."""
    found = opened_activity(request, pk)
    own = {one.pk for one in reach_of(request.user, on=on).organisations}
    only_if(allowed=any({one.pk, one.successor_id} & own for one in parties_of(found)))
    return found


def opened_change(request: Request, pk: int) -> VolumeChange:
    """A change of the number of seats of an activity that one may see."""
    seen = Activity.objects.visible_to(request.user)
    return get_object_or_404(VolumeChange, activity__in=seen.values("pk"), pk=pk)


def opened_session(request: Request, pk: int) -> Session:
    """A session of an activity that one may see."""
    seen = Activity.objects.visible_to(request.user)
    return get_object_or_404(Session, activity__in=seen.values("pk"), pk=pk)


def participants(request: Request, activity: Activity, *, seated: bool = True) -> list[Referral]:
    """Those with a seat, or all not rejected or revoked, whom one may read; the look is logged."""
    states = Referral.SEATED if seated else (*Referral.OPEN, Referral.State.DONE)
    rows = Referral.objects.visible_to(request.user).filter(activity=activity, state__in=states)
    order = ("course__citizen__sort_key", "pk")
    found = list(rows.select_related("course__citizen").order_by(*order))
    if found:
        looked(Look.Kind.LIST, by=request.user, courses=[one.course_id for one in found])
    return found


def opened_referral(request: Request, pk: int) -> Referral:
    """A referral of a citizen whom the person may read."""
    rows = Referral.objects.visible_to(request.user).select_related(
        "activity__host", "course__consultant", "course__caseworker"
    )
    return get_object_or_404(rows, pk=pk)


def opened_step(request: Request, pk: int) -> FlowStep:
    """A step of a flow of a citizen whom the person may read."""
    seen = Referral.objects.visible_to(request.user)
    return get_object_or_404(FlowStep, referral__in=seen.values("pk"), pk=pk)


def meetings_to_link(request: Request, activity: Activity, *, on: date) -> list[GroupMeeting]:
    """The group meetings to come that may become sessions of the activity."""
    rows = GroupMeeting.objects.visible_to(request.user).upcoming(on=on)
    free = rows.filter(organisation=activity.host_id, session=None)
    return list(free.distinct().order_by("starts_at")[:30])


def only_if(*, allowed: bool) -> None:
    """There is no such page for anybody else."""
    if not allowed:
        raise Http404
