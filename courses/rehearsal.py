"""What an act would change, found by doing it and taking it all back."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.forms import Form

from courses.course_history import Move, moves_in_words
from courses.models import Course, Duty, DutyQuerySet
from courses.wording import duty_name
from shared.refusals import Refused


@dataclass(frozen=True, slots=True)
class Appearing:
    """An interview that would be owed from then on."""

    name: str
    rule: str
    duty: Duty


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The dates that would move, and the interviews that would come."""

    moves: tuple[Move, ...]
    appearing: tuple[Appearing, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether every date stays as it is."""
        return not self.moves and not self.appearing


def rehearse(course: Course, act: Callable[[], object]) -> Rehearsal:
    """What an act on a course would move; the database is as before when this returns.

    The act's own refusals and the database's are heard here, not first at the confirmation.
    """
    with transaction.atomic():
        known = set(_owed(course).values_list("pk", flat=True))
        latest = course.date_moves.order_by("pk").values_list("pk", flat=True).last() or 0
        act()
        rehearsal = Rehearsal(
            moves=moves_in_words(course.date_moves.filter(pk__gt=latest).order_by("pk")),
            appearing=tuple(
                Appearing(duty_name(duty), duty.rule, duty)
                for duty in _owed(course)
                if duty.pk not in known
            ),
        )
        transaction.set_rollback(True)
    return rehearsal


def rehearsed(form: Form, course: Course, act: Callable[[], object]) -> Rehearsal | None:
    """What an act would change; a refusal becomes an error of the form, so that nothing is lost."""
    try:
        return rehearse(course, act)
    except Refused as no:
        form.add_error(None, str(no))
        return None


def _owed(course: Course) -> DutyQuerySet:
    return course.duties.exclude(outcome=Duty.Outcome.WITHDRAWN)
