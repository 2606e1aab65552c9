"""The whole answer for one course: the law's front door."""

from law.answer import Answer, Clock
from law.course import Course
from law.duties import duties
from law.facts import CourseFacts
from law.responsibility import handover, responsible


def answer(facts: CourseFacts) -> Answer:
    """Every duty, date and responsibility that follows from the facts of a course."""
    course = Course(facts)
    return Answer(
        as_of=facts.as_of,
        regime=course.act.regime,
        clock=_clock(course),
        eligible=course.eligible,
        responsible=responsible(course),
        handover=handover(course),
        duties=duties(course),
    )


def _clock(course: Course) -> Clock:
    """The unemployment clock at the end of the day asked about; it stops with the course."""
    day = course.facts.as_of.toordinal()
    ended = course.ended is not None and day >= course.ended
    reading = course.clock.read(course.ended - 1 if ended and course.ended else day)
    return Clock(
        reading.hours,
        reading.weekdays,
        reading.months,
        course.clock.reported_to,
        reading.running and not ended,
        None if ended else reading.paused_by,
    )
