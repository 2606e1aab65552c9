"""Withdrawing times with the interviews in them: choose, see what becomes of them, carry out."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import Request
from journal.looks import looked
from journal.models import Look
from meetings.views.doors import only_if
from slots.access import publishes_at
from slots.actions.withdrawing import go_on, undo_withdrawal, withdraw_several
from slots.forms.withdrawing import FilterForm, WithdrawForm
from slots.models import Slot, Withdrawal
from slots.withdrawal_page import (
    MOST_INTERVIEWS,
    asked_of,
    choose_page,
    chosen_times,
    filtered,
    live_bookings,
    own_times,
    result_page,
    slot_rows,
)


@never_cache
@require_http_methods(["GET", "POST"])
def withdraw(request: Request) -> HttpResponse:
    """The times to withdraw; with ticks, what becomes of their interviews; then for good."""
    only_if(allowed=bool(publishes_at(request.user)))
    now = timezone.now()
    if request.method == "POST":
        return _ticked(request, now)
    form = FilterForm(request.GET or None, user=request.user)
    named = chosen_times(request.user, request.GET.getlist("tid"), at=now)
    rows = own_times(request.user, at=now)
    page = None
    if named:
        page = choose_page(rows.filter(pk__in=[one.pk for one in named]), at=now)
    elif form.asks:
        said = filtered(rows, form.cleaned_data, on=timezone.localdate(now))
        page = choose_page(said, at=now)
    return render(request, "slots/withdraw.html", {"form": form, "page": page})


@never_cache
@require_safe
def withdrawn(request: Request, pk: int) -> HttpResponse:
    """What became of each time of a withdrawal."""
    withdrawal = get_object_or_404(Withdrawal.objects.visible_to(request.user), pk=pk)
    page = result_page(withdrawal, reader=request.user, at=timezone.now())
    return render(request, "slots/withdrawn.html", {"page": page})


@never_cache
@require_POST
def withdrawn_act(request: Request, pk: int) -> HttpResponse:
    """Undo a withdrawal, or go on with one that was broken off."""
    withdrawal = get_object_or_404(Withdrawal.objects.visible_to(request.user), pk=pk)
    act = go_on if request.POST.get("do") == "more" else undo_withdrawal
    return redirect(act(withdrawal, by=request.user, at=timezone.now()))


def _ticked(request: Request, now: datetime) -> HttpResponse:
    """What becomes of the ticked times, or what became of them."""
    slots = chosen_times(request.user, request.POST.getlist("tid"), at=now)
    count = len(live_bookings(slots))
    if not slots:
        messages.error(request, _("Tick one or more times first."))
        return redirect(_back(request))
    if count > MOST_INTERVIEWS:
        said = _("At most %(most)d interviews at a time; these times have %(count)d. Tick fewer.")
        messages.error(request, said % {"most": MOST_INTERVIEWS, "count": count})
        return redirect(_back(request))
    is_sent = request.POST.get("step") == "send"
    form = WithdrawForm(request.POST if is_sent else None)
    done = form.carried_out(lambda: _done(request, slots, form, now))
    return redirect(done) if done else _preview(request, slots, form, now)


def _done(request: Request, slots: Sequence[Slot], form: WithdrawForm, now: datetime) -> Withdrawal:
    left = set(request.POST.getlist("leave"))
    kept = [one for one in slots if str(one.pk) not in left]
    return withdraw_several(
        _key(request),
        asked_of(kept, request.POST.dict(), request.POST.getlist("med"), by=request.user),
        jobcentre=slots[0].jobcentre,
        **form.arguments,
        by=request.user,
        at=now,
    )


def _preview(
    request: Request, slots: Sequence[Slot], form: WithdrawForm, now: datetime
) -> HttpResponse:
    left = request.POST.getlist("leave")
    rows = slot_rows(slots, request.POST.dict(), left, by=request.user, at=now)
    seen = [one.meeting.course_id for row in rows for one in row.interviews if one.url]
    looked(Look.Kind.LIST, by=request.user, courses=seen)
    free = [row for row in rows if not row.interviews]
    words = {"rows": rows, "free": free, "form": form, "key": _key(request)}
    return render(request, "slots/withdraw_preview.html", words | {"back": _back(request)})


def _key(request: Request) -> UUID:
    """What makes a page that is sent twice one act."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _back(request: Request) -> str:
    """The choice that one came from."""
    query, address = request.POST.get("next", ""), reverse("slots:withdraw")
    return query if query.startswith(f"{address}?") else address
