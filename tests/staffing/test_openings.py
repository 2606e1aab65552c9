"""Open spans of a day: the hours a clock shows, whatever summer time does to it."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from hypothesis import example, given, settings
from hypothesis import strategies as st

from staffing.openings import (
    COPENHAGEN,
    OFFICE_HOURS,
    common,
    first_moment,
    last_moment,
    less,
    lies_within,
    merged,
    openings,
    whole_day,
)

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)  # 02 is skipped; 02 comes twice
MINUTE = timedelta(minutes=1)
START = datetime(2026, 10, 24, 22, tzinfo=UTC)

days = st.dates(date(2026, 1, 1), date(2027, 12, 31)) | st.sampled_from([SPRING, AUTUMN])
clocks = st.times(max_value=time(23, 59)).map(lambda one: one.replace(second=0, microsecond=0))
hours = st.lists(st.tuples(clocks, clocks).filter(lambda pair: pair[0] < pair[1]), max_size=3)
spans = st.lists(
    st.tuples(st.integers(0, 120), st.integers(0, 60)).map(
        lambda pair: (START + pair[0] * MINUTE, START + sum(pair) * MINUTE)
    ),
    max_size=6,
)  # fmt: skip


def minutes_of(some):
    return {start + n * MINUTE for start, end in some for n in range((end - start) // MINUTE)}


@lru_cache(maxsize=8)
def clock_of(day):
    """What the clock shows at each minute of a day."""
    begins, closes = whole_day(day)
    every = (begins + n * MINUTE for n in range((closes - begins) // MINUTE))
    return {one: one.astimezone(COPENHAGEN).time() for one in every}


def minutes_by_the_clock(day, starts, ends):
    """From the first minute that shows the start to the last that shows less than the end."""
    shown = clock_of(day)
    first = next((one for one in shown if shown[one] >= starts), None)
    last = next((one for one in reversed(shown) if shown[one] < ends), None)
    if first is None or last is None:
        return set()
    return {one for one in shown if first <= one <= last}


@settings(max_examples=40)
@given(days, hours)
@example(SPRING, [(time(2, 30), time(6))])
@example(SPRING, [(time(1), time(2, 30))])
@example(AUTUMN, [(time(2, 30), time(6))])
@example(AUTUMN, [(time(1), time(2, 30))])
def test_openings_are_what_somebody_who_watches_the_clock_would_say(day, said):
    expected = set()
    for starts, ends in said:
        expected |= minutes_by_the_clock(day, starts, ends)
    assert minutes_of(openings(day, said)) == expected


def test_a_day_has_23_24_or_25_hours():
    lengths = [whole_day(day) for day in (SPRING, date(2026, 6, 1), AUTUMN)]
    assert [(end - start) // timedelta(hours=1) for start, end in lengths] == [23, 24, 25]


def test_an_hour_that_comes_twice_is_begun_at_the_first_and_ended_at_the_second():
    assert last_moment(AUTUMN, time(2, 30)) - first_moment(AUTUMN, time(2, 30)) == timedelta(
        hours=1
    )
    assert first_moment(SPRING, time(2, 30)) == last_moment(SPRING, time(2, 30))
    assert f"{first_moment(SPRING, time(2, 30)).astimezone(COPENHAGEN):%H.%M}" == "03.00"


def test_office_hours_break_for_lunch():
    shown = [
        f"{start.astimezone(COPENHAGEN):%H.%M}–{end.astimezone(COPENHAGEN):%H.%M}"
        for start, end in openings(date(2026, 11, 23), OFFICE_HOURS)
    ]
    assert shown == ["08.00–12.00", "12.30–16.00"]


@given(spans, spans)
def test_sums_over_spans_are_those_over_minutes(some, others):
    assert minutes_of(merged(some)) == minutes_of(some)
    assert minutes_of(less(some, others)) == minutes_of(some) - minutes_of(others)
    assert minutes_of(common(some, others)) == minutes_of(some) & minutes_of(others)


@given(spans, st.tuples(st.integers(0, 100), st.integers(1, 30)))
def test_a_span_lies_within_others_when_all_its_minutes_do(some, pair):
    span = (START + pair[0] * MINUTE, START + sum(pair) * MINUTE)
    assert lies_within(span, merged(some)) == (minutes_of([span]) <= minutes_of(some))
