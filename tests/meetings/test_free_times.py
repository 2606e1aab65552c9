"""Free times: within the duty's days and the office's hours, and no two at once."""

from datetime import date, time, timedelta
from itertools import pairwise

import pytest

from meetings.free_times import Hours, Wish, free_times, some_times
from staffing.openings import openings
from tests.factories import moment

MONDAY = date(2026, 9, 21)
NEXT_MONDAY = MONDAY + timedelta(7)
DAY = timedelta(1)


def hours(**changed) -> Hours:
    return Hours(**{"first_on": NEXT_MONDAY, "minutes": 45, "pause": 15} | changed)


def span(day, start, end):
    return (moment(day, start), moment(day, end))


def one_time(wish, **changed):
    return free_times([wish], hours(**changed), on=MONDAY)[wish.key]


def test_one_after_another_with_pauses_and_a_lunch_break():
    found = free_times([Wish(n, citizen=n) for n in range(8)], hours(), on=MONDAY)
    clocks = [f"{one:%H.%M}" for one in found.values()]
    assert clocks == ["08.00", "09.00", "10.00", "11.00", "12.30", "13.30", "14.30", "08.00"]
    assert {one.date() for one in found.values()} == {NEXT_MONDAY, NEXT_MONDAY + DAY}


def test_the_same_question_has_the_same_answer():
    wishes = [Wish(n, citizen=n % 3) for n in range(20)]
    assert free_times(wishes, hours(), on=MONDAY) == free_times(wishes, hours(), on=MONDAY)


@pytest.mark.parametrize("minutes", [15, 30, 45, 60, 90])
def test_no_two_of_a_hundred_collide(minutes):
    wishes = [Wish(n, citizen=n % 40) for n in range(100)]
    busy = [span(NEXT_MONDAY, 9, 10), span(NEXT_MONDAY + DAY, 8, 16)]
    found = free_times(wishes, hours(minutes=minutes, busy=busy), on=MONDAY)
    times = [(one, one + timedelta(minutes=minutes)) for one in found.values()] + busy
    times.sort()
    assert len(found) == 100
    assert all(end <= start for (_, end), (start, _) in pairwise(times))


def test_the_worker_the_room_and_the_citizen_are_each_left_in_peace():
    wish = Wish(1, busy=[span(NEXT_MONDAY, 10, 11)])
    found = one_time(
        wish, busy=[span(NEXT_MONDAY, 8, 9)], room_busy=[span(NEXT_MONDAY, 9, 10)], pause=0
    )
    assert found == moment(NEXT_MONDAY, 11)


def test_two_interviews_of_one_citizen_do_not_collide_either():
    found = free_times([Wish(1, citizen=7), Wish(2, citizen=7)], hours(pause=0), on=MONDAY)
    assert found[2] - found[1] == timedelta(minutes=45)


def test_not_before_the_duty_opens():
    opens = NEXT_MONDAY + timedelta(10)
    assert one_time(Wish(1, opens_on=opens)).date() == opens


def test_a_near_deadline_is_met_with_the_longest_notice_that_is_left():
    assert one_time(Wish(1, last_on=MONDAY + timedelta(3))).date() == MONDAY + timedelta(3)
    # the deadline is a Sunday: the Friday before it
    assert one_time(Wish(1, last_on=MONDAY + timedelta(6))).date() == MONDAY + timedelta(4)


def test_never_today_nor_before():
    assert one_time(Wish(1, last_on=MONDAY)).date() == NEXT_MONDAY  # as good as late
    tomorrow = MONDAY + DAY
    assert one_time(Wish(1), first_on=MONDAY - timedelta(3)).date() == tomorrow


def test_a_late_duty_takes_the_first_time():
    assert one_time(Wish(1, last_on=MONDAY - timedelta(9))) == moment(NEXT_MONDAY, 8)


def test_nothing_is_found_where_all_days_until_the_deadline_are_taken():
    away = [(MONDAY, NEXT_MONDAY + timedelta(7))]
    assert one_time(Wish(1, last_on=NEXT_MONDAY + timedelta(2), away=away)) is None


def test_an_absence_is_waited_for_and_one_without_an_end_is_no_use_to_wait_for():
    back = NEXT_MONDAY + timedelta(9)
    assert one_time(Wish(1, away=[(MONDAY, back)])).date() == back
    assert one_time(Wish(1, away=[(MONDAY, None)])) is None


def test_nothing_on_or_after_the_end_of_the_course():
    assert one_time(Wish(1, before=MONDAY + DAY)) is None
    assert one_time(Wish(1, before=NEXT_MONDAY)).date() == NEXT_MONDAY - timedelta(3)
    assert one_time(Wish(1, before=NEXT_MONDAY + DAY)).date() == NEXT_MONDAY


def test_weekends_and_public_holidays_are_passed_over():
    christmas = date(2026, 12, 24)
    found = free_times(
        [Wish(1, opens_on=christmas + DAY)], hours(first_on=christmas), on=date(2026, 12, 1)
    )
    assert found[1].date() == date(2026, 12, 28)


def test_a_worker_has_no_more_interviews_a_day_than_agreed():
    busy = [span(NEXT_MONDAY, 14, 15)]
    wishes = [Wish(n, citizen=n) for n in range(3)]
    found = free_times(wishes, hours(busy=busy, most_a_day=2), on=MONDAY)
    assert [one.date() for one in found.values()] == [
        NEXT_MONDAY, NEXT_MONDAY + DAY, NEXT_MONDAY + DAY,
    ]  # fmt: skip


def test_the_first_day_may_begin_later_than_the_others():
    wishes = [Wish(n, citizen=n) for n in range(3)]
    found = free_times(wishes, hours(first_at=time(14)), on=MONDAY)
    assert [f"{one:%d. %H.%M}" for one in found.values()] == ["28. 14.00", "28. 15.00", "29. 08.00"]


def test_a_few_times_to_choose_among_lie_on_days_of_their_own():
    found = some_times(Wish(1), hours(busy=[span(NEXT_MONDAY, 8, 16)]), on=MONDAY, count=3)
    assert [one.date() for one in found] == [NEXT_MONDAY + timedelta(n) for n in (1, 2, 3)]


def test_summer_time_changes_no_clock():
    found = free_times([Wish(1)], hours(first_on=date(2026, 10, 26)), on=date(2026, 10, 20))
    assert f"{found[1]:%H.%M}" == "08.00"


def test_times_lie_in_the_hours_that_are_open():
    def open_on(day):
        return openings(day, [(time(9, 10), time(10)), (time(14), time(15, 30))])

    found = free_times(
        [Wish(n, citizen=n) for n in range(3)], hours(pause=0, open_on=open_on), on=MONDAY
    )
    assert [f"{one:%d. %H.%M}" for one in found.values()] == ["28. 09.15", "28. 14.00", "28. 14.45"]
