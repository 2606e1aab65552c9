"""The a-kasse's pages of times, the sums of a region, and a stationed worker's day."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import Request
from meetings.views.doors import only_if
from partnerships.access import reach_of
from partnerships.models import Organisation, Role
from shared.form_fields import day_asked
from slots.access import a_kasser_of, coordinated_by, page_of_own_times
from slots.actions.reserving import undo_reserving
from slots.pool_times import chosen, monday_asked, times_page
from slots.regional import may_look, region_page
from slots.several_times import (
    GIVE_BACK,
    RESERVE,
    STAFF,
    Asked,
    carried_out,
    colleagues,
    foreseen,
    sums_of,
)
from slots.stationing import stationing_page

ACTS = (RESERVE, GIVE_BACK, STAFF)


@never_cache
@require_safe
def times(request: Request) -> HttpResponse:
    """The times that are open to one's a-kasse, a week at a time."""
    now = timezone.now()
    on = timezone.localdate(now)
    houses = a_kasser_of(request.user, on=on)
    only_if(allowed=bool(houses) and reach_of(request.user).reads_citizens)
    page = times_page(
        request.user,
        houses[0],
        monday=monday_asked(request.GET.get("uge", ""), on=on),
        place=request.GET.get("sted", ""),
        may_reserve=houses[0] in coordinated_by(request.user, on=on),
        at=now,
    )
    return render(request, "slots/pool_times.html", {"page": page})


@never_cache
@require_POST
def several_times(request: Request) -> HttpResponse:
    """Reserve times, give them back or staff them: first what will happen, then what did."""
    now = timezone.now()
    asked = _asked(request, _own_a_kasse(request, now), now)
    slots = chosen(
        request.user,
        asked.a_kasse,
        keys=request.POST.getlist("tid"),
        days=request.POST.getlist("dag"),
        series=request.POST.getlist("serie"),
        at=now,
    )
    left_out = set(request.POST.getlist("leave"))
    slots = [one for one in slots if str(one.pk) not in left_out]
    back = _back(request)
    if not slots:
        messages.error(request, _("Tick one or more times first."))
        return redirect(back)
    words = {"asked": asked, "back": back}
    if request.POST.get("step") != "send":
        people = colleagues(asked.a_kasse, at=now) if asked.act == STAFF else []
        will = foreseen(slots, asked)
        is_of_use = any(not one.skipped for one in will)
        words |= {"rows": will, "colleagues": people, "is_of_use": is_of_use}
        return render(request, "slots/pool_times_preview.html", words)
    rows = carried_out(slots, asked)
    done = [one.slot.pk for one in rows if one.tone == "held"]
    words |= {"rows": rows, "sums": sums_of(rows), "done": done, "made_at": now.isoformat()}
    return render(request, "slots/pool_times_done.html", words)


@never_cache
@require_POST
def undo_times(request: Request) -> HttpResponse:
    """Give back what was reserved at one moment."""
    now = timezone.now()
    _own_a_kasse(request, now)
    made_at = parse_datetime(request.POST.get("made_at", ""))
    if made_at is None or timezone.is_naive(made_at):
        return redirect(_back(request))
    gone, kept = undo_reserving(by=request.user, made_at=made_at, at=now)
    said = _("Given back: %(gone)d.") % {"gone": gone}
    if kept:
        said += " " + _("Kept because a member is booked: %(kept)d.") % {"kept": kept}
    messages.success(request, said)
    return redirect(_back(request))


@never_cache
@require_safe
def region(request: Request) -> HttpResponse:
    """Published, reserved and booked in a region, by week and jobcentre."""
    only_if(allowed=may_look(request.user))
    page = region_page(request.user, asked=request.GET.get("omraade", ""), at=timezone.now())
    shown = {"page": page, "came_from": page_of_own_times(request.user)}
    return render(request, "slots/pool_region.html", shown)


@never_cache
@require_safe
def stationing(request: Request) -> HttpResponse:
    """The day on which one is stationed at an a-kasse."""
    only_if(allowed=reach_of(request.user).has(Role.CASEWORKER))
    now = timezone.now()
    said = request.GET.get("dag", "")
    asked = day_asked(said, on=timezone.localdate(now)) if said else None
    page = stationing_page(request.user, asked=asked, at=now)
    return render(request, "slots/pool_stationing.html", {"page": page})


def _own_a_kasse(request: Request, now: datetime) -> Organisation:
    """The a-kasse for which the person reserves; no page for anybody else."""
    houses = coordinated_by(request.user, on=timezone.localdate(now))
    only_if(allowed=bool(houses))
    return houses[0]


def _asked(request: Request, a_kasse: Organisation, now: datetime) -> Asked:
    act = request.POST.get("act", "")
    guest = None
    if act == STAFF:
        people = colleagues(a_kasse, at=now)
        guest = next((one for one in people if str(one.pk) == request.POST.get("guest")), None)
    return Asked(
        act if act in ACTS else RESERVE,
        a_kasse,
        request.user,
        now,
        guest,
        request.POST.get("seen", "").split(),
    )


def _back(request: Request) -> str:
    """The week that one came from."""
    query = request.POST.get("next", "")
    address = reverse("slots:times")
    return query if query.startswith(f"{address}?") else address
