"""Help: how the product works for each role, and how deadlines are counted."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import Request
from courses.access import viewer_of
from courses.case_numbers import course_pk_of
from courses.help_page import OwnNumbers, deadline_help, own_numbers
from courses.views.doors import opened_course
from partnerships.access import reach_of
from shared.templatetags.components import TONES


@never_cache
@require_safe
def help_index(request: Request) -> HttpResponse:
    """How the product works for the roles of the person who asks."""
    reach = reach_of(request.user)
    context = {
        "on_the_desk": bool(reach.jobcentres),
        "books": bool(reach.booking_at),
        "in_the_portal": bool(reach.a_kasser),
        "reads_citizens": reach.reads_citizens,
        "tones": TONES,
    }
    return render(request, "courses/help.html", context)


@never_cache
@require_safe
def help_deadlines(request: Request) -> HttpResponse:
    """How deadlines are counted; with a citizen's own numbers where a case is named."""
    on = timezone.localdate()
    shown = deadline_help(on=on, own=_own(request))
    return render(request, "courses/help_deadlines.html", {"help": shown, "on": on})


def _own(request: Request) -> OwnNumbers | None:
    """The numbers of the course in the address, if the reader may see it."""
    if "sag" not in request.GET:
        return None
    case = course_pk_of(request.GET["sag"])
    if case is None:
        raise Http404
    course = opened_course(request, case)
    return own_numbers(course, viewer=viewer_of(request.user, course, on=timezone.localdate()))
