"""The front page of either side, asked for by an address or by its filter form.

The form is posted and answered with an address that never holds a CPR number, because addresses
end up in logs and histories: with a redirect, or for htmx with the list and the address to show.
"""

from urllib.parse import urlsplit

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions import remember_list
from accounts.models import User
from accounts.requests import Request
from courses.search import may_become_cpr
from courses.worklist import Side
from courses.worklist_filter import KEPT, WorklistFilter
from journal.looks import looked
from journal.models import Look
from meetings.front_numbers import ReadJoint
from meetings.front_page import front_page
from shared.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def front(request: Request, side: Side, *, template: str, joint: ReadJoint) -> HttpResponse:
    """The front page of a side, or for htmx the list alone; what it names is a logged look."""
    posted = request.method == "POST"
    asked: QueryDict = request.POST if posted else request.GET
    if may_become_cpr(asked.get("navn", "")):
        return _refused(request, posted=posted)
    asked = asked or QueryDict(request.user.lists.get(side.party, "").removeprefix("?"))
    chosen = WorklistFilter.read(asked)
    if _is_chosen_here(request):
        _remember(request.user, side, asked, chosen)
    address = request.path + chosen.address(group=chosen.group)
    if posted and not request.htmx:
        return redirect(address)
    shown = front_page(request.user, side, asked, joint=joint, at=timezone.now())
    looked(Look.Kind.LIST, by=request.user, courses=shown.courses)
    page = "courses/_worklist.html" if request.htmx else template
    response = render(request, page, {"front": shown})
    if posted:
        response["HX-Push-Url"] = address
    return response


def _is_chosen_here(request: Request) -> bool:
    """Whether it was chosen on the page itself: a colleague's link changes nobody's list."""
    if request.method == "POST" or request.htmx:
        return True
    came_from = urlsplit(request.headers.get("Referer", ""))
    return (came_from.netloc, came_from.path) == (request.get_host(), request.path)


def _remember(user: User, side: Side, asked: QueryDict, chosen: WorklistFilter) -> None:
    """Keep what was chosen: a bare address means the list as it was last narrowed."""
    if not KEPT.isdisjoint(asked) and chosen.kept != user.lists.get(side.party, ""):
        remember_list(user, name=side.party, address=chosen.kept, by=user)


def _refused(request: Request, *, posted: bool) -> HttpResponse:
    if posted:
        raise Refused(_("Write a CPR number in the search box at the top, not in this filter."))
    return render(request, "cpr_in_address.html", status=400)
