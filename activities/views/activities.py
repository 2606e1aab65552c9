"""The list of activities, one of them, and what its host writes of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import Request
from activities import parties
from activities.actions import activities as acts
from activities.activity_list import list_page
from activities.activity_page import activity_page
from activities.activity_panels import panels_of
from activities.asking import Shown, asked
from activities.forms.activities import ActivityForm, CancelForm, CopyForm, DecideForm, FinishForm
from activities.models import Activity
from activities.views.activity_doors import only_if, opened_activity, own_activity


@never_cache
@require_safe
def activities(request: Request) -> HttpResponse:
    """The activities of one's own agreements, narrowed by the address."""
    on = timezone.localdate()
    only_if(allowed=parties.reads_activities(request.user, on=on))
    shown = {
        "list": list_page(request.user, request.GET, on=on),
        "plans": bool(parties.houses_writing(request.user, on=on)),
    }
    return render(request, "activities/list.html", shown)


@never_cache
@require_safe
def activity(request: Request, pk: int) -> HttpResponse:
    """One activity, by its kind."""
    found, now = opened_activity(request, pk), timezone.now()
    page = activity_page(found, request.user, at=now)
    shown = {"page": page, "activity": found}
    shown["panels"] = panels_of(found, request.user, page, on=timezone.localdate(now))
    return render(request, "activities/activity.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Write an activity down."""
    now, on = timezone.now(), timezone.localdate()
    houses = parties.houses_writing(request.user, on=on)
    only_if(allowed=bool(houses))
    form = ActivityForm(request.POST or None, houses=houses, on=on)
    made = form.carried_out(lambda: acts.make(form.plan, by=request.user, at=now))
    if made:
        messages.success(request, _("The activity is written down. Propose it to the other party."))
        return redirect(made)
    back = reverse("activities:list")
    return asked(request, Shown(_("New activity"), _("Save as a draft"), back), form)


@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a draft, or what was rejected."""
    now, on = timezone.now(), timezone.localdate()
    found = own_activity(request, pk, on=on)
    only_if(allowed=found.state in acts.OPEN_TO_CHANGE)
    houses = parties.houses_writing(request.user, on=on)
    form = ActivityForm(request.POST or None, houses=houses, on=on, activity=found)
    done = form.carried_out(lambda: acts.change(found, form.plan, by=request.user, at=now))
    if done:
        messages.success(request, _("The activity is changed."))
        return redirect(done)
    page = Shown(_("Change the activity"), _("Save"), found.get_absolute_url(), found)
    return asked(request, page, form)


@require_POST
def propose(request: Request, pk: int) -> HttpResponse:
    """Put it before the other party."""
    found = own_activity(request, pk, on=timezone.localdate())
    acts.propose(found, by=request.user, at=timezone.now())
    messages.success(request, _("The other party is asked."))
    return redirect(found)


@require_POST
def start(request: Request, pk: int) -> HttpResponse:
    """Begin what is approved."""
    found = own_activity(request, pk, on=timezone.localdate())
    acts.start(found, by=request.user, at=timezone.now())
    messages.success(request, _("The activity is running."))
    return redirect(found)


@never_cache
@require_http_methods(["GET", "POST"])
def decide(request: Request, pk: int) -> HttpResponse:
    """Approve what the other party proposes, or say why not."""
    now, on = timezone.now(), timezone.localdate()
    found = opened_activity(request, pk)
    only_if(allowed=found.state == Activity.State.PROPOSED)
    only_if(allowed=parties.deciding_party(request.user, found, on=on) is not None)
    form = DecideForm(request.POST or None)

    def decided() -> Activity:
        remark = form.cleaned_data["remark"]
        if form.cleaned_data["answer"] == "yes":
            return acts.approve(found, remark=remark, by=request.user, at=now)
        return acts.reject(found, reason=remark, by=request.user, at=now)

    done = form.carried_out(decided)
    if done:
        messages.success(request, _("Your answer is given, and the other party is told."))
        return redirect(done)
    page = Shown(_("Answer the proposal"), _("Answer"), found.get_absolute_url(), found)
    return asked(request, page, form)


@never_cache
@require_http_methods(["GET", "POST"])
def finish(request: Request, pk: int) -> HttpResponse:
    """End it with what was learnt."""
    now, found = timezone.now(), own_activity(request, pk, on=timezone.localdate())
    only_if(allowed=found.state == Activity.State.RUNNING)
    form = FinishForm(request.POST or None)
    done = form.carried_out(lambda: acts.finish(found, **form.arguments, by=request.user, at=now))
    if done:
        messages.success(request, _("The activity is finished."))
        return redirect(done)
    page = Shown(_("Finish the activity"), _("Finish"), found.get_absolute_url(), found)
    return asked(request, page, form)


@never_cache
@require_http_methods(["GET", "POST"])
def cancel(request: Request, pk: int) -> HttpResponse:
    """Call it off."""
    now, found = timezone.now(), own_activity(request, pk, on=timezone.localdate())
    only_if(allowed=found.state not in acts.OVER)
    form = CancelForm(request.POST or None)
    done = form.carried_out(lambda: acts.cancel(found, **form.arguments, by=request.user, at=now))
    if done:
        messages.success(request, _("The activity is cancelled, and its referrals are revoked."))
        return redirect(done)
    title = _("Cancel the activity")
    lead = _(
        "Its open referrals are revoked; those that had not started give the frame its money back."
    )
    return asked(request, Shown(title, title, found.get_absolute_url(), found, lead), form)


@never_cache
@require_http_methods(["GET", "POST"])
def copy(request: Request, pk: int) -> HttpResponse:
    """Make a draft like it, on other days."""
    now, found = timezone.now(), own_activity(request, pk, on=timezone.localdate())
    form = CopyForm(request.POST or None)
    done = form.carried_out(lambda: acts.copy(found, **form.arguments, by=request.user, at=now))
    if done:
        messages.success(request, _("Here is the copy. Change it, then propose it."))
        return redirect(done)
    lead = _("Everything but its referrals and seats is copied, its sessions too.")
    page = Shown(_("Copy the activity"), _("Copy"), found.get_absolute_url(), found, lead)
    return asked(request, page, form)
