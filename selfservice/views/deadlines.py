"""Where a worker sets a deadline for booking, sees how it went, and closes one."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import Request
from courses.models import Course
from journal.looks import looked
from journal.models import Look
from selfservice import actions
from selfservice.booking_deadlines import setting_side, to_book
from selfservice.deadline_page import rows_of
from selfservice.forms import CloseForm, DeadlineForm
from selfservice.models import BookingDeadline

SET, CLOSE = "set", "close"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def deadlines(request: Request, case: int) -> HttpResponse:
    """The deadlines of a course, a form for a new one, and one to close what runs."""
    now, on = timezone.now(), timezone.localdate()
    rows = Course.objects.visible_to(request.user, on=on).for_page()
    course = get_object_or_404(rows, pk=case)
    side = setting_side(request.user, course, on=on)
    if side is None:
        raise Http404
    looked(Look.Kind.COURSE, by=request.user, case=case, page="selfservice:deadlines")
    sent, found = request.POST.get("do", ""), rows_of(course, side, on=on)
    duties = to_book(course, side, on=on)
    running = [one.row for one in found if one.runs]
    setting = DeadlineForm(request.POST if sent == SET else None, duties=duties)
    closing = CloseForm(request.POST if sent == CLOSE else None, running=running)
    if _done(request, setting.worded_for(side), closing.worded_for(side), at=now):
        return redirect("selfservice:deadlines", course.case_number)
    shown = {"course": course, "rows": found, "setting": setting, "closing": closing}
    return render(request, "selfservice/deadlines.html", shown)


def _done(request: Request, setting: DeadlineForm, closing: CloseForm, *, at: datetime) -> bool:
    """Carry out what was sent."""
    by = request.user
    if setting.carried_out(
        lambda: actions.set_deadline(setting.chosen, setting.cleaned_data["book_by"], by=by, at=at)
    ):
        messages.success(request, _("The deadline is set, and a letter tells of it."))
        return True
    if closing.carried_out(
        lambda: actions.close_deadline(
            closing.chosen, BookingDeadline.Reason(closing.cleaned_data["reason"]), by=by, at=at
        )
    ):
        messages.success(request, _("The deadline is closed."))
        return True
    return False
