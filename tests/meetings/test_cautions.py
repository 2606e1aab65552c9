"""What a booking is warned of, one caution at a time."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from courses.models import MeetingForm, MeetingKind, Party
from meetings.cautions import booking_cautions, holding_cautions, suggested_day
from meetings.plans import Purpose
from slots.models import Pool, Slot
from staffing.models import BusySource, BusyTime, ClosingDay, Leave, WorkingHours
from tests.factories import AbsenceFactory, DutyFactory, HeldMeetingFactory, moment
from tests.meetings.conftest import DAY, DUE, TEN, TODAY, new_world


def codes(world, purpose=None, sitting=None):
    found = booking_cautions(
        world.course,
        purpose or world.joint_purpose(),
        sitting or world.sitting(),
        on=TODAY,
    )
    return [caution.code for caution in found]


def joint_duty(world, **columns):
    return DutyFactory(
        course=world.course,
        **{
            "rule": "R15-06",
            "kind": "joint",
            "responsible": "jobcentre",
            "with_party": "a_kasse",
            "due_on": DUE,
        }
        | columns,
    )


def test_a_plain_booking_is_warned_of_nothing(world):
    assert codes(world) == []


@pytest.mark.parametrize(
    ("starts_at", "said"),
    [
        (moment(date(2026, 9, 24), 10), []),
        (moment(date(2026, 9, 23), 10), ["short_notice"]),
        (moment(date(2026, 9, 18), 10), ["passed"]),
        (moment(DAY, 6, 59), ["odd_hours"]),
        (moment(DAY, 7), []),
        (moment(DAY, 17, 15), []),
        (moment(DAY, 17, 16), ["odd_hours"]),
        (moment(date(2026, 10, 3), 10), ["closed_day"]),
        (moment(DUE, 10), []),
        (moment(DUE + timedelta(1), 10), ["after_due"]),
        (moment(date(2026, 12, 25), 10), ["closed_day", "after_due"]),
    ],
)
def test_the_time_is_judged_by_notice_hour_day_and_deadline(world, starts_at, said):
    assert codes(world, sitting=world.sitting(starts_at)) == said


def said_hours(world, starts, ends):
    WorkingHours.objects.create(
        user=world.caseworker, organisation=world.jobcentre, weekday=DAY.weekday(),
        starts=starts, ends=ends, starts_on=TODAY,
    )  # fmt: skip


@pytest.mark.parametrize(("starts", "said"), [("08:00", []), ("10:30", ["off_hours"])])
def test_a_time_outside_the_hours_that_a_worker_has_said_is_warned_of(world, starts, said):
    said_hours(world, starts, "16:00")

    assert codes(world) == said


def test_office_hours_that_nobody_has_said_are_not_warned_of(world):
    assert codes(world, sitting=world.sitting(moment(DAY, 12))) == []


def test_leave_closing_days_and_the_workers_own_calendar_are_warned_of(world):
    Leave.objects.create(
        user=world.caseworker, organisation=world.jobcentre,
        starts_at=moment(DAY, 8), ends_at=moment(DAY, 12),
    )  # fmt: skip
    ClosingDay.objects.create(
        organisation=world.jobcentre, starts_on=DAY + timedelta(1), ends_on=DAY + timedelta(2)
    )
    source = BusySource.objects.create(user=world.caseworker, name="own")
    BusyTime.objects.create(source=source, starts_at=moment(DAY, 13), ends_at=moment(DAY, 14))

    assert codes(world) == ["leave"]
    assert codes(world, sitting=world.sitting(moment(DAY, 13, 30))) == ["busy_elsewhere"]
    on_the_next = world.sitting(moment(DAY + timedelta(1), 10))
    assert codes(world, sitting=on_the_next) == ["closed"]


def test_a_time_in_which_people_or_rooms_stand_ready_for_others_is_warned_of(world):
    pool = Pool.objects.create(
        jobcentre=world.jobcentre, name="P", starts="08:00", ends="16:00", starts_on=TODAY,
        ends_on=DUE,
    )  # fmt: skip
    Slot.objects.create(
        pool=pool, jobcentre=world.jobcentre, starts_at=TEN, ends_at=TEN + timedelta(hours=1),
        form="in_person", worker=world.caseworker, room=world.room,
    )  # fmt: skip

    assert codes(world) == ["in_slot", "in_slot"]
    assert codes(world, sitting=replace(world.sitting(), in_slot=True)) == []


def test_the_longest_lawful_postponement_is_the_last_day(world):
    duty = joint_duty(world, latest_on=DUE + timedelta(14))

    assert (
        codes(world, world.joint_purpose(duty=duty), world.sitting(moment(DUE + timedelta(8), 10)))
        == []
    )


def test_a_time_before_the_duty_opens_does_not_count_for_it(world):
    duty = joint_duty(world, opens_on=DAY + timedelta(1))

    assert codes(world, world.joint_purpose(duty=duty)) == ["too_early"]


@pytest.mark.parametrize("kind", ["holiday", "sick", "job", "maternity"])
def test_a_day_in_a_known_absence_is_warned_of(world, kind):
    AbsenceFactory(
        citizen=world.course.citizen, kind=kind, starts_on=DAY, ends_on=DAY + timedelta(1)
    )

    assert codes(world) == ["in_absence"]


def test_in_less_intensive_effort_nobody_is_summoned_from_2020(world):
    AbsenceFactory(citizen=world.course.citizen, kind="less_intensive", starts_on=DAY, ends_on=None)

    assert codes(world) == ["do_not_summon"]


def test_an_absence_that_ended_the_day_before_or_was_taken_back_is_nothing(world):
    AbsenceFactory(citizen=world.course.citizen, starts_on=DAY - timedelta(7), ends_on=DAY)
    AbsenceFactory(
        citizen=world.course.citizen, kind="sick", starts_on=DAY, superseded_at=moment(TODAY, 8)
    )

    assert codes(world) == []


def test_a_deadline_in_an_absence_is_warned_of(world):
    AbsenceFactory(citizen=world.course.citizen, starts_on=DUE, ends_on=DUE + timedelta(3))

    assert codes(world) == ["due_in_absence"]


@pytest.mark.parametrize(("held_on", "said"), [(None, ["before_cv"]), (date(2016, 9, 6), [])])
def test_the_first_joint_interview_of_2016_comes_after_the_cv_interview(db, held_on, said):
    world = new_world(
        regime="2015", registered_on=date(2016, 9, 5), jobcentre_from=date(2016, 9, 5)
    )
    duty = joint_duty(world, rule="R15-05")
    if held_on:
        HeldMeetingFactory(citizen=world.course.citizen, kind="cv", held_on=held_on)

    assert codes(world, world.joint_purpose(duty=duty)) == said


def test_the_first_interview_is_held_in_person(world):
    purpose = Purpose(MeetingKind.CV, Party.A_KASSE)
    by_phone = replace(world.sitting(), form=MeetingForm.PHONE)

    assert codes(world, purpose, by_phone) == ["not_in_person"]
    assert codes(world, purpose) == []


def test_inviting_another_than_the_law_expects_is_warned_of(world):
    declined = joint_duty(world, with_party="")

    assert codes(world, world.joint_purpose(with_other_party=False)) == ["not_invited"]
    assert codes(world, world.joint_purpose(duty=declined)) == ["declined"]


@pytest.mark.parametrize(
    ("came", "registered_type", "said"),
    [
        ("came", 17, []),
        ("absent", 17, ["other_party_missing"]),
        ("came", 7, ["wrong_type"]),
        ("came", None, ["wrong_type"]),
        ("excused", 7, ["wrong_type", "other_party_missing"]),
    ],
)
def test_a_joint_interview_of_another_type_than_17_is_warned_of(world, came, registered_type, said):
    found = holding_cautions(world.booked_joint(), {"a_kasse": came}, registered_type)

    assert [caution.code for caution in found] == said


@pytest.mark.parametrize(
    ("due_on", "day"),
    [
        (None, date(2026, 9, 28)),
        (date(2026, 10, 30), date(2026, 9, 28)),
        (date(2026, 9, 24), date(2026, 9, 24)),
        (date(2026, 9, 27), date(2026, 9, 25)),
        (date(2026, 9, 21), date(2026, 9, 22)),
        (date(2026, 9, 1), date(2026, 9, 22)),
    ],
)
def test_the_suggested_day_gives_a_weeks_notice_keeps_the_deadline_and_is_a_working_day(
    due_on, day
):
    assert suggested_day(due_on, on=TODAY) == day
