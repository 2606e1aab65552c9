"""The door that pages below a course go through."""

from django.shortcuts import get_object_or_404

from accounts.requests import Request
from courses.models import Course


def opened_course(request: Request, case: int) -> Course:
    """A course that the person may read as a whole; everything else is not found."""
    return get_object_or_404(Course.objects.visible_to(request.user).for_page(), pk=case)
