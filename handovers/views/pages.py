"""The list of hand-overs, one of them, and the sheet that the a-kasse writes."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import Request
from courses.case_numbers import course_pk_of
from handovers import access, actions
from handovers.checklist import checklist_of
from handovers.forms import SheetForm
from handovers.handover_list import handover_list
from handovers.handover_page import handover_page
from handovers.sheet_pdf import sheet_pdf as pdf_of
from handovers.sheet_text import sheet_to_write
from handovers.views.doors import opened_handover, own_handover
from journal.looks import looked
from journal.models import Look
from letters.views.answers import document
from partnerships.access import reach_of
from shared.refusals import Refused

SEND = "send"


@never_cache
@require_safe
def handovers(request: Request) -> HttpResponse:
    """The hand-overs that wait for the reader, come, are late, or are done."""
    on = timezone.localdate()
    if not reach_of(request.user, on=on).reads_citizens:
        raise Http404
    shown = handover_list(request.user, asked=request.GET.get("vis", ""), on=on)
    courses = sorted({key for row in shown.rows if (key := course_pk_of(row.case_number))})
    looked(Look.Kind.LIST, by=request.user, courses=courses)
    listed = {"tabs": shown.tabs, "rows": shown.rows, "nothing": shown.empty}
    return render(request, "handovers/list.html", listed)


@never_cache
@require_safe
def handover(request: Request, case: int) -> HttpResponse:
    """One hand-over: its day, what is ready, and the sheet as it was sent."""
    on = timezone.localdate()
    found, opens = opened_handover(request, case, on=on)
    version = request.GET.get("version", "")
    page = handover_page(
        found,
        request.user,
        on=on,
        opens_course=opens,
        version=int(version) if version.isdecimal() else None,
    )
    return render(request, "handovers/handover.html", {"page": page, "course": found.course})


@never_cache
@require_safe
def sheet_pdf(request: Request, case: int) -> HttpResponse:
    """The sheet as a document, in the version asked for; the look at it is logged."""
    found, _opens = opened_handover(request, case, on=timezone.localdate())
    version = request.GET.get("version", "")
    sent = found.sheets.sent().select_related("written_by").order_by("-version")
    if version.isdecimal():
        sent = sent.filter(version=int(version))
    one = sent.first()
    if one is None:
        raise Http404
    return document(pdf_of(found, one), f"{found.course.case_number}-{one.version}")


@never_cache
@require_http_methods(["GET", "POST"])
def sheet(request: Request, case: int) -> HttpResponse:
    """Write the sheet: keep it as a draft, or send it."""
    now, on = timezone.now(), timezone.localdate()
    found = own_handover(request, case, access.may_write_sheet, on=on)
    sends = request.POST.get("step") == SEND
    written = sheet_to_write(found, on=on)
    form = SheetForm(request.POST or None, instance=written, sends=sends, on=on)
    if form.is_valid():
        act = actions.send_sheet if sends else actions.save_draft
        try:
            act(found, form.cleaned_data, by=request.user, at=now)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            said = _("The sheet is sent.") if sends else _("The draft is saved.")
            messages.success(request, said)
            return redirect(found)
    items = checklist_of(found, None)
    shown = {"form": form, "handover": found, "course": found.course, "items": items}
    return render(request, "handovers/sheet.html", shown)
