"""Which days a series has and which times a day, by hand-made calendars."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from slots.series import days_of, times_of

TUESDAY = date(2026, 9, 22)
DAY = timedelta(1)


def said(days):
    return [f"{one.day}.{one.month}." for one in days]


def clocks(day, **said):
    words = {"minutes": 45, "pause": 0, "lunch": None} | said
    found = times_of(day, (time(9), time(12)), **words)
    return [f"{timezone.localtime(start):%H.%M}" for start, _end in found]


@pytest.mark.parametrize(
    ("repeats", "expected"),
    [
        ("once", ["22.9."]),
        ("weekly", ["22.9.", "29.9.", "6.10.", "13.10.", "20.10."]),
        ("fortnightly", ["22.9.", "6.10.", "20.10."]),
        ("monthly", ["22.9."]),
    ],
)
def test_a_series_has_the_days_of_its_weekday(repeats, expected):
    assert said(days_of(repeats, TUESDAY, date(2026, 10, 21))) == expected


def test_a_monthly_series_keeps_its_place_in_the_month():
    assert said(days_of("monthly", TUESDAY, date(2027, 1, 1))) == [
        "22.9.", "27.10.", "24.11.", "22.12.",
    ]  # fmt: skip


def test_the_fifth_weekday_stands_for_the_last():
    found = said(days_of("monthly", date(2026, 9, 29), date(2026, 12, 31)))
    assert found == ["29.9.", "27.10.", "24.11.", "29.12."]


def test_times_follow_each_other_with_a_pause_and_end_in_time():
    assert clocks(TUESDAY) == ["09.00", "09.45", "10.30", "11.15"]
    assert clocks(TUESDAY, pause=15) == ["09.00", "10.00", "11.00"]


def test_no_time_runs_into_the_break():
    assert clocks(TUESDAY, lunch=(time(10), time(10, 30))) == ["09.00", "10.30", "11.15"]


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_clocks_are_those_of_denmark_when_the_hour_changes(day):
    for one in (day - DAY, day, day + DAY):
        assert clocks(one) == ["09.00", "09.45", "10.30", "11.15"]
