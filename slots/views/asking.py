"""The a-kasse asks the jobcentre for a time that it saw in the calendar."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.requests import Request
from courses.access import acting_side
from courses.booking_links import times_url
from courses.models import Party
from meetings.views.doors import only_if, opened_course, way_back
from shared.written import moment_text
from slots.actions.asking import ask_for_time
from slots.asked_duties import joint_duty
from slots.forms.booking import named_slot


@never_cache
@require_POST
def ask_for_this_time(request: Request, case: int) -> HttpResponse:
    """Tell those who book for the course which time suits the a-kasse."""
    course, now = opened_course(request, case), timezone.now()
    on = timezone.localdate(now)
    only_if(allowed=acting_side(request.user, course, on=on) == Party.A_KASSE)
    duty = joint_duty(course, request.GET.get("krav", ""), user=request.user)
    back = way_back(request, times_url(course.case_number, duty))
    found = named_slot(request.POST.get("tid", ""), course, request.user)
    if found is None:
        messages.info(request, _("Choose a time first."))
        return redirect(back)
    ask_for_time(course, duty, found[1], by=request.user, at=now)
    when = moment_text(found[1].starts_at, on=on)
    said = _("You have asked for %(when)s. The time is not held: others can book it.")
    messages.success(request, said % {"when": when})
    return redirect(back)
