"""The door that pages below a course go through; each look is logged."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.requests import Request
from courses.course_rows import CourseRows, read_course
from courses.models import Course
from journal.looks import looked
from journal.models import Look


def opened_course(request: Request, case: int) -> Course:
    """A course that the person may read as a whole; everything else is not found."""
    course = get_object_or_404(Course.objects.visible_to(request.user).for_page(), pk=case)
    _log(request, case)
    return course


def read_or_404(request: Request, case: int) -> CourseRows:
    """The same with every row of the course."""
    read = read_course(case, user=request.user, on=timezone.localdate())
    if read is None:
        raise Http404
    _log(request, case)
    return read


def _log(request: Request, case: int) -> None:
    page = request.resolver_match.url_name if request.resolver_match else None
    looked(Look.Kind.COURSE, by=request.user, case=case, page=page or "")
