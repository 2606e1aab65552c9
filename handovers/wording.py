"""How it is said that a member goes to the jobcentre before the time: by the name of who gets it.

Since February 2026 a jobcentre need not be called so; its organisation has the name of the day.
"""

from django.utils.translation import gettext as _

from courses.models import ChoiceKind, Course


def leaving_in_words(kind: str, course: Course) -> str:
    """A choice of the jobcentre, or a visit to it; reads the course's jobcentre."""
    said = {"house": course.jobcentre.short}
    if kind == ChoiceKind.CHOOSE_JOBCENTRE:
        return _("choice of %(house)s") % said
    return _("visited to %(house)s") % said
