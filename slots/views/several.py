"""Booking the ticked rows of a worklist in published times; the evidence where there are none."""

from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import Request
from courses.access import acting_side
from courses.models import Course, Duty, MeetingKind, Party
from journal.looks import looked
from journal.models import Look
from meetings.batch_page import batch_page
from meetings.forms.several import CancelAllForm
from meetings.models import Batch
from meetings.several import chosen_rows
from meetings.views.doors import only_if, opened_course
from partnerships.access import reach_of
from slots.actions.several import book_more, book_several, keep_no_times
from slots.finding import find
from slots.models import NoTimes
from slots.several import first_errors, summary_of, time_rows
from slots.several_page import evidence_page, follow_ups, progress_of, times_page

HOME, SEND = "/", "send"


@never_cache
@require_http_methods(["GET", "POST"])
def several(request: Request) -> HttpResponse:
    """A time for each row, to look at; then for good. An address alone ticks nothing."""
    now = timezone.now()
    only_if(allowed=bool(reach_of(request.user).jobcentres))
    if request.method == "GET":
        return redirect(HOME)
    chosen = chosen_rows(request.user, request.POST.getlist("duty"), on=timezone.localdate(now))
    if not chosen.duties:
        raise Http404(_("There is no such page for you."))
    looked(Look.Kind.LIST, by=request.user, courses=[one.pk for one in chosen.courses])
    page = times_page(chosen, back=_back(request), key=_key(request))
    if request.POST.get("step") == "back":
        return redirect(page.back)
    sent = request.POST.dict() if request.POST.get("step") == SEND else None
    rows = time_rows(chosen, sent, at=now)
    if sent and all(row.is_settled for row in rows):
        planned = [row.plan for row in rows]
        batch = book_several(page.key, planned, by=request.user, at=now)
        return redirect("slots:several_result", pk=batch.pk)
    shown = {"page": page, "rows": rows, "summary": summary_of(rows)}
    shown["is_of_use"] = any(row.form for row in rows)
    shown["errors"] = first_errors(rows) if sent else []
    return render(request, "slots/several.html", shown)


@never_cache
@require_safe
def result(request: Request, pk: int) -> HttpResponse:
    """How far the batch is, or what it came to and where to look for the rest."""
    batch = get_object_or_404(Batch.objects.visible_to(request.user), pk=pk)
    visible = Course.objects.visible_to(request.user)
    page = batch_page(batch, visible=visible, side=Party.JOBCENTRE, at=timezone.now())
    looked(Look.Kind.LIST, by=request.user, courses=page.courses)
    words = {
        "page": page,
        "form": CancelAllForm(None),
        "progress": progress_of(batch) if batch.act == Batch.Act.BOOK else None,
        "follow_ups": follow_ups(batch, reader=request.user),
    }
    return render(request, "slots/several_result.html", words)


@never_cache
@require_POST
def more(request: Request, pk: int) -> HttpResponse:
    """Book the next rows that wait; the page asks for it by itself until none do."""
    batch = get_object_or_404(Batch.objects.visible_to(request.user), pk=pk)
    book_more(batch, by=request.user, at=timezone.now())
    return redirect("slots:several_result", pk=batch.pk)


@never_cache
@require_safe
def no_times(request: Request, pk: int) -> HttpResponse:
    """The evidence that no times were free, for the reader and for paper."""
    rows = NoTimes.objects.visible_to(request.user).select_related("searched_by", "duty")
    evidence = get_object_or_404(rows, pk=pk)
    course = opened_course(request, evidence.course_id)
    return render(
        request, "slots/several_none.html", {"page": evidence_page(evidence), "course": course}
    )


@never_cache
@require_POST
def keep_none(request: Request, case: int) -> HttpResponse:
    """Look for a time, and keep on the case that there was none."""
    course, now = opened_course(request, case), timezone.now()
    key = request.POST.get("krav", "")
    duties = Duty.objects.visible_to(request.user).filter(course=course, kind=MeetingKind.JOINT)
    duty = duties.filter(pk=int(key)).first() if key.isascii() and key.isdecimal() else None
    only_if(allowed=acting_side(request.user, course, on=timezone.localdate(now)) is not None)
    found = find(course, duty, user=request.user, on=timezone.localdate(now), at=now)
    evidence = keep_no_times(course, duty, found, by=request.user, at=now)
    return redirect("slots:no_times", pk=evidence.pk)


def _key(request: Request) -> UUID:
    """What makes a page that is sent twice one act."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _back(request: Request) -> str:
    """The list that the rows were ticked in, if it is a page of ours."""
    asked = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if is_ours and asked.startswith("/") else HOME
