"""Readings of the timeline contract, worked out by hand: a course in, what it must answer."""

import json
from pathlib import Path

import pytest

from law.contract import BadInput, as_json, read_course
from law.timeline import answer

LINES = Path(__file__).with_name("readings.jsonl").read_text(encoding="utf-8").splitlines()
READINGS = [json.loads(line) for line in LINES]
ANSWERED = [one for one in READINGS if "answer" in one]
REFUSED = [one for one in READINGS if "refused" in one]


def selected(answered: dict, asked_for: dict) -> dict:
    """What a reading speaks of: whole answers, some of their fields, or a duty's by rule/ordinal."""
    found = answered | {f"{duty['rule']}/{duty['ordinal']}": duty for duty in answered["duties"]}
    return {name: _fields(found.get(name), wanted) for name, wanted in asked_for.items()}


def _fields(value, wanted):
    if isinstance(value, dict) and isinstance(wanted, dict):
        return {name: value[name] for name in wanted}
    return value


@pytest.mark.parametrize("reading", ANSWERED, ids=lambda one: one["reading"])
def test_a_course_is_answered_as_the_contract_reads(reading):
    answered = as_json(answer(read_course(reading["course"])))

    assert selected(answered, reading["answer"]) == reading["answer"]


@pytest.mark.parametrize("reading", REFUSED, ids=lambda one: one["reading"])
def test_bad_input_is_refused_with_the_field_and_what_is_wrong(reading):
    with pytest.raises(BadInput) as refused:
        read_course(reading["course"])

    assert str(refused.value) == reading["refused"]
