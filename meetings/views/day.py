"""A whole day's outcomes in one go: the list beside the form, saved one after the other."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import Request
from journal.looks import looked
from journal.models import Look
from meetings.access import may_settle
from meetings.act_pages import outcome_page
from meetings.day_run import Run, left_out_of
from meetings.forms import OutcomeForm
from meetings.preparation import preparation_of
from meetings.recording import recorded, where_next
from meetings.views.doors import way_back
from partnerships.access import reach_of


@never_cache
@require_http_methods(["GET", "POST"])
def day(request: Request) -> HttpResponse:
    """Record the outcomes of a day, or of chosen interviews: save, and the next is there."""
    now, today = timezone.now(), timezone.localdate()
    if not reach_of(request.user, on=today).reads_citizens:
        raise Http404(_("There is no such page for you."))
    sent = request.method == "POST"
    run = Run.read(request.user, request.GET, at=now, sent=sent, back=way_back(request, ""))
    looked(Look.Kind.LIST, by=request.user, courses=[one.course_id for one in run.meetings])
    meeting = run.current
    shown = {"run": run, "left_out": left_out_of(run, request.user)}
    if meeting is None or not may_settle(request.user, meeting, on=today):
        return _nothing_to_ask(request, run, shown)
    form = OutcomeForm(request.POST or None, meeting=meeting, in_run=True)
    cautions = form.cautions(meeting)
    done = recorded(form, cautions, by=request.user, at=now)
    if done:
        after = run.after(meeting)
        messages.success(request, _("The outcome is recorded."))
        back = run.url(after.pk if after else None)
        return redirect(where_next(form, done, by=request.user, back=back))
    page = outcome_page(meeting, cautions, on=today).leading_to(meeting.get_absolute_url())
    shown |= {
        "page": page,
        "form": form,
        "prepared": preparation_of(meeting, reader=request.user, on=today),
    }
    return render(request, "meetings/day.html", shown)


def _nothing_to_ask(request: Request, run: Run, shown: dict[str, Any]) -> HttpResponse:
    """All is recorded; or what was sent is for an interview that was moved or cancelled since."""
    if request.method != "POST":
        return render(request, "meetings/day.html", shown)
    messages.error(request, _("Nothing is saved: the interview is no longer among these."))
    return redirect(run.url())
