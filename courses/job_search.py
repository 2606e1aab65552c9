"""Where the search for work stands on a course: one row an item, also for what nobody looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from courses.models import Course, JobSearchStatus
from shared.kept_statements import Kept

Item = JobSearchStatus.Item
APPLICATIONS_FROM = "2015"  # two applications are uploaded a month since then (domain R15-14)


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item and the last word on it, None while nobody has said anything."""

    item: JobSearchStatus.Item
    status: JobSearchStatus | None

    @property
    def is_in_order(self) -> bool:
        """Whether nothing is left to do about it."""
        return self.status is not None and self.status.state == JobSearchStatus.State.DONE


def newest(course: Course, *, before: date | None = None) -> dict[str, JobSearchStatus]:
    """The last word on each item, by item; `before` leaves out that day and what came after."""
    return {one.item: one for one in _said.ask(course=course.pk, before=before)}


def _rows(*, course: int, before: date | None) -> QuerySet[JobSearchStatus]:
    said = JobSearchStatus.objects.filter(course=course).select_related("recorded_by")
    if before:
        said = said.filter(as_of__lt=before, recorded_at__date__lt=before)
    return said.newest()


_said = Kept(_rows)


def items_of(course: Course) -> tuple[JobSearchStatus.Item, ...]:
    """What belongs to the search for work under a course's rules."""
    if course.regime >= APPLICATIONS_FROM:
        return tuple(Item)
    return tuple(one for one in Item if one != Item.APPLICATIONS)


def rows_of(course: Course, said: Mapping[str, JobSearchStatus]) -> tuple[ItemRow, ...]:
    """Each item of a course in its order, with the last word on it."""
    return tuple(ItemRow(item, said.get(item)) for item in items_of(course))
