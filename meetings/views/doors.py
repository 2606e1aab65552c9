"""The doors of the interview pages: what the person may see, else 404; each look is logged."""

from typing import TypeVar

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts.requests import Request
from courses.models import Course, Duty
from journal.looks import looked
from journal.models import Look
from meetings.access import may_settle
from meetings.day_run import BACK
from meetings.models import Agreed, Meeting, Notification, Question
from meetings.models.follow_ups import left_behind
from meetings.models.seats import with_workers

Found = TypeVar("Found")


def opened_meeting(request: Request, pk: int) -> Meeting:
    """An interview the person may see."""
    rows = (
        Meeting.objects.visible_to(request.user)
        .for_page()
        .prefetch_related(with_workers())
        .annotate(**left_behind())
    )
    meeting = get_object_or_404(rows, pk=pk)
    _log(request, meeting.course)
    return meeting


def opened_course(request: Request, case: int) -> Course:
    """A course the person may see."""
    course = get_object_or_404(Course.objects.visible_to(request.user).for_page(), pk=case)
    _log(request, course)
    return course


def opened_notification(request: Request, pk: int) -> Notification:
    """A notification of an interview, or of a no-show at a group meeting, that one may see."""
    rows = Notification.objects.visible_to(request.user).for_page()
    notification = get_object_or_404(rows, pk=pk)
    if notification.meeting_id:
        get_object_or_404(Meeting.objects.visible_to(request.user), pk=notification.meeting_id)
    _log(request, notification.course)
    return notification


def opened_question(request: Request, pk: int) -> Question:
    """A question of an interview the person may see."""
    rows = Question.objects.visible_to(request.user)
    question = get_object_or_404(rows.select_related("meeting__course__citizen"), pk=pk)
    _log(request, question.meeting.course)
    return question


def opened_agreement(request: Request, pk: int) -> Agreed:
    """Something agreed at an interview the person may see."""
    rows = Agreed.objects.visible_to(request.user)
    agreed = get_object_or_404(rows.select_related("meeting__course"), pk=pk)
    _log(request, agreed.meeting.course)
    return agreed


def asked_duty(request: Request, course: Course) -> Duty | None:
    """The duty that the address asks to book for, if it is one of the course."""
    key = request.GET.get("duty", "")
    if not key.isdecimal():
        return None
    return Duty.objects.visible_to(request.user).filter(course=course, pk=int(key)).first()


def own_meeting(request: Request, pk: int) -> Meeting:
    """An interview that the person's party holds."""
    meeting = opened_meeting(request, pk)
    only_if(allowed=may_settle(request.user, meeting, on=timezone.localdate()))
    return meeting


def way_back(request: Request, otherwise: str) -> str:
    """Where the address says that people came from: a page of ours, or `otherwise`."""
    asked = request.GET.get(BACK, "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, {request.get_host()}):
        return asked
    return otherwise


def only_if(*, allowed: bool) -> None:
    """Hide a page from those whose page it is not."""
    if not allowed:
        raise Http404(_("There is no such page for you."))


def found_or_404(found: Found | None) -> Found:
    """What was looked for; no page where there is nothing to show it for."""
    if found is None:
        raise Http404(_("There is no such page for you."))
    return found


def _log(request: Request, course: Course) -> None:
    page = request.resolver_match.url_name if request.resolver_match else None
    looked(Look.Kind.COURSE, by=request.user, case=course.pk, page=page or "")
