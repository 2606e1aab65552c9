"""The a-kasse's front page."""

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import Request
from courses.models import Party
from courses.worklist import Side
from meetings.views.front import front
from partnerships.access import reach_of
from slots.capacity_without import joint_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def today(request: Request) -> HttpResponse:
    """What the a-kasse owes its members, and the day of the person who looks."""
    reach = reach_of(request.user)
    if not reach.a_kasser:
        raise Http404
    side = Side(Party.A_KASSE, reach.a_kasser)
    return front(request, side, template="portal/today.html", joint=joint_of)
