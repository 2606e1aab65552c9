"""Dates that were moved since yesterday, as a list to look through."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import QuerySet

from accounts.models import User
from courses.course_history import Move, moves_in_words
from courses.models import Course, DateMove
from courses.models.citizens import visible_courses
from courses.words_of_acts import cause_in_words
from shared.dates import start_of

SINCE_DAYS = 1
MOST = 200


@dataclass(frozen=True, slots=True)
class Moved:
    """A course with the dates of it that were moved together."""

    course: Course
    at: datetime
    cause: str
    moves: tuple[Move, ...]


def moved_since(user: User, *, on: date) -> QuerySet[DateMove]:
    """The dates that were moved since yesterday began, of the courses a person may read."""
    since = start_of(on - timedelta(SINCE_DAYS))
    return DateMove.objects.filter(visible_courses(user, on=on, path="course__"), at__gte=since)


def moved_dates(user: User, *, on: date) -> tuple[Moved, ...]:
    """The same, by course and act, the newest first."""
    rows = (
        moved_since(user, on=on)
        .select_related("course__citizen", "course__a_kasse", "course__municipality", "by")
        .order_by("-at", "-pk")[:MOST]
    )
    acts = [list(together) for _, together in groupby(rows, key=_act)]
    return tuple(
        Moved(act[0].course, act[0].at, cause_in_words(act[0].cause), moves_in_words(act))
        for act in acts
    )


def _act(move: DateMove) -> tuple[int, str, int | None]:
    return move.course_id, move.cause, move.by_id
