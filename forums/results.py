"""What a survey came to: sums alone, and only when enough have answered."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from forums.figures import FEWEST
from forums.models import Survey
from shared.written import decimal_text

SCALE = ("1", "2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class Answer:
    """How often one answer was given."""

    label: str
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class Result:
    """One question: how often each answer was given, or what was written, in no order of time."""

    text: str
    counts: list[Answer]
    mean: str
    written: list[str]


@dataclass(frozen=True, slots=True)
class Results:
    """A survey's results; `are_shown` is false while few have answered."""

    given: int
    are_shown: bool
    answered: int
    rows: list[Result]
    is_open: bool


def results_of(survey: Survey, *, on: date) -> Results:
    """The results; nothing of the answers while fewer than five have answered.

    While a survey is open they move five answers at a time, so that what one person said cannot
    be read from the difference between two looks.
    """
    answers = list(survey.answers.order_by("pk").values_list("answers", flat=True))
    return results_from(survey, survey.links.count(), answers, on=on)


def results_from(survey: Survey, given: int, answers: list[dict[str, Any]], *, on: date) -> Results:
    """The results of answers that are at hand, in the order in which they came."""
    is_open = on < survey.closes_on
    if is_open:
        answers = answers[: len(answers) // FEWEST * FEWEST]
    if len(answers) < FEWEST:
        return Results(given, are_shown=False, answered=0, rows=[], is_open=is_open)
    rows = [_result(one, answers) for one in survey.questions]
    return Results(given, are_shown=True, answered=len(answers), rows=rows, is_open=is_open)


def _result(question: dict[str, str], answers: list[dict[str, Any]]) -> Result:
    said = [str(one[question["key"]]) for one in answers if one.get(question["key"])]
    if len(said) < FEWEST:
        return Result(question["text"], [], "", [])
    if question["kind"] == "text":
        return Result(question["text"], [], "", sorted(said))
    counts = Counter(said)
    if question["kind"] == "yes_no":
        choices, mean = [("yes", _("yes")), ("no", _("no"))], ""
    else:
        choices = [(one, _scale_in_words(one)) for one in SCALE]
        mean = decimal_text(sum(int(one) for one in said) / len(said))
    shown = [
        Answer(label, counts[one], round(100 * counts[one] / len(said))) for one, label in choices
    ]
    return Result(question["text"], shown, mean, [])


def _scale_in_words(value: str) -> str:
    """The ends of a scale say what they mean."""
    ends = {SCALE[0]: _("1 (not at all)"), SCALE[-1]: _("5 (very much)")}
    return ends.get(value, value)
