"""The answer as plain text: who holds the course and when, then one line a duty."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from law.acts import RULES
from law.answer import Answer, Duty, Eligibility, Responsible
from law.contract import Say
from law.periods import ONE_DAY
from law.sentences import (
    ABSENCES,
    CLOCK,
    COVID_DAYS,
    CRITERIA,
    CRITERION_FAILED,
    CRITERION_OK,
    DUTY,
    DUTY_MET,
    ELIGIBLE,
    HANDOVER,
    HANDOVER_FORECAST,
    NO_DATE,
    NOT_ELIGIBLE,
    NUMBER,
    PARTIES,
    PAUSED,
    REGIME,
    REPORTED_TO,
    RESPONSIBLE,
    RESPONSIBLE_FROM,
    RUNNING,
    STATES,
    STOPPED,
)
from law.vocabulary import AbsenceKind
from law.words import Sentence, Value, Word, english


def as_text(answer: Answer, say: Say = english) -> str:
    """The whole answer, a line for each thing it says."""
    return "".join(f"{line}\n" for line in _lines(answer, say))


def _lines(answer: Answer, say: Say) -> Iterator[str]:
    yield say(Sentence(REGIME, {"regime": answer.regime.value, "day": _day(answer.as_of)}))
    yield say(_clock(answer))
    if answer.clock.reported_to is not None:
        yield say(Sentence(REPORTED_TO, {"month": answer.clock.reported_to}))
    if answer.eligible is not None:
        yield say(_eligible(answer.eligible))
    for interval in answer.responsible:
        yield say(_responsible(interval))
    if answer.handover is not None:
        text = HANDOVER_FORECAST if answer.handover.forecast else HANDOVER
        yield say(Sentence(text, {"day": _day(answer.handover.on), "rule": answer.handover.rule}))
    for duty in answer.duties:
        yield "; ".join((say(_duty(duty, answer.as_of)), *map(say, duty.notes)))


def _clock(answer: Answer) -> Sentence:
    clock = answer.clock
    values: dict[str, Value] = {
        "hours": _number(clock.hours),
        "weekdays": clock.weekdays,
        "months": _number(clock.months),
        "running": Sentence(RUNNING if clock.running else STOPPED),
    }
    if clock.paused_by is not None:
        kind = clock.paused_by
        word = ABSENCES[AbsenceKind(kind)] if kind in ABSENCES else COVID_DAYS
        values["running"] = Sentence(PAUSED, {"kind": word})
    return Sentence(CLOCK, values)


def _number(value: Decimal) -> Sentence:
    whole, hundredths = f"{value:.2f}".split(".")
    return Sentence(NUMBER, {"whole": whole, "hundredths": hundredths})


def _eligible(eligible: Eligibility) -> Sentence:
    criteria = tuple(
        Sentence(
            CRITERION_OK if one.ok else CRITERION_FAILED,
            {"name": CRITERIA[one.name], "value": one.value},
        )
        for one in eligible.criteria
    )
    return Sentence(ELIGIBLE if eligible.yes else NOT_ELIGIBLE, {"criteria": criteria})


def _responsible(interval: Responsible) -> Sentence:
    values: dict[str, Value] = {
        "party": PARTIES[interval.party],
        "first": _day(interval.starts_on),
    }
    if interval.ends_on is None:
        return Sentence(RESPONSIBLE_FROM, values)
    return Sentence(RESPONSIBLE, values | {"last": _day(interval.ends_on - ONE_DAY)})


def _duty(duty: Duty, on: date) -> Sentence:
    values: dict[str, Value] = {
        "due": Sentence(NO_DATE) if duty.due_on is None else _day(duty.due_on),
        "rule": duty.rule,
        "ordinal": duty.ordinal,
        "title": Word(RULES[duty.rule].title),
        "party": PARTIES[duty.responsible],
        "state": STATES[duty.state_on(on)],
        "because": duty.because,
    }
    if duty.met_on is None:
        return Sentence(DUTY, values)
    return Sentence(DUTY_MET, values | {"met": _day(duty.met_on)})


def _day(day: date) -> str:
    """A day with its year, as Danes write it."""
    return f"{day.day}.{day.month}.{day.year}"
