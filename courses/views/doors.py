"""The door that pages below a course go through; each look is logged."""

from django.shortcuts import get_object_or_404

from accounts.requests import Request
from courses.models import Course
from journal.looks import looked
from journal.models import Look


def opened_course(request: Request, case: int) -> Course:
    """A course that the person may read as a whole; everything else is not found."""
    course = get_object_or_404(Course.objects.visible_to(request.user).for_page(), pk=case)
    page = request.resolver_match.url_name if request.resolver_match else None
    looked(Look.Kind.COURSE, by=request.user, case=course.pk, page=page or "")
    return course
