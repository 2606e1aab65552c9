"""Sweeps hold: against a record that breaks them, against being asked again, against a standstill."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection

from courses import flagging
from courses.flagging import sweep, sweep_changed
from courses.models import ChangedCourse, Duty, Flag, Sweep
from tests.factories import CourseFactory, DutyFactory, FlagFactory

pytestmark = pytest.mark.django_db
DUE = date(2026, 10, 5)
LATE = date(2026, 10, 6)
DAY = timedelta(1)


def break_flags_of(duty, how):
    """The database refuses every flag of one duty."""
    with connection.cursor() as cursor:
        cursor.execute(BREAKS[how].replace("PK", str(duty.pk)))


def mend():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE courses_flag DROP CONSTRAINT IF EXISTS broken")
        cursor.execute("DROP TRIGGER IF EXISTS broken ON courses_flag")


BREAKS = {
    "check": "ALTER TABLE courses_flag ADD CONSTRAINT broken CHECK (duty_id <> PK)",
    "trigger": """
        CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'this record is broken'; END $$;
        CREATE TRIGGER broken BEFORE INSERT ON courses_flag
            FOR EACH ROW WHEN (NEW.duty_id = PK) EXECUTE FUNCTION broken()""",
    "number": """
        CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN NEW.remark = 1 / 0; RETURN NEW; END $$;
        CREATE TRIGGER broken BEFORE INSERT ON courses_flag
            FOR EACH ROW WHEN (NEW.duty_id = PK) EXECUTE FUNCTION broken()""",
}


@pytest.mark.parametrize("how", BREAKS)
@pytest.mark.parametrize("first_sweep", [True, False])
def test_a_broken_record_is_reported_and_stops_nothing(how, first_sweep):
    if not first_sweep:
        sweep(on=DUE - 30 * DAY)
    broken, *sound = [DutyFactory(due_on=DUE, ordinal=n) for n in range(1, 8)]
    beside = DutyFactory(course=broken.course, due_on=DUE, ordinal=9)
    break_flags_of(broken, how)
    done = sweep(on=LATE)
    assert [(one["course"], one["duty"]) for one in done.errors] == [
        (broken.course.case_number, "R26-02/1")
    ]
    assert done.errors[0]["message"]
    assert done.raised == 7
    assert set(Flag.objects.values_list("duty", flat=True)) == {d.pk for d in [*sound, beside]}


def test_a_broken_record_is_looked_at_again_until_it_is_mended():
    broken = DutyFactory(due_on=DUE)
    break_flags_of(broken, "check")
    assert len(sweep(on=LATE).errors) == 1
    assert len(sweep(on=LATE).errors) == 1
    mend()
    done = sweep(on=LATE)
    assert (done.raised, done.errors) == (1, [])
    assert not ChangedCourse.objects.exists()


def test_a_broken_record_of_a_marked_course_is_reported_once_by_the_first_sweep():
    broken, sound = DutyFactory(due_on=DUE), DutyFactory(due_on=DUE)
    ChangedCourse.objects.create(course=broken.course)
    ChangedCourse.objects.create(course=sound.course)
    break_flags_of(broken, "check")
    done = sweep(on=LATE)
    assert (done.raised, len(done.errors)) == (1, 1)
    assert list(ChangedCourse.objects.values_list("pk", flat=True)) == [broken.course_id]


def test_several_broken_records_among_many_are_all_found():
    duties = [DutyFactory(due_on=DUE, ordinal=n) for n in range(20)]
    broken = {duties[0].pk, duties[11].pk, duties[19].pk}
    with connection.cursor() as cursor:
        cursor.execute(
            f"ALTER TABLE courses_flag ADD CONSTRAINT broken CHECK (duty_id NOT IN {tuple(broken)})"
        )
    done = sweep(on=LATE)
    assert (done.raised, len(done.errors)) == (17, 3)
    assert not Flag.objects.filter(duty__in=broken).exists()


TABLES = ("flag", "sweep", "changedcourse", "duty", "course")


def versions():
    """Who wrote each row that a sweep could write, and where it lies."""
    found = []
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT xmin::text, ctid::text FROM courses_{table}")  # noqa: S608 (ours)
            found.append((table, cursor.fetchall()))
    return found


def test_a_second_run_writes_no_row():
    for n in range(6):
        DutyFactory(due_on=DUE + n * DAY)
    sweep(on=LATE)
    before = versions()
    again = sweep(on=LATE)
    assert (again.raised, again.resolved) == (0, 0)
    assert versions() == before


def test_a_second_comparison_of_everything_writes_no_flag():
    for n in range(6):
        DutyFactory(due_on=DUE + n * DAY)
    sweep(on=LATE)
    before = list(Flag.objects.order_by("pk").values())
    Sweep.objects.all().delete()
    assert (sweep(on=LATE).raised, list(Flag.objects.order_by("pk").values())) == (0, before)


def test_many_chunks_come_to_the_same_as_one(monkeypatch):
    for n in range(7):
        DutyFactory(due_on=DUE + n * DAY)
    monkeypatch.setattr(flagging, "CHUNK", 2)
    monkeypatch.setattr(flagging, "CHUNK_OF_ALL", 3)
    assert sweep(on=LATE).raised == 7
    ChangedCourse.objects.bulk_create(
        ChangedCourse(course_id=pk) for pk in Duty.objects.values_list("course", flat=True)
    )
    assert sweep(on=LATE + 30 * DAY).raised == 6
    assert not ChangedCourse.objects.exists()
    assert Flag.objects.open().count() == 7


def test_a_sweep_asks_a_fixed_number_of_queries(django_assert_num_queries):
    for _ in range(3):
        DutyFactory(due_on=DUE)
    with django_assert_num_queries(15):
        sweep(on=LATE)
    course = CourseFactory()
    for n in range(5):
        DutyFactory(course=course, due_on=DUE, ordinal=100 + n)
    Sweep.objects.all().delete()
    with django_assert_num_queries(15):
        sweep(on=LATE)


def test_a_sweep_that_broke_off_leaves_nothing_in_the_way_of_the_next(monkeypatch):
    DutyFactory(due_on=DUE)
    monkeypatch.setattr(flagging, "_ranges", _power_cut)
    with pytest.raises(KeyboardInterrupt):
        sweep(on=LATE)
    monkeypatch.undo()
    assert sweep(on=LATE).raised == 1


def _power_cut():
    raise KeyboardInterrupt


def test_the_database_refuses_a_flag_that_names_another_course_than_its_duty():
    FlagFactory(duty=DutyFactory(due_on=DUE), course=CourseFactory())
    with pytest.raises(IntegrityError, match="flags_name_the_course_of_their_duty"):
        connection.check_constraints()


def test_nothing_to_sweep_is_no_trouble():
    assert sweep(on=LATE).open == {"due_soon": 0, "overdue": 0}
    assert sweep_changed(on=LATE).raised == 0
