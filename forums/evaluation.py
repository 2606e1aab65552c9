"""The evaluation of an agreement: its figures over time, what was decided, what people answered."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.actions.evaluating import looked_at
from forums.figures import NAMES, Stored, figures_of, in_words, period_in_words
from forums.models import AgendaPoint, Decision, Evaluation, ForumMeeting, SurveyAnswer
from forums.pages import DecisionRow, decision_row
from forums.results import Results, results_from
from partnerships.models import Agreement
from shared.written import plain_day

SHOWN = 3  # columns of figures beside today's
SOON = timedelta(30)


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """What a survey came to, in short."""

    survey: Any
    results: Results


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure, on each of the days that it was drawn up."""

    name: str
    by_day: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class EvaluationPage:
    """Everything that an evaluation looks at, and what was found before."""

    tone: str
    word: str
    days: list[str]
    period: str
    figures: list[FigureRow]
    decisions: list[DecisionRow]
    surveys: list[SurveyLine]
    done: list[Evaluation]


def evaluation_page(agreement: Agreement, *, on: date) -> EvaluationPage:
    """The evaluation of an agreement on a day."""
    today = figures_of(agreement, looked_at(agreement, on=on))
    done = list(agreement.evaluations.select_related("recorded_by"))
    tone, word = due_in_words(agreement, on=on)
    decisions = Decision.objects.filter(meeting__forum__agreement=agreement)
    rows = [
        decision_row(one, on=on)
        for one in decisions.select_related("owner__organisation", "meeting")
    ]
    days, figures = _over_time(agreement, today, on)
    return EvaluationPage(
        tone, word, days, period_in_words(today), figures,
        decisions=sorted(rows, key=lambda one: one.decision.done_on is not None),
        surveys=_surveys(agreement, on),
        done=done,
    )  # fmt: skip


def due_in_words(agreement: Agreement, *, on: date) -> tuple[str, str]:
    """When the agreement is to be evaluated next, and whether that is late."""
    due_on = agreement.evaluated_on
    if due_on is None:
        return "none", _("no day is set for the next evaluation")
    if due_on < on:
        return "over", _("was to be evaluated by %(day)s") % {"day": plain_day(due_on)}
    tone = "soon" if due_on <= on + SOON else "next"
    return tone, _("next evaluation: %(day)s") % {"day": plain_day(due_on)}


def _over_time(agreement: Agreement, today: Stored, on: date) -> tuple[list[str], list[FigureRow]]:
    """The figures of the last meetings as they stood then, and today's, oldest first."""
    drawn = (
        AgendaPoint.objects.filter(
            meeting__forum__agreement=agreement, meeting__state=ForumMeeting.State.HELD
        )
        .exclude(figures=[])
        .select_related("meeting")
        .order_by("-meeting__starts_at")[:SHOWN]
    )
    sets = [
        (plain_day(timezone.localdate(one.meeting.starts_at)), dict(in_words(one.figures)))
        for one in reversed(drawn)
    ]
    sets.append((plain_day(on), dict(in_words(today))))
    names = [str(name) for name in NAMES.values()]
    rows = [FigureRow(name, [(day, kept.get(name, "–")) for day, kept in sets]) for name in names]
    return [day for day, _kept in sets], rows


def _surveys(agreement: Agreement, on: date) -> list[SurveyLine]:
    """The surveys with their sums; all answers are read at once."""
    surveys: Iterable[Any] = agreement.surveys.annotate(given=Count("links"))
    answers: dict[int, list[dict[str, Any]]] = defaultdict(list)
    kept = SurveyAnswer.objects.filter(survey__agreement=agreement).order_by("pk")
    for survey, said in kept.values_list("survey", "answers"):
        answers[survey].append(said)
    return [
        SurveyLine(one, results_from(one, one.given, answers[one.pk], on=on)) for one in surveys
    ]
