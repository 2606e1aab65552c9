"""Acts on several rows of a worklist: what they share, a preview, and what became of each row."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import Request
from courses.models import Course, Party
from journal.looks import looked
from journal.models import Look
from meetings.actions import several as acts
from meetings.batch_page import batch_page
from meetings.day_run import run_through
from meetings.forms.several import CancelAllForm, ColleagueForm, SeveralBookingForm
from meetings.models import Batch
from meetings.several import Chosen, assign_rows, chosen_rows, left_out, summon_rows, to_record
from meetings.several_bookings import booking_rows, first_errors
from meetings.several_pages import (
    PREVIEW,
    SEND,
    SeveralPage,
    assigning_page,
    booking_page,
    key_of,
    summoning_page,
)
from partnerships.access import reach_of

Act = Batch.Act
OUTCOME = "outcome"
HOME = "/"


@never_cache
@require_http_methods(["GET", "POST"])
def several(request: Request) -> HttpResponse:
    """What the ticked rows of a worklist are for; an address alone ticks nothing."""
    today = timezone.localdate()
    if not reach_of(request.user, on=today).reads_citizens:
        raise Http404(_("There is no such page for you."))
    if request.method == "GET":
        return redirect(HOME)
    chosen = chosen_rows(request.user, request.POST.getlist("duty"), on=today)
    if not chosen.duties:
        raise Http404(_("There is no such page for you."))
    looked(Look.Kind.LIST, by=request.user, courses=[one.pk for one in chosen.courses])
    pages = {
        Act.BOOK.value: _book,
        Act.SUMMON.value: _summon,
        Act.ASSIGN.value: _assign,
        OUTCOME: _record,
    }
    page = pages.get(request.POST.get("act", ""))
    return page(request, chosen) if page else redirect(_back(request))


def _book(request: Request, chosen: Chosen) -> HttpResponse:
    """Book each row: how, then when, then for good."""
    step, page = (
        _step(request),
        booking_page(chosen, back=_back(request), key=key_of(request.POST.get("key", ""))),
    )
    form = SeveralBookingForm(
        request.POST if step else None, side=chosen.side, user=chosen.user, on=chosen.on
    )
    if not step or not form.is_valid():
        return _ask(request, page, form)
    sent = request.POST.dict() if step == SEND else None
    rows = booking_rows(chosen, form, sent)
    if sent and all(row.is_settled for row in rows):
        asked = acts.Several(page.key, Act.BOOK, [row.line for row in rows], **form.shared)
        return redirect(acts.carry_out(asked, by=request.user, at=timezone.now()))
    shown = {"page": page.with_options(form), "rows": rows, "shared": form.in_words}
    shown["is_of_use"] = any(row.form for row in rows)
    errors = first_errors(rows) if sent else []
    return render(request, "meetings/several_bookings.html", shown | {"errors": errors})


def _summon(request: Request, chosen: Chosen) -> HttpResponse:
    """Summon to what is booked: who, then for good."""
    page = summoning_page(chosen, back=_back(request), key=key_of(request.POST.get("key", "")))
    rows = summon_rows(chosen)
    if _step(request) == SEND:
        lines = left_out([row.line for row in rows], request.POST.getlist("leave"))
        asked = acts.Several(page.key, Act.SUMMON, lines)
        return redirect(acts.carry_out(asked, by=request.user, at=timezone.now()))
    shown = {"page": page, "rows": rows, "is_of_use": not all(row.skipped for row in rows)}
    return render(request, "meetings/several_preview.html", shown)


def _assign(request: Request, chosen: Chosen) -> HttpResponse:
    """Give each case to a colleague: whom, then which, then for good."""
    step, page = (
        _step(request),
        assigning_page(chosen, back=_back(request), key=key_of(request.POST.get("key", ""))),
    )
    form = ColleagueForm(
        request.POST if step else None, side=chosen.side, user=chosen.user, on=chosen.on
    )
    if not step or not form.is_valid():
        return _ask(request, page, form)
    worker = form.cleaned_data["worker"]
    rows = assign_rows(chosen, worker)
    if step == SEND:
        lines = left_out([row.line for row in rows], request.POST.getlist("leave"))
        asked = acts.Several(page.key, Act.ASSIGN, lines, worker=worker)
        return redirect(acts.carry_out(asked, by=request.user, at=timezone.now()))
    shown = {"page": page.with_options(form), "rows": rows}
    shown["is_of_use"] = not all(row.skipped for row in rows)
    return render(request, "meetings/several_preview.html", shown)


def _record(request: Request, chosen: Chosen) -> HttpResponse:
    """On to the run of outcomes, with the interviews of the rows that have taken place."""
    found, others = to_record(chosen, at=timezone.now())
    return redirect(run_through(found, back=_back(request), others=others))


def _ask(
    request: Request, page: SeveralPage, form: SeveralBookingForm | ColleagueForm
) -> HttpResponse:
    return render(request, "meetings/several_form.html", {"page": page, "form": form})


@never_cache
@require_safe
def batch(request: Request, pk: int) -> HttpResponse:
    """What became of each row; it stays as the record of the act."""
    return _batch(request, _own(request, pk), CancelAllForm(None))


@never_cache
@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Take the act back, where ten minutes have not passed and nobody changed anything since."""
    found = _own(request, pk)
    acts.undo(found, by=request.user, at=timezone.now())
    return redirect(found)


@never_cache
@require_POST
def cancel_batch(request: Request, pk: int) -> HttpResponse:
    """Cancel the interviews that were booked; letters tell the citizens."""
    found, form = _own(request, pk), CancelAllForm(request.POST)
    done = form.carried_out(
        lambda: acts.cancel_all(found, **form.arguments, by=request.user, at=timezone.now())
    )
    if done is None:
        return _batch(request, found, form)
    return redirect(found)


def _own(request: Request, pk: int) -> Batch:
    return get_object_or_404(Batch.objects.visible_to(request.user), pk=pk)


def _batch(request: Request, found: Batch, form: CancelAllForm) -> HttpResponse:
    """The page of a batch, which names only citizens whom the person may still see."""
    visible = Course.objects.visible_to(request.user)
    reach = reach_of(request.user, on=timezone.localdate())
    side = Party.JOBCENTRE if reach.jobcentres else Party.A_KASSE
    page = batch_page(found, visible=visible, side=side, at=timezone.now())
    looked(Look.Kind.LIST, by=request.user, courses=page.courses)
    return render(request, "meetings/batch.html", {"page": page, "form": form})


def _step(request: Request) -> str:
    step = request.POST.get("step", "")
    return step if step in (PREVIEW, SEND) else ""


def _back(request: Request) -> str:
    """The list that the rows were ticked in, if it is a page of ours."""
    asked = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if is_ours and asked.startswith("/") else HOME
