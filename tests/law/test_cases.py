"""The worked examples, through the contract and back."""

import json

import pytest

from law.acts import RULES
from law.cases import CASES
from law.contract import as_json, read_course
from law.timeline import answer


def timeline(course) -> dict:
    return as_json(answer(read_course(json.loads(json.dumps(course)))))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.number)
def test_the_worked_example_comes_out_as_written(case):
    answered = timeline(case.course)
    duties = {(duty["rule"], duty["ordinal"]): duty for duty in answered["duties"]}
    for row in case.duties:
        duty = duties[row.rule, row.ordinal]
        assert {key: duty[key] for key in row.values} == row.values, (row.rule, row.ordinal)
    assert {key: answered[key] for key in case.answer} == case.answer
    assert not {duty["rule"] for duty in answered["duties"]} & set(case.absent)


def test_every_rule_has_a_worked_example():
    assert {row.rule for case in CASES for row in case.duties} == set(RULES)


def test_the_rules_are_those_of_the_contract():
    assert set(RULES) == {
        *("R09-02", "R09-03", "R09-04", "R09-05", "R09-07"),
        *("R15-01", "R15-02", "R15-05", "R15-06", "R15-07", "R15-08", "R15-09"),
        *("R20-01", "R20-02", "R20-03", "R20-04", "R20-06", "R20-09", "R20-12"),
        *("R24-01", "R24-02", "R24-03", "R24-04", "R24-07"),
        *("R26-03", "R26-04", "R26-05", "R26-07"),
    }


def test_every_number_from_1_to_20_has_an_example_except_15_which_has_its_own_function():
    numbers = {
        int("".join(filter(str.isdigit, case.number.split(" ")[0])))
        for case in CASES
        if case.number[0].isdigit()
    }
    assert set(range(1, 21)) - numbers == {15}
