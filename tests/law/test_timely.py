"""Examples 15 and 26, and the information deadline of example 5."""

from datetime import date

import pytest

from law.facts import Terms
from law.timely import (
    TRIAL_EXEMPTION,
    agreement_ends_on,
    exemption_on,
    information_due_on,
    sickness_talk_due_on,
    trial_ends_on,
)
from law.uncertain import Parameters
from law.vocabulary import Insurance

OLE = {
    (2022, 3): 120.00,
    (2022, 4): 80.00,
    (2022, 5): 0,
    (2022, 6): 0,
    (2022, 7): 0,
    (2022, 8): 0,
    (2022, 9): 150.00,
    (2022, 10): 100.00,
}


def test_case_15_leaves_the_trial_at_the_end_of_the_month_that_passes_410_hours():
    assert trial_ends_on(OLE) == date(2022, 10, 31)


def test_case_15_part_time_leaves_at_333_hours():
    assert trial_ends_on(OLE, Insurance.PART_TIME) == date(2022, 9, 30)


def test_case_15_stays_in_the_trial_through_the_job_with_exemption_75():
    ends = trial_ends_on(OLE)
    assert TRIAL_EXEMPTION == 75
    assert exemption_on(date(2022, 7, 1), date(2022, 3, 1), ends) == 75
    assert exemption_on(date(2022, 10, 31), date(2022, 3, 1), ends) == 75
    assert exemption_on(date(2022, 11, 1), date(2022, 3, 1), ends) is None


def test_case_15_a_move_ends_the_trial_at_once():
    assert trial_ends_on(OLE, left_out_on=date(2022, 5, 10)) == date(2022, 5, 9)
    assert trial_ends_on(OLE, left_out_on=date(2022, 12, 1)) == date(2022, 10, 31)


def test_the_trial_has_no_end_before_the_hours_are_paid():
    assert trial_ends_on({(2022, 3): 160.33}) is None


def test_exactly_410_hours_stay_unless_the_parameter_says_otherwise():
    exactly = {(2022, 3): 160.33, (2022, 4): 160.33, (2022, 5): 89.34}
    assert trial_ends_on(exactly) is None
    assert trial_ends_on(exactly, parameters=Parameters(handover_strict=False)) == date(2022, 5, 31)


@pytest.mark.parametrize(
    ("notice_on", "ends_on"),
    [
        (date(2024, 3, 15), date(2024, 4, 15)),
        (date(2024, 1, 31), date(2024, 2, 29)),
        (date(2025, 7, 10), date(2025, 8, 1)),
    ],
)
def test_case_26_notice_of_a_month_is_clamped_and_never_passes_the_term(notice_on, ends_on):
    assert agreement_ends_on(notice_on, 1, date(2025, 8, 1)) == ends_on


def test_case_26_an_open_agreement_ends_by_notice_alone():
    assert agreement_ends_on(date(2025, 7, 10), 1, None) == date(2025, 8, 10)
    terms = Terms(date(2023, 8, 1), ("dfh",), ("101",), in_force_to=date(2025, 8, 1))
    assert agreement_ends_on(date(2025, 7, 1), 1, terms.in_force_to) == terms.in_force_to


def test_case_5_the_municipality_is_told_within_a_week_of_the_talk():
    assert sickness_talk_due_on(date(2010, 2, 1)) == date(2010, 3, 1)
    assert information_due_on(date(2010, 2, 24)) == date(2010, 3, 3)
