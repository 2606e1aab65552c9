"""The letters of a course or an interview as a panel: `{% letters_of course user %}`."""

from datetime import date, datetime
from typing import Any

from django import template
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from courses.models import Course
from letters.models import Letter
from letters.models.letters import outdated
from letters.rows import LetterRow, row_of, rows_of
from partnerships.kept_for_readers import KeptForReaders

register = template.Library()
MOST = 20


@register.inclusion_tag("letters/_of_course.html", takes_context=True)
def letters_of(context: dict[str, Any], owner: Any, reader: User) -> dict[str, Any]:  # noqa: ANN401 (a course or an interview)
    """The newest letters of a course or an interview that the reader may see, at most twenty."""
    at = timezone.now()
    if isinstance(owner, Course):
        rows = _rows_of_course(owner, reader, at)
    else:
        rows = rows_of(owner.letters.visible_to(reader).for_list()[:MOST], reader=reader, at=at)
    shown = {"rows": rows, "failed": any(row.has_failed for row in rows)}
    return shown | {"csrf_token": context.get("csrf_token"), "here": context["request"].path}


def _rows_of_course(course: Course, reader: User, at: datetime) -> list[LetterRow]:
    if not getattr(course, "has_letters", True):  # known where the page of a course read it
        return []
    found = _of_course.ask(reader, on=timezone.localdate(at), course=course.pk)
    for letter in found:
        letter.course = course
    return [row_of(one, reader=reader, at=at, again=one.is_past) for one in found]


def _letters(reader: User, *, on: date, course: int) -> QuerySet[Letter]:  # noqa: ARG001 (its reach is of today)
    past = Letter.objects.filter(Q(again__isnull=False) | outdated(), pk=OuterRef("pk"))
    letters = Letter.objects.visible_to(reader).filter(course=course)
    return letters.select_related("sender", "batch").annotate(is_past=Exists(past))[:MOST]


_of_course = KeptForReaders(_letters)
