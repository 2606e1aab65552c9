"""What a citizen who has recovered is to be called in to again."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from courses.duty_table import DutyRow
from courses.models import Absence, AbsenceKind, Course

SHOWN = timedelta(30)  # after the last sick day, and as far ahead as the deadlines looked at


def to_plan_again(
    course: Course, absences: Iterable[Absence], duties: Sequence[DutyRow], *, on: date
) -> tuple[DutyRow, ...]:
    """What the reader's side may book, fell due in a sickness or falls due soon after it.

    Nothing while the citizen is sick, or when the sickness ended long ago.
    """
    sick = [
        one
        for one in absences
        if one.kind == AbsenceKind.SICK and (one.ends_on or date.max) > course.starts_on
    ]
    if any(one.starts_on <= on and (one.ends_on or date.max) > on for one in sick):
        return ()
    ended = [one for one in sick if one.ends_on and on - SHOWN <= one.ends_on <= on]
    if not ended:
        return ()
    first = min(one.starts_on for one in ended)
    return tuple(
        row
        for row in duties
        if row.may_book and row.duty.due_on and first <= row.duty.due_on <= on + SHOWN
    )
