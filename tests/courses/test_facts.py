"""Recording one fact: what it replaces, what it moves, what it is refused for."""

from datetime import date
from decimal import Decimal

import pytest

from courses import deadlines
from courses.actions import facts
from courses.models import (
    Absence,
    ChangedCourse,
    Choice,
    Citizen,
    Course,
    Duty,
    HeldMeeting,
    Registration,
    ReportedHours,
)
from journal.models import Entry
from shared.refusals import Refused
from tests.factories import CitizenFactory, CourseFactory, UserFactory

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 9, 7)
FIRST, SECOND = date(2026, 9, 21), date(2026, 10, 5)


@pytest.fixture
def course():
    made = CourseFactory(registered_on=MONDAY)
    deadlines.refresh(made, cause="opened", by=None)
    ChangedCourse.objects.all().delete()
    return made


@pytest.fixture
def by():
    return UserFactory()


def due(course, rule="R26-03"):
    return Duty.objects.filter(course=course, rule=rule).order_by("ordinal").last().due_on


def test_an_absence_moves_the_dates_and_says_who_and_why(course, by):
    before = due(course)

    absence = facts.record_absence(
        course=course, kind="job", starts_on=FIRST, ends_on=SECOND, by=by
    )

    assert (absence.recorded_by, absence.source, absence.citizen) == (by, "person", course.citizen)
    assert (due(course) - before).days == 14
    assert set(course.date_moves.values_list("cause", "by")) == {("absence", by.pk)}
    assert Entry.objects.of_case(course.pk).get().what == "absence-recorded"
    assert ChangedCourse.objects.filter(course=course).exists()


def test_an_absence_replaces_the_one_of_its_kind_that_it_overlaps(course, by):
    first = facts.record_absence(course=course, kind="sick", starts_on=FIRST, by=by)

    second = facts.record_absence(
        course=course, kind="sick", starts_on=FIRST, ends_on=SECOND, by=by
    )

    first.refresh_from_db()
    assert first.superseded_by == second
    assert list(Absence.objects.standing()) == [second]


def test_the_same_absence_again_is_the_one_that_stands(course, by):
    said = {"course": course, "kind": "sick", "starts_on": FIRST, "ends_on": SECOND, "by": by}

    assert facts.record_absence(**said) == facts.record_absence(**said)
    assert Absence.objects.count() == Entry.objects.count() == 1


def test_an_absence_that_is_taken_back_gives_the_dates_back(course, by):
    before = due(course)
    absence = facts.record_absence(
        course=course, kind="job", starts_on=FIRST, ends_on=SECOND, by=by
    )

    facts.withdraw_absence(absence=absence, course=course, by=by, reason="typed wrongly")

    absence.refresh_from_db()
    assert absence.superseded_at
    assert absence.superseded_by is None
    assert due(course) == before


def test_an_absence_is_taken_back_once(course, by):
    absence = facts.record_absence(
        course=course, kind="job", starts_on=FIRST, ends_on=SECOND, by=by
    )
    facts.withdraw_absence(absence=absence, course=course, by=by)

    with pytest.raises(Refused):
        facts.withdraw_absence(absence=absence, course=course, by=by)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "job", "ends_on": FIRST},
        {"kind": "part_time_job"},
        {"kind": "job", "hours": Decimal(3)},
        {"kind": "part_time_job", "hours": Decimal("37.5")},
    ],
)
def test_an_absence_that_makes_no_sense_is_refused_and_nothing_is_written(course, by, wrong):
    with pytest.raises(Refused):
        facts.record_absence(course=course, starts_on=FIRST, by=by, **wrong)

    assert not Absence.objects.exists()
    assert not Entry.objects.exists()


def test_reported_hours_replace_those_of_the_month(course, by):
    facts.report_hours(course=course, month=date(2026, 10, 17), hours=Decimal(100), by=by)

    now = facts.report_hours(course=course, month=date(2026, 10, 1), hours=Decimal(80), by=by)

    assert (now.month, now.a_kasse) == (date(2026, 10, 1), course.a_kasse)
    assert list(ReportedHours.objects.standing()) == [now]
    details = Entry.objects.order_by("pk").last().details
    assert (details["before"], details["after"]) == ("100.00", "80")


@pytest.mark.parametrize("hours", [Decimal(-1), Decimal(251)])
def test_hours_outside_0_to_250_are_refused(course, by, hours):
    with pytest.raises(Refused):
        facts.report_hours(course=course, month=MONDAY, hours=hours, by=by)


def held(course, by, **more):
    return facts.record_held_meeting(
        course=course, kind="job", held_on=date(2026, 9, 14), by_party="a_kasse", by=by, **more
    )


def test_a_held_interview_meets_its_duty_and_taken_back_reopens_it(course, by):
    held(course, by, form="phone", source="meeting")
    duty = Duty.objects.get(course=course, rule="R26-05")
    assert (duty.outcome, duty.met_on) == ("met", date(2026, 9, 14))

    facts.withdraw_held_meeting(course=course, kind="job", held_on=date(2026, 9, 14), by=by)

    duty.refresh_from_db()
    assert (duty.outcome, duty.met_on) == ("pending", None)
    assert not HeldMeeting.objects.standing().exists()


def test_an_interview_is_recorded_once_a_day(course, by):
    first = held(course, by)
    second = held(course, by, form="video")

    assert first != second
    assert list(HeldMeeting.objects.standing()) == [second]
    assert held(course, by, form="video") == second


def test_a_corrected_registration_keeps_the_one_before(course, by):
    facts.record_registration(course=course, insured="part_time", by=by)

    old, new = Registration.objects.order_by("pk")
    assert (old.superseded_by, new.insured, new.registered_on) == (new, "part_time", MONDAY)


def test_the_end_of_a_course_lets_its_duties_lapse(course, by):
    facts.record_registration(course=course, ended_on=SECOND, ended_reason="job", by=by)

    assert course.ends_on == SECOND
    assert "lapsed" in set(Duty.objects.filter(course=course).values_list("outcome", flat=True))


def test_a_choice_counts_and_can_be_taken_back(course, by):
    choice = facts.record_choice(
        course=course, kind="exempt", chosen_on=MONDAY, by_party="jobcentre", by=by
    )
    chosen = set(Duty.objects.filter(course=course).values_list("outcome", flat=True))

    facts.withdraw_choice(choice=choice, course=course, by=by)

    assert "not_required" in chosen
    assert not Choice.objects.standing().exists()
    assert "not_required" not in Duty.objects.filter(course=course).values_list(
        "outcome", flat=True
    )


def test_a_postponement_names_the_interview_and_the_day(course, by):
    said = {
        "course": course,
        "kind": "postpone",
        "chosen_on": FIRST,
        "by_party": "jobcentre",
        "by": by,
    }
    with pytest.raises(Refused):
        facts.record_choice(**said)
    first = facts.record_choice(**said, rule="R15-02", ordinal=1, postponed_to=SECOND)

    second = facts.record_choice(**said, rule="R15-02", ordinal=1, postponed_to=date(2026, 10, 9))

    first.refresh_from_db()
    assert first.superseded_by == second


def test_only_a_postponement_names_a_day(course, by):
    with pytest.raises(Refused):
        facts.record_choice(
            course=course, kind="exempt", chosen_on=FIRST, by_party="jobcentre", by=by,
            postponed_to=SECOND,
        )  # fmt: skip


def test_a_fact_of_the_citizen_moves_the_dates_of_every_course(by):
    citizen = CitizenFactory()
    old = CourseFactory(citizen=citizen, registered_on=MONDAY, ended_on=date(2026, 10, 1))
    new = CourseFactory(
        citizen=citizen, registered_on=MONDAY, placed_on=MONDAY, starts_on=date(2026, 10, 1)
    )
    deadlines.refresh_many([old.pk, new.pk], cause="opened")
    before = due(new)

    facts.record_absence(course=old, kind="job", starts_on=FIRST, ends_on=date(2026, 9, 28), by=by)

    assert (due(new) - before).days == 7
    assert Course.objects.filter(citizen=citizen, refreshed_at=None).count() == 0
    assert Citizen.objects.count() == 1
