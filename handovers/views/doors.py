"""The doors of these pages: what the person may see, else 404; each look is logged."""

from collections.abc import Callable
from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from accounts.requests import Request
from courses.models import Course
from handovers.models import Handover
from journal.looks import looked
from journal.models import Look


def opened_handover(request: Request, case: int, *, on: date) -> tuple[Handover, bool]:
    """A hand-over the person may see, and whether the course itself opens to them too."""
    rows = Handover.objects.visible_to(request.user, on=on).standing()
    handover = get_object_or_404(rows.for_page().with_checklist(), course=case)
    opens = Course.objects.visible_to(request.user, on=on).filter(pk=case).exists()
    page = request.resolver_match.url_name if request.resolver_match else None
    kind = Look.Kind.COURSE if opens else Look.Kind.FORECAST
    looked(kind, by=request.user, case=case, page=page or "")
    return handover, opens


def own_handover(request: Request, case: int, may: Callable[..., bool], *, on: date) -> Handover:
    """A hand-over in which the person may do something; there is no such page for others."""
    handover, _opens = opened_handover(request, case, on=on)
    if not may(request.user, handover, on=on):
        raise Http404
    return handover


def own_course(
    request: Request, case: int, may: Callable[..., bool], *, on: date, health: bool = False
) -> Course:
    """A course on which the person may act; looks at health data have a kind of their own."""
    rows = Course.objects.visible_to(request.user, on=on).for_page()
    course = get_object_or_404(rows, pk=case)
    if not _may(may, request.user, course, on=on):
        raise Http404
    page = request.resolver_match.url_name if request.resolver_match else None
    kind = Look.Kind.HEALTH if health else Look.Kind.COURSE
    looked(kind, by=request.user, case=course.pk, page=page or "")
    return course


def _may(may: Callable[..., bool], user: User, course: Course, *, on: date) -> bool:
    return bool(may(user, course, on=on))
