"""When the interviews that the law asks for were held, or are going to be, as people keep to it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from random import Random

from courses.models import AbsenceKind, Course, Duty, MeetingKind, Party
from desk.demo.stories import Away, Habit, Held, Story, working_day

RECENTLY = timedelta(60)  # what is neglected is not older than this
HELD_IN = 0.85  # of the time there is
AT_HOME = {AbsenceKind.PART_TIME_JOB, AbsenceKind.WAGE_SUBSIDY}
TRIES = 15


@dataclass(frozen=True, slots=True)
class Planned:
    """A duty and the day on which people mean to meet it."""

    duty: Duty
    course: Course
    story: Story
    day: date

    def held(self) -> Held:
        """The same as something that took place."""
        return Held(MeetingKind(self.duty.kind), self.day, Party(self.duty.responsible))


def planned(  # noqa: PLR0913 (what people know when they plan)
    course: Course,
    story: Story,
    duties: Sequence[Duty],
    *,
    taken: set[date],
    rng: Random,
    today: date,
) -> list[Planned]:
    """A day for each pending duty that somebody sees to, one interview a day."""
    found: list[Planned] = []
    for duty, starts_on, share in _windows(course, duties):
        if _is_neglected(story, duty, share, today):
            continue
        aim = _day(story, duty, starts_on, share, rng)
        not_before = max(course.starts_on, duty.opens_on or course.starts_on)
        day = _free_day(aim, _away(story, duty), taken, not_before=not_before)
        if day and (not story.ended_on or day < story.ended_on):
            taken.add(day)
            found.append(Planned(duty, course, story, day))
    return found


def by_course(duties: Iterable[Duty]) -> dict[int, list[Duty]]:
    """The duties of each course."""
    found: dict[int, list[Duty]] = defaultdict(list)
    for duty in duties:
        found[duty.course_id].append(duty)
    return found


def _windows(
    course: Course, duties: Sequence[Duty]
) -> Iterator[tuple[Duty, date, tuple[int, int]]]:
    """Each duty with the day its time begins, and which it is of how many with one last day."""
    ready = [duty for duty in duties if duty.due_on and (duty.opens_on or duty.rule != "R15-05")]
    ready.sort(key=lambda duty: (duty.rule, duty.ordinal))
    for _, of_rule in groupby(ready, key=lambda duty: duty.rule):
        before = course.registered_on
        for due_on, sharing in groupby(of_rule, key=lambda duty: duty.due_on):
            many = list(sharing)
            for number, duty in enumerate(many, start=1):
                yield duty, max(before, duty.opens_on or before), (number, len(many))
            before = due_on or before


def _is_neglected(story: Story, duty: Duty, share: tuple[int, int], today: date) -> bool:
    """Whether nobody sees to a duty: the last of its kind lately, where people are careless."""
    if story.habit == Habit.NONE:
        return True
    if story.habit != Habit.NEGLECTED or share[0] < share[1] or duty.due_on is None:
        return False
    return today - RECENTLY < duty.due_on < today


def _day(story: Story, duty: Duty, starts_on: date, share: tuple[int, int], rng: Random) -> date:
    """The day that people aim at, by their habit."""
    due_on = duty.due_on or starts_on
    if story.habit == Habit.LATE:
        return working_day(due_on + timedelta(rng.randrange(2, 9)))
    if story.habit == Habit.LAST_MINUTE and share[0] == share[1]:
        return due_on - timedelta(rng.randrange(1, 5))
    room = (due_on - starts_on).days
    aim = starts_on + timedelta(int(room * HELD_IN * share[0] / share[1]))
    return max(starts_on, aim - timedelta(rng.randrange(0, 4)))


def _free_day(
    day: date, away: Sequence[Away], taken: set[date], *, not_before: date
) -> date | None:
    """The next working day on which the citizen is there and has no other interview."""
    day = working_day(max(day, not_before))
    for _ in range(TRIES):
        gone = any(
            one.starts_on <= day and (one.ends_on is None or day < one.ends_on) for one in away
        )
        if day not in taken and not gone:
            return day
        day = working_day(day + timedelta(1))
    return None


def _away(story: Story, duty: Duty) -> list[Away]:
    """The days on which nobody can be called to an interview; to that on sickness one can."""
    there = AT_HOME | {AbsenceKind.SICK} if duty.kind == MeetingKind.SICKNESS else AT_HOME
    return [one for one in story.away if one.kind not in there]
