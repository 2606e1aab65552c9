"""The timeline contract: a course comes in as a JSON object, and its answer goes out as one."""

from collections.abc import Callable
from datetime import date

from law.answer import Answer, Duty
from law.fields import BadInput, object_of
from law.periods import ONE_DAY
from law.reading import read_course
from law.words import Sentence, english

__all__ = ["BadInput", "as_json", "object_of", "read_course"]

Say = Callable[[Sentence], str]
Out = dict[str, object]


def as_json(answer: Answer, on: date | None = None, say: Say = english) -> Out:
    """The answer in the words of the contract, its states judged on a day (`as_of` by default)."""
    day = answer.as_of if on is None else on
    said: dict[int, str] = {}

    def say_once(sentence: Sentence) -> str:
        # Many duties of a course share a note, as one object.
        text = said.get(id(sentence))
        if text is None:
            text = said[id(sentence)] = say(sentence)
        return text

    return {
        "regime": answer.regime,
        "clock": _clock(answer),
        "eligible": _eligible(answer),
        "responsible": [
            {"party": one.party, "from": one.starts_on.isoformat(), "to": _last(one.ends_on)}
            for one in answer.responsible
        ],
        "handover": _handover(answer),
        "duties": [_duty(duty, day, say_once) for duty in answer.duties],
    }


def _clock(answer: Answer) -> Out:
    clock = answer.clock
    return {
        "hours": float(clock.hours),
        "weekdays": clock.weekdays,
        "months": float(clock.months),
        "reported_to": clock.reported_to,
        "running": clock.running,
        "paused_by": None if clock.paused_by is None else str(clock.paused_by),
    }


def _eligible(answer: Answer) -> Out | None:
    if answer.eligible is None:
        return None
    return {
        "yes": answer.eligible.yes,
        "criteria": [
            {"name": one.name, "ok": one.ok, "value": one.value, "source": one.source}
            for one in answer.eligible.criteria
        ],
    }


def _handover(answer: Answer) -> Out | None:
    handover = answer.handover
    if handover is None:
        return None
    return {
        "on": handover.on.isoformat(),
        "rule": handover.rule,
        "forecast": handover.forecast,
    }


def _duty(duty: Duty, day: date, say: Say) -> Out:
    due_on, latest_on = duty.due_on, duty.latest_on
    due = None if due_on is None else due_on.isoformat()
    return {
        "rule": duty.rule,
        "kind": duty.kind,
        "ordinal": duty.ordinal,
        "responsible": duty.responsible,
        "with": duty.with_party,
        "opens_on": _iso(duty.opens_on),
        "due_on": due,
        "latest_on": due if latest_on == due_on else _iso(latest_on),
        "basis": duty.basis,
        "state": duty.state_on(day),
        "met_on": _iso(duty.met_on),
        "because": say(duty.because),
        "notes": [say(note) for note in duty.notes],
        "certain": duty.certain,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _last(ends_on: date | None) -> str | None:
    """The last day of a half-open run of days: every period of the contract includes both."""
    return None if ends_on is None else (ends_on - ONE_DAY).isoformat()
