"""The whole answer for one course: the law's front door."""

from law.answer import Answer
from law.facts import CourseFacts


def answer(facts: CourseFacts) -> Answer:
    """Every duty, date and responsibility that follows from the facts of a course."""
    raise NotImplementedError
