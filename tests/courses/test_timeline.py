"""The picture of a course: where days lie, and that no label touches another or leaves it."""

from datetime import date, timedelta
from itertools import combinations

import pytest
import time_machine
from django.utils import timezone

from courses.access import viewer_of
from courses.actions import facts
from courses.course_page import course_page
from courses.course_rows import read_course
from courses.timeline_scale import (
    LEFT,
    RIGHT,
    Lanes,
    Scale,
    label_span,
    months_between,
    text_width,
)
from courses.timeline_strip import strip_of
from tests.courses.course_world import NOW, make_world
from tests.factories import moment

SCALE = Scale(date(2026, 1, 1), date(2026, 12, 31))


class TestDays:
    def test_begin_left_and_end_right(self):
        assert SCALE.x(SCALE.first) == LEFT
        assert SCALE.x(SCALE.last) == RIGHT

    def test_lie_in_order_and_inside(self):
        places = [SCALE.x(SCALE.first + timedelta(n)) for n in range(-30, 400, 7)]
        assert places == sorted(places)
        assert min(places) == LEFT
        assert max(places) == RIGHT


def test_months_begin_on_their_first_day_and_stay_inside():
    days = list(months_between(date(2026, 11, 22), date(2027, 3, 1), every=1))
    assert days == [date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]


class TestLabels:
    def test_begin_where_the_thing_begins(self):
        assert label_span(20, "short") == ((20, 20 + text_width("short")), "start")

    def test_end_with_the_thing_where_they_would_leave_the_picture(self):
        (left, right), anchor = label_span(97, "a rather long name", until=98)
        assert anchor == "end"
        assert right == 98
        assert left < 97


class TestLanes:
    def test_take_what_does_not_touch_on_one_line(self):
        lanes = Lanes()
        assert [lanes.place(span) for span in ((0, 10), (20, 30), (12, 18))] == [0, 0, 0]

    def test_begin_another_line_for_what_would_touch(self):
        lanes = Lanes()
        spans = ((0, 10), (5, 15), (10.5, 20), (16, 30), (10.9, 15.1))
        assert [lanes.place(span) for span in spans] == [0, 1, 2, 0, 0]


@pytest.mark.django_db
class TestAPicture:
    @pytest.fixture(
        params=[
            date(2009, 9, 7),
            date(2015, 9, 7),
            date(2021, 9, 6),
            date(2024, 3, 4),
            date(2026, 7, 6),
        ],
        ids=lambda day: str(day.year),
    )
    def strip(self, request):
        with time_machine.travel(moment(request.param + timedelta(140), 9), tick=False):
            return drawn(make_world(request.param), away_from=request.param + timedelta(30))

    def test_has_no_label_on_another(self, strip):
        for row in strip.rows:
            apart(row.labels)
        apart(strip.weeks)
        apart(strip.months)
        apart([one for one in strip.bar.labels if one.tone == "quiet"])

    def test_has_no_label_outside(self, strip):
        every = [*strip.weeks, *strip.months, *strip.bar.labels]
        every += [label for row in strip.rows for label in row.labels]
        for label in every:
            left, right = span(label)
            assert left >= LEFT - 0.1, label
            assert right <= 100.9, label

    def test_stands_still_where_the_clock_does(self, strip):
        assert len(strip.pauses) >= 1
        assert sum(box.tone == "run" for box in strip.bar.boxes) >= 2

    def test_says_in_its_list_what_it_shows(self, strip):
        windows = sum(len(row.edges) for row in strip.rows)
        assert len(strip.steps) >= windows
        assert [step.day for step in strip.steps] == sorted(step.day for step in strip.steps)


@pytest.mark.django_db
def test_a_pause_pushes_the_weeks_to_the_right():
    with time_machine.travel(NOW, tick=False):
        world = make_world(date(2026, 9, 7))
        before = places(drawn(world))
        after = places(drawn(world, away_from=date(2026, 9, 21)))
    same = set(before) & set(after) - {"week 0", "uge 0"}
    assert same
    assert all(after[week] > before[week] for week in same if week.isdigit() and int(week) > 2)


def drawn(world, away_from=None):
    """The picture as the a-kasse's consultant sees it, with a fortnight's job where it is asked."""
    if away_from:
        facts.record_absence(
            course=world.course,
            kind="job",
            starts_on=away_from,
            ends_on=away_from + timedelta(14),
            by=world.consultant,
        )
    user = world.consultant
    on = timezone.localdate()
    read = read_course(world.course.pk, user=user, on=on)
    page = course_page(read, viewer=viewer_of(user, read.course, on=on), at=moment(on, 9))
    return strip_of(page)


def places(strip):
    return {label.text: float(label.x.rstrip("%")) for label in strip.weeks}


def span(label):
    x, width = float(label.x.rstrip("%")), text_width(label.text)
    return {
        "start": (x, x + width),
        "middle": (x - width / 2, x + width / 2),
        "end": (x - width, x),
    }[label.anchor]


def apart(labels):
    for one, other in combinations(labels, 2):
        (left, right), (other_left, other_right) = span(one), span(other)
        assert one.y != other.y or right <= other_left or other_right <= left, (one, other)
