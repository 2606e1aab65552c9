"""Who may open which page of staff: one's own, or that of those whose work one plans; else 404."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.requests import Request
from partnerships.models import Organisation
from staffing.access import coordinated, staff_of, workplaces
from staffing.models import BusySource, ClosingDay, Competence, Leave
from staffing.pages import Desk

PLACE = "sted"


def own_desk(request: Request) -> Desk:
    """One's own week at the workplace that the address names, else at the first."""
    today = timezone.localdate()
    house = _asked(request, workplaces(request.user, on=today))
    return Desk(request.user, house, request.user, today)


def staff_desk(request: Request, pk: int) -> Desk:
    """The week of a worker whose work one plans."""
    today = timezone.localdate()
    houses = coordinated(request.user, on=today)
    found = [(house, one) for house in houses for one in staff_of(house, on=today) if one.pk == pk]
    house = _asked(request, [house for house, _one in found])
    return Desk(next(one for where, one in found if where == house), house, request.user, today)


def coordinated_house(request: Request) -> Organisation:
    """The organisation whose staff one plans, that the address names, else the first."""
    return _asked(request, coordinated(request.user, on=timezone.localdate()))


def opened_leave(request: Request, pk: int) -> Leave:
    """Leave of one's own, or of somebody whose work one plans."""
    rows = Leave.objects.visible_to(request.user).select_related("user", "organisation")
    leave = get_object_or_404(rows, pk=pk)
    own = leave.user_id == request.user.pk
    if not own and leave.organisation not in coordinated(request.user, on=timezone.localdate()):
        raise Http404(_("There is no such page for you."))
    return leave


def opened_closing_day(request: Request, pk: int) -> ClosingDay:
    """Closing days of an organisation whose staff one plans."""
    rows = ClosingDay.objects.visible_to(request.user)
    houses = coordinated(request.user, on=timezone.localdate())
    return get_object_or_404(rows.filter(organisation__in=houses), pk=pk)


def opened_competence(request: Request, pk: int) -> Competence:
    """A competence of somebody whose work one plans."""
    rows = Competence.objects.visible_to(request.user).select_related("user", "organisation")
    houses = coordinated(request.user, on=timezone.localdate())
    return get_object_or_404(rows.filter(organisation__in=houses), pk=pk)


def own_calendar(request: Request, pk: int) -> BusySource:
    """A calendar of one's own."""
    return get_object_or_404(BusySource.objects.visible_to(request.user), pk=pk)


def _asked(request: Request, houses: list[Organisation]) -> Organisation:
    asked = request.GET.get(PLACE, "")
    named = [one for one in houses if one.slug == asked] or houses
    if not named:
        raise Http404(_("There is no such page for you."))
    return named[0]
