"""What a survey came to: sums alone, and only when enough have answered."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from forums.figures import FEWEST
from forums.models import Survey
from shared.written import decimal_text

SCALE = ("1", "2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class Result:
    """One question: how often each answer was given, or what was written, in no order of time."""

    text: str
    counts: list[tuple[str, int]]
    mean: str
    written: list[str]


@dataclass(frozen=True, slots=True)
class Results:
    """A survey's results; `are_shown` is false while few have answered."""

    given: int
    are_shown: bool
    answered: int
    rows: list[Result]


def results_of(survey: Survey) -> Results:
    """The results; nothing of the answers while fewer than five have answered."""
    given = survey.links.count()
    answers: list[dict[str, Any]] = list(survey.answers.values_list("answers", flat=True))
    if len(answers) < FEWEST:
        return Results(given, are_shown=False, answered=0, rows=[])
    rows = [_result(one, answers) for one in survey.questions]
    return Results(given, are_shown=True, answered=len(answers), rows=rows)


def _result(question: dict[str, str], answers: list[dict[str, Any]]) -> Result:
    said = [str(one[question["key"]]) for one in answers if one.get(question["key"])]
    if len(said) < FEWEST:
        return Result(question["text"], [], "", [])
    if question["kind"] == "text":
        return Result(question["text"], [], "", sorted(said))
    counts = Counter(said)
    if question["kind"] == "yes_no":
        shown = [(_("yes"), counts["yes"]), (_("no"), counts["no"])]
        return Result(question["text"], shown, "", [])
    mean = sum(int(one) for one in said) / len(said)
    return Result(question["text"], [(one, counts[one]) for one in SCALE], decimal_text(mean), [])
