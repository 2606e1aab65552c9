"""The interviews of a course as rows of the guide: what could move each, and what cannot."""

from datetime import date

from agreements.interview_rows import rows_of
from agreements.preview import weeks_of
from law.agreements import LO_COPENHAGEN_2009

IN_2009, IN_2026 = date(2009, 9, 1), date(2026, 11, 2)


def test_in_2009_the_first_interviews_and_the_hand_over_are_agreed() -> None:
    rows = rows_of(weeks_of(LO_COPENHAGEN_2009, starts_on=IN_2009))

    agreed = [(one.rule, one.to_week) for one in rows if one.agreed]
    assert ("R09-10", "26") in agreed
    assert [rule for rule, _week in agreed].count("R09-02") == 2


def test_in_2026_nothing_can_be_moved_and_each_row_names_its_rule_and_source() -> None:
    rows = rows_of(weeks_of(LO_COPENHAGEN_2009, starts_on=IN_2026))

    assert rows
    assert not any(one.terms or one.agreed for one in rows)
    assert all(one.rule and one.source for one in rows)


def test_a_term_that_is_written_wrongly_marks_what_hangs_on_it() -> None:
    weeks = weeks_of(LO_COPENHAGEN_2009, starts_on=IN_2009)

    marked = {one.rule for one in rows_of(weeks, wrong=["window_weeks"]) if one.wrong}

    assert marked == {"R09-02", "R09-10"}
