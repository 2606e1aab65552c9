"""The booking coordinator's pages: pools, their series, and one time."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import Request
from meetings.forms.pieces import ActForm
from meetings.views.doors import only_if
from shared.form_fields import day_asked
from shared.refusals import Refused
from shared.written import moment_text
from slots.access import publishes_at
from slots.actions import pools as acts
from slots.forms.pools import ExtendForm, LeaveOutForm, MoveForm, PoolForm
from slots.models import Pool, Slot
from slots.planning import Plan, plan_of
from slots.pool_pages import (
    PlanShown,
    booked_seats,
    own_pools,
    page_of,
    plan_shown,
    rows_of,
    slot_state,
    where_text,
    whose_text,
)


@never_cache
@require_safe
def pools(request: Request) -> HttpResponse:
    """The pools of one's jobcentre, and how they are used."""
    only_if(allowed=bool(publishes_at(request.user)))
    rows = rows_of(own_pools(request.user), at=timezone.now())
    return render(request, "slots/pools.html", {"rows": rows})


@never_cache
@require_http_methods(["GET", "POST"])
def new_pool(request: Request) -> HttpResponse:
    """Make a pool; what its series would make is shown while one writes."""
    houses, now = publishes_at(request.user), timezone.now()
    only_if(allowed=bool(houses))
    form = PoolForm(request.POST or None, jobcentres=houses, on=timezone.localdate(now))
    if not _is_preview(request):
        pool = form.carried_out(lambda: _made(request, form, now))
        if pool:
            messages.success(request, _("The times are made."))
            return redirect("slots:pool", pk=pool.pk)
    return _form_page(request, form, None, now)


@never_cache
@require_http_methods(["GET", "POST"])
def edit_pool(request: Request, pk: int) -> HttpResponse:
    """Change a pool; times that are in use stay as they are."""
    pool, now = _own_pool(request, pk), timezone.now()
    in_use = acts.is_in_use(pool)
    form = PoolForm(
        request.POST or None,
        jobcentres=[pool.jobcentre_id],
        on=timezone.localdate(now),
        pool=pool,
        in_use=in_use,
    )
    if not _is_preview(request):
        changed = form.carried_out(
            lambda: acts.change_pool(
                form.pool,
                form.cleaned_data["a_kasser"],
                leave_out_taken=form.cleaned_data.get("leave_out_taken", False),
                by=request.user,
                at=now,
            )
        )
        if changed:
            messages.success(request, _("The pool is changed."))
            return redirect("slots:pool", pk=pk)
    return _form_page(request, form, _own_pool(request, pk), now)


@never_cache
@require_safe
def pool(request: Request, pk: int) -> HttpResponse:
    """One pool with its times, from a day on."""
    now = timezone.now()
    shown = _own_pool(request, pk)
    first = day_asked(request.GET.get("fra", ""), on=timezone.localdate(now))
    return render(request, "slots/pool.html", {"page": page_of(shown, first=first, at=now)})


@never_cache
@require_POST
def publish_pool(request: Request, pk: int) -> HttpResponse:
    """Open a pool to the a-kasser, or close it again."""
    pool, now = _own_pool(request, pk), timezone.now()
    if request.POST.get("do") == "unpublish":
        acts.unpublish(pool, by=request.user, at=now)
        messages.success(request, _("The pool is no longer published."))
    else:
        acts.publish(pool, by=request.user, at=now)
        messages.success(request, _("The pool is published: the a-kasser see its times."))
    return redirect("slots:pool", pk=pk)


@never_cache
@require_http_methods(["GET", "POST"])
def extend_pool(request: Request, pk: int) -> HttpResponse:
    """Let a series last longer."""
    pool, now = _own_pool(request, pk), timezone.now()
    form = ExtendForm(request.POST or None)
    done = (
        None
        if _is_preview(request)
        else form.carried_out(lambda: acts.extend(pool, **form.arguments, by=request.user, at=now))
    )
    if done is not None:
        return _told(request, pk, _("Times added: %(count)d.") % {"count": done})
    plan = _tried(form, lambda: acts.extension_of(pool, form.cleaned_data["ends_on"], at=now), now)
    words = {"title": _("Extend the series"), "button": _("Extend"), "plan": plan}
    return _act_page(request, form, pk, words | {"previews": True})


@never_cache
@require_http_methods(["GET", "POST"])
def leave_out(request: Request, pk: int) -> HttpResponse:
    """Leave a day out of a series."""
    pool, now = _own_pool(request, pk), timezone.now()
    form = LeaveOutForm(request.POST or None)
    done = form.carried_out(
        lambda: acts.leave_out_day(pool, **form.arguments, by=request.user, at=now)
    )
    if done is not None:
        return _told(request, pk, _("Times withdrawn: %(count)d.") % {"count": done})
    return _act_page(
        request, form, pk, {"title": _("Leave out a day"), "button": _("Leave out the day")}
    )


@never_cache
@require_http_methods(["GET", "POST"])
def slot(request: Request, pk: int) -> HttpResponse:
    """One time: move it, take it back, or open it again."""
    rows = Slot.objects.visible_to(request.user).filter(jobcentre__in=publishes_at(request.user))
    shown, now = get_object_or_404(rows.for_list(), pk=pk), timezone.now()
    does = request.POST.get("do", "")
    form = MoveForm(request.POST if does == "move" else None, slot=shown)
    moved = form.carried_out(
        lambda: acts.move_slot(
            shown,
            form.starts_at,
            room=form.cleaned_data["room"],
            place=form.cleaned_data["place"],
            by=request.user,
            at=now,
        )
    )
    if moved or does in ("withdraw", "reopen"):
        return _done_with(request, shown, does, now)
    return render(request, "slots/pool_slot.html", _slot_words(shown, form, now))


def _done_with(request: Request, slot: Slot, does: str, now: datetime) -> HttpResponse:
    """Withdraw or open a time, and say so; a moved one is only told of."""
    if does == "withdraw":
        acts.withdraw_slot(slot, by=request.user, at=now)
        messages.success(request, _("The time is withdrawn."))
    elif does == "reopen":
        acts.reopen_slot(slot, by=request.user, at=now)
        messages.success(request, _("The time is open again."))
    else:
        messages.success(request, _("The time is moved."))
    return redirect("slots:slot", pk=slot.pk)


def _slot_words(slot: Slot, form: MoveForm, now: datetime) -> dict[str, object]:
    booked = booked_seats([slot]).get(slot.pk, 0)
    facts = [
        (_("Pool"), slot.pool.name),
        (_("Where"), where_text(slot)),
        (_("Worker"), str(slot.worker or _("the citizen's own, or who is free"))),
        (_("A-kasse"), whose_text(slot) or _("nobody's yet")),
    ]
    return {
        "slot": slot,
        "title": moment_text(slot.starts_at, on=timezone.localdate(now)),
        "state": slot_state(slot, booked),
        "facts": facts,
        "form": form,
        "is_open": slot.state == Slot.State.OPEN,
        "is_booked": bool(booked),
        "is_past": slot.starts_at <= now,
    }


def _own_pool(request: Request, pk: int) -> Pool:
    rows = own_pools(request.user).select_related(
        "jobcentre", "room", "worker", "agreement", "at_a_kasse"
    )
    return get_object_or_404(rows, pk=pk)


def _is_preview(request: Request) -> bool:
    return request.method != "POST" or "preview" in request.POST or bool(request.htmx)


def _made(request: Request, form: PoolForm, now: datetime) -> Pool:
    made = acts.make_pool(
        form.pool,
        form.cleaned_data["a_kasser"],
        leave_out_taken=form.cleaned_data["leave_out_taken"],
        by=request.user,
        at=now,
    )
    if "publish" in request.POST:
        acts.publish(made, by=request.user, at=now)
    return made


def _tried(form: ActForm, plan: Callable[[], Plan], now: datetime) -> PlanShown | None:
    """What the form would make, if it can be read; a refusal stands in the form."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return plan_shown(plan(), on=timezone.localdate(now))
    except Refused as error:
        form.add_error(None, str(error))
        return None


def _form_page(request: Request, form: PoolForm, pool: Pool | None, now: datetime) -> HttpResponse:
    """The form beside what it would make; htmx asks for that part alone."""
    plan = None
    if "repeats" in form.fields:
        left_out = acts.exceptions_of(pool) if pool else {}
        plan = _tried(
            form, lambda: plan_of(form.pool, at=now, exceptions=left_out, remakes=True), now
        )
    template = "slots/pool_form.html"
    words = {"form": form, "pool": pool, "plan": plan, "previews": "repeats" in form.fields}
    return render(request, f"{template}#preview" if request.htmx else template, words)


def _act_page(
    request: Request, form: ActForm, pk: int, words: Mapping[str, object]
) -> HttpResponse:
    shown = {"form": form, "pool": _own_pool(request, pk), **words}
    template = "slots/pool_act.html"
    return render(request, f"{template}#preview" if request.htmx else template, shown)


def _told(request: Request, pk: int, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("slots:pool", pk=pk)
