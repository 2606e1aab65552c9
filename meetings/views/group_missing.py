"""The pages of who stayed away from a group meeting: why, and notifying the a-kasse."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import Request
from courses.access import acting_side
from meetings.act_pages import notifying_of_group_page
from meetings.actions.group_missing import record_no_show
from meetings.actions.notifying import notify_of_group
from meetings.evidence import called_to_group, collect, delivery_of, lines
from meetings.forms import NotifyForm
from meetings.forms.group_missing import GroupNoShowForm
from meetings.group_access import may_notify_of
from meetings.group_missing_page import is_read_by, no_show_page
from meetings.models import NoShow
from meetings.views.doors import found_or_404, only_if
from meetings.views.group_doors import no_show_known, opened_enrolment


@never_cache
@require_http_methods(["GET", "POST"])
def group_no_show(request: Request, pk: int, enrolment: int) -> HttpResponse:
    """Say what is known of a no-show, and read what the a-kasse was told and answered."""
    today = timezone.localdate()
    found = opened_enrolment(request, pk, enrolment)
    only_if(allowed=is_read_by(request.user, found, on=today))
    known = no_show_known(found)
    page = no_show_page(found, known, reader=request.user, on=today)
    side = acting_side(request.user, found.course, on=today)
    form = GroupNoShowForm(request.POST or None, known=known, side=side)
    done = form.carried_out(
        lambda: record_no_show(found, form.missed, by=request.user, at=timezone.now())
    )
    if done is None:
        shown = {"page": page, "form": form, "course": found.course}
        return render(request, "meetings/group_no_show.html", shown)
    messages.success(request, _("What is known of the no-show is saved."))
    lawful = done.lawful_absence != NoShow.Lawful.NONE
    if lawful or page.sent or not may_notify_of(request.user, found, on=today):
        return redirect(found)
    return redirect("meetings:notify_of_group", pk=pk, enrolment=enrolment)


@never_cache
@require_http_methods(["GET", "POST"])
def notify(request: Request, pk: int, enrolment: int) -> HttpResponse:
    """Notify the a-kasse of a no-show at a group meeting, after a look at the evidence."""
    today = timezone.localdate()
    found = opened_enrolment(request, pk, enrolment)
    only_if(allowed=may_notify_of(request.user, found, on=today))
    no_show = found_or_404(no_show_known(found))
    known = delivery_of(found)
    form = NotifyForm(request.POST or None, initial={"delivery": known})
    done = form.carried_out(
        lambda: notify_of_group(found, **form.arguments, by=request.user, at=timezone.now())
    )
    if done:
        messages.success(request, _("The a-kasse is notified. It assesses what follows."))
        return redirect(found)
    evidence = lines(collect(called_to_group(found), no_show, known))
    page = notifying_of_group_page(found, evidence, on=today)
    return render(request, "meetings/act.html", {"page": page, "form": form})
