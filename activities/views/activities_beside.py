"""Seats by consent, sessions and who came, orders, steps, turnout of staff, candidates."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import Request
from activities import parties
from activities.access import may_record_attendance
from activities.actions import beside, sessions, volumes
from activities.actions.attendance import record_attendance
from activities.actions.enrolling import enrol_referred
from activities.activity_flows import flows_of
from activities.asking import Shown, asked
from activities.candidates import FITTING, candidates, known_of
from activities.forms.activities import ConsentForm, VolumeForm
from activities.forms.beside import (
    CameForms,
    InvitedForms,
    OrderForm,
    ReviewForms,
    SessionForm,
    StepForms,
    TurnoutForm,
)
from activities.models import Activity, Session
from activities.views.activity_doors import (
    meetings_to_link,
    only_if,
    opened_activity,
    opened_change,
    opened_referral,
    opened_session,
    opened_step,
    own_activity,
    participants,
    parties_activity,
)
from journal.looks import looked
from journal.models import Look
from partnerships.access import reach_of


@never_cache
@require_http_methods(["GET", "POST"])
def ask_volume(request: Request, pk: int) -> HttpResponse:
    """Ask the other party for another number of seats."""
    now, on = timezone.now(), timezone.localdate()
    found = opened_activity(request, pk)
    only_if(allowed=parties.binding_party(request.user, found, on=on) is not None)
    form = VolumeForm(request.POST or None, initial={"seats": found.seats})
    done = form.carried_out(
        lambda: volumes.ask_volume(found, **form.arguments, by=request.user, at=now)
    )
    if done:
        messages.success(request, _("The other party is asked. The seats stay until it accepts."))
        return redirect(found)
    lead = _("Both parties agree on the number of seats; question and answer stay on record.")
    page = Shown(_("Change the number of seats"), _("Ask"), found.get_absolute_url(), found, lead)
    return asked(request, page, form)


@never_cache
@require_http_methods(["GET", "POST"])
def answer_volume(request: Request, pk: int) -> HttpResponse:
    """Accept another number of seats, or not."""
    now, on = timezone.now(), timezone.localdate()
    change = opened_change(request, pk)
    only_if(allowed=change.accepted is None)
    only_if(allowed=parties.answering_party(request.user, change, on=on) is not None)
    form = ConsentForm(request.POST or None)
    done = form.carried_out(
        lambda: volumes.answer_volume(
            change, accept=form.cleaned_data["answer"] == "yes", by=request.user, at=now
        )
    )
    found = change.activity
    if done:
        messages.success(request, _("Your answer is given, and the other party is told."))
        return redirect(found)
    said = {"party": change.party.short, "seats": change.seats, "why": change.reason}
    lead = _("%(party)s asks for %(seats)d seats: %(why)s") % said
    page = Shown(_("Answer about seats"), _("Answer"), found.get_absolute_url(), found, lead)
    return asked(request, page, form)


@never_cache
@require_http_methods(["GET", "POST"])
def add_session(request: Request, pk: int) -> HttpResponse:
    """Add a session, and plan a group meeting for it where one asks for that."""
    now, on = timezone.now(), timezone.localdate()
    found = own_activity(request, pk, on=on)
    makes = found.kind in sessions.KINDS
    groups = meetings_to_link(request, found, on=on) if makes else []
    form = SessionForm(request.POST or None, activity=found, groups=groups, makes=makes)

    def added() -> Session:
        if form.makes_meeting:
            return sessions.add_meeting(found, form.plan, by=request.user, at=now)
        group = form.group_meeting
        return sessions.add_session(found, form.plan, group_meeting=group, by=request.user, at=now)

    if form.carried_out(added):
        messages.success(request, _("The session is added."))
        return redirect(found)
    page = Shown(_("Add a session"), _("Add"), found.get_absolute_url(), found)
    return asked(request, page, form)


@require_POST
def remove_session(request: Request, pk: int) -> HttpResponse:
    """Take a session out."""
    session = opened_session(request, pk)
    only_if(allowed=parties.is_hosts(request.user, session.activity, on=timezone.localdate()))
    sessions.remove_session(session, by=request.user, at=timezone.now())
    messages.success(request, _("The session is removed."))
    return redirect(session.activity)


@require_POST
def enrol(request: Request, pk: int) -> HttpResponse:
    """Enrol those with a seat at the group meeting that a session is."""
    session, now = opened_session(request, pk), timezone.now()
    parties_activity(request, session.activity_id, on=timezone.localdate(now))
    only_if(allowed=reach_of(request.user).reads_citizens)
    done = enrol_referred(session, by=request.user, at=now)
    said = {"seated": done.seated, "waiting": done.waiting, "left": done.left_out}
    text = _("Enrolled: %(seated)d. On the waiting list: %(waiting)d. Left out: %(left)d.") % said
    tell = messages.warning if done.left_out else messages.success
    tell(request, text)
    return redirect(session.activity)


@never_cache
@require_http_methods(["GET", "POST"])
def attendance(request: Request, pk: int) -> HttpResponse:
    """Who came to a session: saved in one go, and a list that can be printed beforehand."""
    now, session = timezone.now(), opened_session(request, pk)
    found = session.activity
    may = may_record_attendance(request.user, found, on=timezone.localdate(now))
    only_if(allowed=may and not found.is_for_staff and session.group_meeting_id is None)
    known = {one.referral_id: one.came for one in session.attendance.all()}
    forms = CameForms(request.POST or None, participants(request, found), known)
    done = forms.carried_out(
        lambda: (record_attendance(session, forms.came, by=request.user, at=now), True)
    )
    if done:
        messages.success(request, _("Attendance is saved."))
        return redirect(found)
    shown = {"session": session, "activity": found, "forms": forms}
    shown["has_begun"] = session.starts_at <= now
    return render(request, "activities/attendance.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
def add_order(request: Request, pk: int) -> HttpResponse:
    """Write down what an employer wants."""
    now, found = timezone.now(), own_activity(request, pk, on=timezone.localdate())
    only_if(allowed=found.kind == Activity.Kind.RECRUITMENT)
    form = OrderForm(request.POST or None)
    done = form.carried_out(
        lambda: beside.add_order(found, **form.arguments, by=request.user, at=now)
    )
    if done:
        messages.success(request, _("The order is added."))
        return redirect(found)
    page = Shown(_("Add an employer's order"), _("Add"), found.get_absolute_url(), found)
    return asked(request, page, form)


@never_cache
@require_http_methods(["GET", "POST"])
def invited(request: Request, pk: int) -> HttpResponse:
    """Who is invited for which employer's order."""
    now = timezone.now()
    found = parties_activity(request, pk, on=timezone.localdate(now))
    only_if(allowed=found.kind == Activity.Kind.RECRUITMENT)
    only_if(allowed=reach_of(request.user).reads_citizens)
    rows = participants(request, found, seated=False)
    forms = InvitedForms(request.POST or None, rows, list(found.orders.order_by("employer", "pk")))
    done = forms.carried_out(
        lambda: (beside.assign_orders(found, forms.orders, by=request.user, at=now), True)
    )
    if done:
        messages.success(request, _("The orders are saved."))
        return redirect(found)
    return render(request, "activities/invited.html", {"activity": found, "forms": forms})


@never_cache
@require_http_methods(["GET", "POST"])
def steps(request: Request, pk: int) -> HttpResponse:
    """Write the steps of an individual hand."""
    now, found = timezone.now(), own_activity(request, pk, on=timezone.localdate())
    only_if(allowed=found.kind == Activity.Kind.HAND)
    known = list(found.flow_template.order_by("order"))
    forms = StepForms(request.POST or None, known)
    done = forms.carried_out(
        lambda: (beside.set_flow(found, forms.steps, by=request.user, at=now), True)
    )
    if done:
        messages.success(request, _("The steps are saved."))
        return redirect(found)
    return render(request, "activities/steps.html", {"activity": found, "forms": forms})


@never_cache
@require_safe
def flows(request: Request, pk: int) -> HttpResponse:
    """Who is where in the steps of an individual hand."""
    now = timezone.now()
    found = parties_activity(request, pk, on=timezone.localdate(now))
    only_if(allowed=found.kind == Activity.Kind.HAND)
    only_if(allowed=reach_of(request.user).reads_citizens)
    rows = flows_of(participants(request, found), request.user, on=timezone.localdate(now))
    return render(request, "activities/flows.html", {"activity": found, "rows": rows})


@require_POST
def begin_flow(request: Request, pk: int) -> HttpResponse:
    """Give a citizen the steps."""
    referral = opened_referral(request, pk)
    beside.begin_flow(referral, by=request.user, at=timezone.now())
    messages.success(request, _("The steps are given to the citizen, each with an owner."))
    return redirect("activities:flows", referral.activity_id)


@require_POST
def do_step(request: Request, pk: int) -> HttpResponse:
    """Tick a step as done."""
    step = opened_step(request, pk)
    beside.do_step(step, by=request.user, at=timezone.now())
    messages.success(request, _("The step is done."))
    if request.POST.get("back") == "own":
        return redirect("activities:own_steps")
    return redirect("activities:flows", step.referral.activity_id)


@never_cache
@require_http_methods(["GET", "POST"])
def turnout(request: Request, pk: int) -> HttpResponse:
    """How many of each organisation's own took part."""
    now, found = timezone.now(), own_activity(request, pk, on=timezone.localdate())
    only_if(allowed=found.is_for_staff)
    known = dict(found.turnouts.values_list("organisation", "people"))
    houses = list(parties.parties_of(found))
    form = TurnoutForm(request.POST or None, houses=houses, known=known)
    done = form.carried_out(
        lambda: (beside.record_turnout(found, form.people, by=request.user, at=now), True)
    )
    if done:
        messages.success(request, _("The turnout is saved."))
        return redirect(found)
    page = Shown(_("Who took part"), _("Save"), found.get_absolute_url(), found)
    return asked(request, page, form)


@never_cache
@require_http_methods(["GET", "POST"])
def look_for(request: Request, pk: int) -> HttpResponse:
    """Go through the CVs of those who may be candidates, page by page."""
    now, on = timezone.now(), timezone.localdate()
    found = parties_activity(request, pk, on=on)
    only_if(allowed=found.kind in beside.LOOKS_AT_CVS and reach_of(request.user).reads_citizens)
    number, only = request.GET.get("side", "1"), request.GET.get("kun", "")
    shown = candidates(found, request.user, number=number, only=only, on=on)
    looked(Look.Kind.LIST, by=request.user, courses=[one.pk for one in shown.rows])
    forms = ReviewForms(request.POST or None, shown.rows, shown.known)
    done = forms.carried_out(
        lambda: (beside.review_cvs(found, forms.reviews, by=request.user, at=now), True)
    )
    if done:
        messages.success(request, _("What you saw is saved."))
        return redirect(request.get_full_path())
    rows = [(one, known_of(one.row)) for one in forms.forms]
    page = {"activity": found, "shown": shown, "forms": forms, "rows": rows}
    page["only_fitting"] = only == FITTING
    return render(request, "activities/candidates.html", page)
