"""What is done with a referral: made, answered, started, finished, revoked."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import Request
from activities import access, act_words, actions
from activities.charging import charge_of
from activities.fitting import fitting, with_room
from activities.forms.referrals import (
    AcceptForm,
    FinishForm,
    ReferForm,
    ReferToForm,
    RejectForm,
    RevokeForm,
    StartForm,
)
from activities.models import Activity, Referral
from activities.views.doors import own_referral, referring_course
from shared.refusals import Refused

Done = TypeVar("Done")


@never_cache
@require_http_methods(["GET", "POST"])
def refer(request: Request, case: int) -> HttpResponse:
    """Propose the citizen of a course for one of the open activities that fit."""
    now, on = timezone.now(), timezone.localdate()
    course, side = referring_course(request, case, on=on)
    offered = with_room(fitting(course, side, user=request.user, on=on))
    form = ReferForm(request.POST or None, activities=offered)
    words = act_words.referring()
    if form.is_valid() and (
        made := _done(
            form, lambda: actions.refer(course, **form.cleaned_data, by=request.user, at=now)
        )
    ):
        messages.success(request, words.done)
        return redirect(made)
    shown = {"course": course, "form": form, "words": words, "offered": offered}
    return render(request, "activities/refer.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
def refer_to(request: Request, pk: int) -> HttpResponse:
    """Propose somebody for an activity, by case number."""
    now, on = timezone.now(), timezone.localdate()
    if not access.reads_referrals(request.user, on=on):
        raise Http404
    activity = get_object_or_404(Activity.objects.visible_to(request.user), pk=pk)
    form = ReferToForm(request.POST or None, activity=activity, user=request.user, on=on)
    words = act_words.referring()

    def act() -> Referral:
        said = dict(form.cleaned_data)
        return actions.refer(said.pop("case_number"), activity, **said, by=request.user, at=now)

    if form.is_valid() and (made := _done(form, act)):
        messages.success(request, words.done)
        return redirect(made)
    shown = {"activity": activity, "form": form, "words": words}
    return render(request, "activities/refer_to.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
def accept(request: Request, pk: int) -> HttpResponse:
    """Give the seat, with the frame before and after in view."""
    now, on = timezone.now(), timezone.localdate()
    found = own_referral(request, pk, access.may_answer, on=on)
    charge = charge_of(found, on=on)
    asks = charge.costs and not charge.own_member
    form = AcceptForm(request.POST if request.method == "POST" else None, asks_to_charge=asks)
    words = act_words.accepting()

    def act() -> Referral:
        return actions.accept(found, **form.cleaned_data, by=request.user, at=now)

    if form.is_valid() and _done(form, act) is not None:
        messages.success(request, words.done)
        return redirect(found)
    shown = {"referral": found, "form": form, "words": words, "charge": charge}
    return render(request, "activities/answer.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
def reject(request: Request, pk: int) -> HttpResponse:
    """Say no, and why."""
    found = own_referral(request, pk, access.may_answer, on=timezone.localdate())
    form = RejectForm(request.POST or None)
    return _asked(request, found, form, act_words.rejecting(), actions.reject)


@never_cache
@require_http_methods(["GET", "POST"])
def start(request: Request, pk: int) -> HttpResponse:
    """Record that the citizen has begun."""
    on = timezone.localdate()
    found = own_referral(request, pk, access.may_start, on=on)
    form = StartForm(request.POST or None, initial={"on": on})
    return _asked(request, found, form, act_words.starting(), actions.start)


@never_cache
@require_http_methods(["GET", "POST"])
def finish(request: Request, pk: int) -> HttpResponse:
    """Record the end, and what it came to."""
    on = timezone.localdate()
    found = own_referral(request, pk, access.may_finish, on=on)
    form = FinishForm(request.POST or None, initial={"ended_on": on})
    return _asked(request, found, form, act_words.finishing(), actions.finish)


@never_cache
@require_http_methods(["GET", "POST"])
def revoke(request: Request, pk: int) -> HttpResponse:
    """Take the citizen out."""
    found = own_referral(request, pk, access.may_revoke, on=timezone.localdate())
    form = RevokeForm(request.POST or None)
    return _asked(request, found, form, act_words.revoking(found), actions.revoke)


def _asked(
    request: Request,
    referral: Referral,
    form: forms.Form,
    words: act_words.Words,
    act: Callable[..., object],
) -> HttpResponse:
    """The form until it can be read, then the act."""

    def acted() -> object:
        return act(referral, **form.cleaned_data, by=request.user, at=timezone.now())

    if form.is_valid() and _done(form, acted) is not None:
        messages.success(request, words.done)
        return redirect(referral)
    shown = {"referral": referral, "form": form, "words": words}
    return render(request, "activities/answer.html", shown)


def _done(form: forms.Form, act: Callable[[], Done]) -> Done | None:
    """What the act made; a refusal stands on the form, with what was written."""
    try:
        return act()
    except Refused as no:
        form.add_error(None, str(no))
        return None
