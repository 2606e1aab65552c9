"""The front page of either side, asked for by an address or by its filter form.

The form is posted and answered with an address that never holds a CPR number, because addresses
end up in logs and histories: with a redirect, or for htmx with the list and the address to show.
"""

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
from meetings.front_page import front_page
from shared.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def front(request: Request, side: Side, *, template: str) -> HttpResponse:
    """The front page of a side, or for htmx the list alone; what it names is a logged look."""
    posted = request.method == "POST"
    asked: QueryDict = request.POST if posted else request.GET
    if may_become_cpr(asked.get("navn", "")):
        return _refused(request, posted=posted)
    asked = _as_last_time(request.user, side, asked)
    chosen = WorklistFilter.read(asked)
    address = request.path + chosen.address(group=chosen.group)
    if posted and not request.htmx:
        return redirect(address)
    shown = front_page(request.user, side, asked, at=timezone.now())
    looked(Look.Kind.LIST, by=request.user, courses=shown.courses)
    page = "courses/_worklist.html" if request.htmx else template
    response = render(request, page, {"front": shown})
    if posted:
        response["HX-Push-Url"] = address
    return response


def _as_last_time(user: User, side: Side, asked: QueryDict) -> QueryDict:
    """What is asked for; a bare address means the list as it was last narrowed, which is kept."""
    kept = user.lists.get(side.party, "")
    if not asked:
        return QueryDict(kept.removeprefix("?"))
    chosen = WorklistFilter.read(asked)
    if not KEPT.isdisjoint(asked) and chosen.kept != kept:
        remember_list(user, name=side.party, address=chosen.kept, by=user)
    return asked


def _refused(request: Request, *, posted: bool) -> HttpResponse:
    if posted:
        raise Refused(_("Write a CPR number in the search box at the top, not in this filter."))
    return render(request, "cpr_in_address.html", status=400)
