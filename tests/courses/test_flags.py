"""A duty that is due soon or late has one open flag that carries the day it became so."""

from datetime import date, timedelta

import pytest

from courses.flagging import sweep, sweep_changed
from courses.models import ChangedCourse, Duty, Flag, Sweep
from tests.factories import CourseFactory, DutyFactory, FlagFactory, UserFactory

pytestmark = pytest.mark.django_db
DUE = date(2026, 10, 5)  # a Monday
LATE = date(2026, 10, 6)
SOON = date(2026, 9, 28)  # five working days before the last timely day
DAY = timedelta(1)


def swept(*, on):
    """What a sweep wrote, and what is open after it."""
    done = sweep(on=on)
    assert done.errors == []
    return done.raised, done.resolved, done.open


def flags(duty):
    """The flags of a duty, oldest first: stage, the day it became so, how it was resolved."""
    return list(duty.flags.order_by("pk").values_list("stage", "became_on", "resolution"))


def changed(duty, **columns):
    """The law says something else of a duty: its row changes and its course is marked."""
    Duty.objects.filter(pk=duty.pk).update(**columns)
    ChangedCourse.objects.get_or_create(course=duty.course)


def none_open():
    return {"due_soon": 0, "overdue": 0}


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (SOON - DAY, []),
        (SOON, [("due_soon", SOON, "")]),
        (DUE, [("due_soon", SOON, "")]),
        (LATE, [("overdue", LATE, "")]),
        (LATE + 100 * DAY, [("overdue", LATE, "")]),
    ],
)
def test_the_first_sweep_flags_each_duty_by_the_day(on, expected):
    duty = DutyFactory(due_on=DUE)
    sweep(on=on)
    assert flags(duty) == expected


def test_a_flags_life_night_by_night_from_soon_to_late_to_held():
    duty = DutyFactory(due_on=DUE)
    assert swept(on=SOON - DAY) == (0, 0, none_open())
    assert swept(on=SOON) == (1, 0, {"due_soon": 1, "overdue": 0})
    assert swept(on=DUE) == (0, 0, {"due_soon": 1, "overdue": 0})
    assert swept(on=LATE) == (1, 1, {"due_soon": 0, "overdue": 1})
    changed(duty, outcome="late", met_on=LATE + DAY, late_from=None, soon_from=None)
    assert swept(on=LATE + DAY) == (0, 1, none_open())
    assert flags(duty) == [("due_soon", SOON, "overtaken"), ("overdue", LATE, "held")]


def test_missed_nights_are_caught_up_with_the_day_it_became_late():
    late, soon, later = (DutyFactory(due_on=DUE + n * DAY) for n in (0, 21, 60))
    sweep(on=SOON - 7 * DAY)
    sweep(on=LATE + 15 * DAY)
    assert flags(late) == [("overdue", LATE, "")]
    assert flags(soon) == [("due_soon", date(2026, 10, 19), "")]
    assert flags(later) == []


def test_catching_up_comes_to_the_same_as_every_night():
    due = [DUE + n * DAY for n in range(0, 40, 3)]
    nightly, caught_up = CourseFactory(), CourseFactory()
    for day in due:
        DutyFactory(course=nightly, due_on=day)
    for on in range(50):
        sweep(on=SOON + on * DAY)
    Sweep.objects.update(swept_on=SOON)
    for day in due:
        DutyFactory(course=caught_up, due_on=day)
    sweep(on=SOON + 49 * DAY)
    assert _open_days(caught_up) == _open_days(nightly)


def _open_days(course):
    return list(course.flags.open().order_by("became_on").values_list("stage", "became_on"))


def test_a_day_before_the_last_sweep_only_reports():
    duty = DutyFactory(due_on=DUE)
    sweep(on=LATE)
    done = sweep(on=SOON)
    assert (done.only_reported, done.raised, done.resolved) == (True, 0, 0)
    assert done.open == {"due_soon": 1, "overdue": 0}
    assert flags(duty) == [("overdue", LATE, "")]
    assert Sweep.objects.get().swept_on == LATE


@pytest.mark.parametrize(
    ("now_says", "resolution"),
    [
        ({"outcome": "met", "met_on": DUE}, "held"),
        ({"outcome": "late", "met_on": LATE}, "held"),
        ({"outcome": "lapsed"}, "lapsed"),
        ({"outcome": "withdrawn"}, "lapsed"),
        ({"outcome": "not_required"}, "lapsed"),
        ({"outcome": "voluntary"}, "lapsed"),
    ],
)
def test_a_flag_is_resolved_when_nothing_is_owed_any_more(now_says, resolution):
    duty = DutyFactory(due_on=DUE)
    sweep(on=LATE)
    changed(duty, late_from=None, soon_from=None, **now_says)
    sweep_changed(on=LATE)
    assert flags(duty) == [("overdue", LATE, resolution)]


def test_a_correction_that_moves_the_deadline_takes_the_flag_away():
    duty = DutyFactory(due_on=DUE)
    sweep(on=LATE)
    changed(duty, due_on=DUE + 30 * DAY, late_from=LATE + 30 * DAY, soon_from=SOON + 30 * DAY)
    sweep_changed(on=LATE)
    assert flags(duty) == [("overdue", LATE, "lapsed")]


def test_a_late_duty_whose_day_moved_is_flagged_anew_with_the_new_day():
    duty = DutyFactory(due_on=DUE)
    sweep(on=LATE + 30 * DAY)
    changed(duty, late_from=LATE + 10 * DAY)
    done = sweep_changed(on=LATE + 30 * DAY)
    assert (done.raised, done.resolved) == (1, 1)
    assert flags(duty) == [("overdue", LATE, "lapsed"), ("overdue", LATE + 10 * DAY, "")]


def test_a_moved_deadline_that_is_only_due_soon_now_leaves_one_open_flag():
    duty = DutyFactory(due_on=DUE)
    sweep(on=LATE)
    changed(duty, late_from=LATE + 3 * DAY, soon_from=SOON + 3 * DAY)
    sweep_changed(on=LATE)
    assert flags(duty) == [("overdue", LATE, "lapsed"), ("due_soon", SOON + 3 * DAY, "")]


def test_a_suspended_duty_is_not_flagged_until_the_suspension_ends():
    duty = DutyFactory(due_on=DUE, exempt_from=DUE - 10 * DAY, exempt_to=LATE + 10 * DAY)
    assert swept(on=LATE)[0] == 0
    assert swept(on=LATE + 9 * DAY)[0] == 0
    assert swept(on=LATE + 10 * DAY)[0] == 1
    assert flags(duty) == [("overdue", LATE, "")]


def test_a_suspension_that_begins_takes_the_flag_away_without_any_change_of_facts():
    duty = DutyFactory(due_on=DUE, exempt_from=LATE + 5 * DAY)
    sweep(on=LATE + 4 * DAY)
    sweep(on=LATE + 5 * DAY)
    assert flags(duty) == [("overdue", LATE, "lapsed")]


def test_a_duty_without_a_last_day_is_never_flagged():
    DutyFactory(due_on=None)
    assert swept(on=LATE) == (0, 0, none_open())


def test_an_acknowledged_flag_is_not_raised_again_and_the_duty_still_counts_as_late(acknowledged):
    assert swept(on=LATE + DAY) == (0, 0, none_open())
    changed(acknowledged.duty)
    Sweep.objects.all().delete()
    assert swept(on=LATE + 2 * DAY) == (0, 0, none_open())
    assert list(Duty.objects.late(on=LATE + 2 * DAY)) == [acknowledged.duty]


def test_an_acknowledged_flag_does_not_cover_another_day(acknowledged):
    changed(acknowledged.duty, late_from=LATE - 7 * DAY)
    sweep_changed(on=LATE)
    assert flags(acknowledged.duty) == [
        ("overdue", LATE, "acknowledged"),
        ("overdue", LATE - 7 * DAY, ""),
    ]


def test_an_acknowledged_flag_stays_so_when_the_interview_is_held(acknowledged):
    changed(acknowledged.duty, outcome="late", met_on=LATE + DAY, late_from=None, soon_from=None)
    assert swept(on=LATE + DAY) == (0, 0, none_open())
    assert flags(acknowledged.duty) == [("overdue", LATE, "acknowledged")]


@pytest.fixture
def acknowledged():
    duty = DutyFactory(due_on=DUE)
    sweep(on=LATE)
    flag = duty.flags.get()
    flag.delete()
    return FlagFactory(
        duty=duty,
        resolved_at=flag.raised_at,
        resolution="acknowledged",
        cause="illness",
        responsible_side="jobcentre",
        acknowledged_on=LATE,
        acknowledged_by=UserFactory(),
    )


def test_a_change_sweeps_the_marked_courses_alone():
    marked, other = DutyFactory(due_on=DUE), DutyFactory(due_on=DUE)
    ChangedCourse.objects.create(course=marked.course)
    done = sweep_changed(on=LATE)
    assert (done.raised, flags(marked), flags(other)) == (1, [("overdue", LATE, "")], [])
    assert not ChangedCourse.objects.exists()
    assert not Sweep.objects.exists()


def test_without_a_marked_course_a_change_costs_one_query(django_assert_num_queries):
    DutyFactory(due_on=DUE)
    with django_assert_num_queries(1):
        sweep_changed(on=LATE)


def test_a_change_before_the_day_last_swept_is_brought_up_to_that_day():
    duty = DutyFactory(due_on=DUE)
    sweep(on=LATE)
    changed(duty, outcome="met", met_on=DUE, late_from=None, soon_from=None)
    sweep_changed(on=LATE - DAY)
    assert flags(duty) == [("overdue", LATE, "held")]
    assert not ChangedCourse.objects.exists()


def test_flags_agree_with_the_state_of_each_duty_on_every_day():
    duties = [
        DutyFactory(due_on=DUE + n * DAY, exempt_from=start, exempt_to=end)
        for n in (-3, 0, 4)
        for start, end in [(None, None), (DUE, None), (DUE - DAY, DUE + 3 * DAY), (SOON, DUE)]
    ]
    for n in range(-12, 20):
        on = DUE + n * DAY
        sweep(on=on)
        late = set(Flag.objects.open().overdue().values_list("duty", flat=True))
        assert late == {d.pk for d in duties if d.state_on(on) == Duty.State.OVERDUE}, on
