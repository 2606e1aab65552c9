"""The doors of these pages: what the person may see, else 404; each look is logged."""

from collections.abc import Callable
from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.requests import Request
from activities.access import reads_referrals, refers_as, sees_case
from activities.models import Referral
from courses.models import Course, Party
from journal.looks import looked
from journal.models import Look


def opened_referral(request: Request, pk: int, *, on: date) -> Referral:
    """A referral between parties one of which the person works for."""
    if not reads_referrals(request.user, on=on):
        raise Http404
    rows = Referral.objects.visible_to(request.user).for_page()
    found = get_object_or_404(rows, pk=pk)
    if not sees_case(request.user, found, on=on):
        raise Http404
    page = request.resolver_match.url_name if request.resolver_match else None
    looked(Look.Kind.COURSE, by=request.user, case=found.course_id, page=page or "")
    return found


def own_referral(request: Request, pk: int, may: Callable[..., bool], *, on: date) -> Referral:
    """A referral with which the person may do something; there is no such page for others."""
    found = opened_referral(request, pk, on=on)
    if not may(request.user, found, on=on):
        raise Http404
    return found


def referring_course(request: Request, case: int, *, on: date) -> tuple[Course, Party]:
    """A course in which the person may refer, and for which party."""
    rows = Course.objects.visible_to(request.user).for_page()
    course = get_object_or_404(rows, pk=case)
    side = refers_as(request.user, course, on=on)
    if side is None:
        raise Http404
    looked(Look.Kind.COURSE, by=request.user, case=course.pk, page="refer")
    return course, side
