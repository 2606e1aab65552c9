"""Short ways to ask the timeline, so that a test shows only what it is about."""

from law.cases.case import absence, chose, course, held, holds
from law.contract import as_json, read_course
from law.timeline import answer

__all__ = ["absence", "ask", "chose", "course", "duties", "duty", "held", "holds"]


def ask(registered_on: str, as_of: str | None = None, **told) -> dict:
    """The whole answer for a course, in the words of the contract."""
    return as_json(answer(read_course(course(registered_on, as_of or registered_on, **told))))


def duties(registered_on: str, as_of: str | None = None, **told) -> dict[tuple[str, int], dict]:
    """The duties of a course by rule and ordinal."""
    answered = ask(registered_on, as_of, **told)
    return {(duty["rule"], duty["ordinal"]): duty for duty in answered["duties"]}


def duty(rule: str, ordinal: int, registered_on: str, as_of: str | None = None, **told) -> dict:
    """One duty of a course."""
    return duties(registered_on, as_of, **told)[rule, ordinal]
