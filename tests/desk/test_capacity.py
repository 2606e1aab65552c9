"""Whether there are places for what falls due, counted by hand."""

from datetime import date, timedelta

from meetings.capacity import Places, days_ahead, short_of_places, without_place

MONDAY = date(2026, 11, 23)


def day(n: int) -> date:
    return MONDAY + timedelta(n)


def test_ten_working_days_lie_ahead_and_no_weekend_among_them() -> None:
    days = days_ahead(MONDAY)

    assert (days[0], days[4], days[5], len(days)) == (MONDAY, day(4), day(7), 10)


def test_places_that_one_day_leaves_help_the_next() -> None:
    due = [(MONDAY, 1), (day(1), 3)]

    assert short_of_places(due, Places(a_day=2), on=MONDAY) == {}
    assert short_of_places([*due, (day(1), 1)], Places(a_day=2), on=MONDAY) == {day(1): 1}


def test_booked_interviews_take_their_places_first() -> None:
    places = Places(a_day=2, booked={MONDAY: 2, day(1): 5})

    assert short_of_places([(MONDAY, 1), (day(1), 1)], places, on=MONDAY) == {MONDAY: 1, day(1): 1}


def test_what_falls_due_in_the_weekend_must_be_held_by_friday() -> None:
    assert short_of_places([(day(5), 6)], Places(a_day=1), on=MONDAY) == {day(4): 1}


def test_the_last_of_a_day_are_those_without_a_place() -> None:
    rows = [(1, MONDAY), (2, MONDAY), (3, day(1)), (4, day(5)), (5, day(6))]

    assert without_place(rows, {MONDAY: 1, day(4): 1}) == [2, 5]
