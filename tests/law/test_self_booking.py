"""Case 22: a deadline for booking, met, missed, closed; and who may book what, by the day."""

from datetime import date

import pytest

from law.self_booking import (
    Booking,
    Deadline,
    Missed,
    Standing,
    State,
    may_self_book,
    self_booking,
    standing,
    table,
)
from law.uncertain import Parameters
from law.vocabulary import MeetingKind, Party

SET, BY = date(2017, 11, 1), date(2017, 11, 10)  # Friday
AFTER = date(2017, 11, 11)
ROW = self_booking(MeetingKind.JOB, Party.JOBCENTRE, on=BY)


def stood(on: date, **known) -> Standing:
    return standing(ROW, Deadline(SET, BY), on=on, **known)


def test_case_22_a_booking_on_the_day_before_meets_the_deadline():
    booked = [Booking(date(2017, 11, 9))]

    for on in (date(2017, 11, 9), BY, AFTER):
        assert stood(on, bookings=booked) == Standing(State.MET, date(2017, 11, 9))
    assert stood(date(2017, 11, 8), bookings=booked).state is State.OPEN


def test_case_22_nothing_booked_is_missed_and_by_the_rules_de_registered_from_saturday():
    assert stood(BY) == Standing(State.OPEN, SET)
    assert stood(AFTER) == Standing(State.MISSED, AFTER, deregistered_from=AFTER)
    assert (ROW.missed, ROW.missed_rule) == (Missed.DEREGISTERED, "R15-13")


def test_case_22_a_re_registration_gets_a_deadline_of_its_own():
    again = standing(ROW, Deadline(date(2017, 11, 14), date(2017, 11, 21)), on=AFTER)

    assert again.state is State.OPEN


def test_case_22_an_exemption_two_days_before_closes_the_deadline():
    closed = stood(AFTER, closed_on=date(2017, 11, 8))

    assert closed == Standing(State.CLOSED, date(2017, 11, 8))
    assert stood(AFTER, closed_on=AFTER).state is State.MISSED


def test_the_last_day_is_in_time_and_the_day_after_is_not():
    assert stood(AFTER, bookings=[Booking(BY)]).state is State.MET
    assert stood(AFTER, bookings=[Booking(AFTER)]).state is State.MISSED


def test_a_time_given_back_within_the_deadline_leaves_it_open_for_another():
    back = Booking(date(2017, 11, 6), given_back_on=date(2017, 11, 8))

    assert stood(date(2017, 11, 7), bookings=[back]).state is State.MET
    assert stood(date(2017, 11, 8), bookings=[back]).state is State.OPEN
    assert stood(AFTER, bookings=[back]).state is State.MISSED
    assert stood(AFTER, bookings=[back, Booking(BY)]).state is State.MET


def test_a_time_given_back_after_the_deadline_had_met_it():
    back = Booking(date(2017, 11, 6), given_back_on=AFTER)

    assert stood(AFTER, bookings=[back]).state is State.MET


def test_since_2024_who_does_not_book_is_summoned_and_stays_registered():
    row = self_booking(MeetingKind.JOB, Party.JOBCENTRE, on=date(2026, 9, 21))
    missed = standing(row, Deadline(SET, BY), on=AFTER)

    assert (row.rule, row.missed, row.missed_rule) == ("R24-11", Missed.SUMMONED, "R24-09")
    assert missed == Standing(State.MISSED, AFTER, deregistered_from=None)


@pytest.mark.parametrize("on", [date(2023, 11, 1), date(2024, 2, 1)])
def test_the_day_of_the_release_is_a_parameter(on):
    """A draft of the release named 1 February 2024; the texts seen name no day (Q19)."""
    later = table(Parameters(joint_self_booking_from=date(2024, 2, 1)))
    joint = self_booking(MeetingKind.JOINT, Party.JOBCENTRE, on=on, rows=later)
    is_after = on >= date(2024, 2, 1)

    assert joint.rule == ("R24-11" if is_after else "R15-12")
    assert joint.allowed is is_after
    assert "Q19" in joint.questions
    assert may_self_book(MeetingKind.JOINT, Party.JOBCENTRE, on=date(2024, 1, 2))
