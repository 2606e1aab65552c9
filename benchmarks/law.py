"""How many courses a second the law answers, beside a counter that walks every day.

Both answer the same seeded courses, and must agree on every due day. The engine's figure
is for the whole answer with its sentences, in the shape of the timeline contract.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from time import process_time

from law.contract import as_json
from law.facts import Choice, CourseFacts, HeldMeeting
from law.timeline import answer
from law.vocabulary import ChoiceKind, MeetingKind, Party
from tests.law.courses import seeded
from tests.law.naive import Naive

SEED = 20_261_122
COURSES, NAIVE_COURSES, ROUNDS = 4_000, 60, 3
WANTED = 2_000


def a_second(work: Callable[[CourseFacts], object], courses: Sequence[CourseFacts]) -> float:
    """The best of a few rounds, in courses a second of one core: other work does not count."""
    best = 0.0
    for _ in range(ROUNDS):
        began = process_time()
        for course in courses:
            work(course)
        best = max(best, len(courses) / (process_time() - began))
    return best


def whole_answer(course: CourseFacts) -> object:
    """What the timeline command says about a course."""
    return as_json(answer(course))


def day_by_day(course: CourseFacts) -> object:
    """What the naive counter finds: the clock, the hand-over and every due day."""
    naive = Naive(course)
    return naive.due_days(), naive.handover()


def lived(course: CourseFacts) -> CourseFacts:
    """The same course with the meetings and choices that most courses have."""
    start = course.registered_on
    held = (
        HeldMeeting(MeetingKind.CV, start + timedelta(10), Party.A_KASSE),
        HeldMeeting(MeetingKind.JOB, start + timedelta(11), Party.A_KASSE),
        HeldMeeting(MeetingKind.JOINT, start + timedelta(40), Party.JOBCENTRE, 17),
        HeldMeeting(MeetingKind.JOB, start + timedelta(60), Party.JOBCENTRE),
        HeldMeeting(MeetingKind.AVAILABILITY, start + timedelta(70), Party.A_KASSE),
        HeldMeeting(MeetingKind.JOB, start + timedelta(120), Party.JOBCENTRE),
    )
    choice = Choice(ChoiceKind.DECLINE_OTHER_PARTY, start + timedelta(20), Party.CITIZEN)
    return replace(course, meetings=held, choices=(choice,))


def disagreements(courses: Sequence[CourseFacts]) -> int:
    """How many courses the two give different due days."""
    return sum(
        {(duty.rule, duty.ordinal): duty.due_on for duty in answer(course).duties}
        != Naive(course).due_days()
        for course in courses
    )


def main() -> int:
    """Print the figures; the exit status says whether the engine is fast enough."""
    courses = seeded(COURSES, SEED)
    few = courses[:NAIVE_COURSES]
    engine = a_second(whole_answer, courses)
    with_meetings = a_second(whole_answer, [lived(course) for course in courses])
    naive = a_second(day_by_day, few)
    different = disagreements(few)
    print(f"law: whole answers                 {engine:10,.0f} courses/s")
    print(f"law: with 6 meetings and a choice  {with_meetings:10,.0f} courses/s")
    print(f"naive counter, day by day          {naive:10,.1f} courses/s")
    print(f"ratio                              {engine / naive:10,.0f}")
    print(f"different due days                 {different:10,}  of {len(few)} courses")
    return int(min(engine, with_meetings) < WANTED or different > 0)


if __name__ == "__main__":
    sys.exit(main())
