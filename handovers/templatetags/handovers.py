"""The hand-over of a course, for the pages of the course that lie below."""

from dataclasses import dataclass

from django import template
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Course, Party
from handovers.checklist import Item, checklist_of, ready_of
from handovers.models import Handover
from shared.kept_statements import Kept

register = template.Library()


@dataclass(frozen=True, slots=True)
class Shown:
    """A hand-over as its panel shows it."""

    url: str
    state: str
    tone: str
    items: tuple[Item, ...]

    @property
    def ready(self) -> str:
        """How much is ready."""
        return ready_of(self.items)


@register.simple_tag
def handover_of(course: Course, *, side: Party | None = None) -> Shown | None:
    """The hand-over that the law gives a course, read in one statement; None while far off."""
    is_there = getattr(course, "has_handover", True)  # known where the page of a course read it
    found = _of_course.ask(course=course.pk) if is_there else []
    if not found:
        return None
    [handover] = found
    handover.course = course
    late = handover.is_overdue(on=timezone.localdate())
    state = _("not accepted in time") if late else handover.get_state_display()
    return Shown(
        url=handover.get_absolute_url(),
        state=state,
        tone="over" if late else "handover",
        items=checklist_of(handover, side),
    )


def _rows(*, course: int) -> QuerySet[Handover]:
    return Handover.objects.standing().filter(course=course).with_checklist()[:1]


_of_course = Kept(_rows)
