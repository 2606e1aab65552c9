"""The stored answers: equal to what the law says, kept when corrected, quiet when nothing changed."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from courses.deadlines import call_to_jobcentre, differences, refresh, refresh_many
from courses.models import (
    ChangedCourse,
    Choice,
    Course,
    DateMove,
    Duty,
    HeldMeeting,
    Registration,
    ReportedHours,
)
from courses.sentences import restored, stored
from law.words import Sentence, Word
from tests import factories

pytestmark = pytest.mark.django_db
ON = date(2024, 3, 15)


def pia(**columns) -> Course:
    """Worked example 16: registered and placed on 8 January 2024."""
    return factories.CourseFactory(registered_on=date(2024, 1, 8), **columns)


def report(course: Course, hours: dict[date, str]) -> None:
    for month, number in hours.items():
        standing = ReportedHours.objects.standing().filter(citizen=course.citizen, month=month)
        standing.update(superseded_at=timezone.now())
        factories.ReportedHoursFactory(
            citizen=course.citizen, month=month, hours=Decimal(number), a_kasse=course.a_kasse
        )


def due(course: Course, rule: str, ordinal: int = 1) -> date | None:
    return course.duties.get(rule=rule, ordinal=ordinal).due_on


def row_versions() -> list[tuple[int, str]]:
    """Which transaction wrote each duty and course last; a rewritten row has another."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, xmin::text FROM courses_duty UNION ALL"
            " SELECT -id, xmin::text FROM courses_course ORDER BY 1"
        )
        return cursor.fetchall()


def test_a_refresh_stores_the_dates_of_the_worked_example():
    course = pia()
    report(
        course, {date(2024, 1, 1): "133.20", date(2024, 2, 1): "160.33", date(2024, 3, 1): "160.33"}
    )

    refresh(course, cause="test", by=None, on=ON)

    assert course.regime == "2024"
    assert due(course, "R24-01") == date(2024, 1, 22)
    assert course.handover_on == date(2024, 3, 31)
    assert [one.party for one in course.responsibilities.all()] == ["a_kasse", "jobcentre"]
    assert course.duties.filter(rule="R24-03").count() == 3


def test_every_stored_duty_has_its_reason():
    course = pia()

    refresh(course, cause="test", by=None, on=ON)

    assert course.duties.count() > 0
    assert all(duty.because["text"] for duty in course.duties.all())


def test_a_jobcentre_reads_a_course_from_the_day_after_the_hand_over():
    course = pia()

    refresh(course, cause="test", by=None, on=ON)

    assert course.jobcentre_from == date(2024, 4, 1)
    assert course.forecast_from == date(2024, 3, 1)


def test_a_refresh_with_nothing_changed_writes_no_row():
    course = pia()
    refresh(course, cause="test", by=None, on=ON)
    ChangedCourse.objects.all().delete()
    before = row_versions()

    assert refresh_many([course.pk], cause="nightly", on=ON).changed == 0

    assert row_versions() == before
    assert not ChangedCourse.objects.exists()


def test_a_corrected_month_moves_the_hand_over_and_keeps_what_was_said_before():
    course = factories.CourseFactory(registered_on=date(2024, 1, 15))
    report(
        course, {date(2024, 1, 1): "96.20", date(2024, 2, 1): "160.33", date(2024, 3, 1): "160.33"}
    )
    refresh(course, cause="test", by=None, on=ON)

    report(course, {date(2024, 1, 1): "88.80"})
    refresh(course, cause="hours-corrected", by=None, on=date(2024, 5, 2))

    assert course.handover_on == date(2024, 4, 30)
    moved = DateMove.objects.get(course=course, rule="R24-05")
    assert (moved.before, moved.after) == (
        {"handover_on": "2024-03-31"},
        {"handover_on": "2024-04-30"},
    )
    assert moved.cause == "hours-corrected"


def test_an_absence_moves_dates_and_the_note_says_by_what():
    course = factories.CourseFactory(registered_on=date(2016, 8, 1))
    refresh(course, cause="test", by=None, on=date(2016, 8, 10))
    factories.AbsenceFactory(
        citizen=course.citizen, starts_on=date(2016, 8, 22), ends_on=date(2016, 9, 10)
    )

    refresh(course, cause="absence-recorded", by=None, on=date(2016, 9, 20))

    assert due(course, "R15-05") == date(2016, 9, 30)
    moved = DateMove.objects.get(course=course, rule="R15-05")
    assert moved.before["due_on"] == "2016-09-09"
    assert moved.after["due_on"] == "2016-09-30"
    assert moved.notes


def test_a_duty_that_the_law_stops_giving_is_withdrawn_and_keeps_its_row():
    course = pia()
    refresh(course, cause="test", by=None, on=ON)
    before = course.duties.get(rule="R24-02", ordinal=2)
    Registration.objects.filter(course=course).update(superseded_at=timezone.now())
    factories.RegistrationFactory(
        course=course, registered_on=date(2021, 8, 2), placed_on=date(2021, 8, 2)
    )

    refresh(course, cause="registration-corrected", by=None, on=ON)

    before.refresh_from_db()
    assert (before.outcome, before.late_from) == (Duty.Outcome.WITHDRAWN, None)
    assert course.regime == "2020"
    assert refresh_many([course.pk], cause="again", on=ON).changed == 0


def test_a_held_interview_meets_its_duty():
    course = pia()
    factories.HeldMeetingFactory(citizen=course.citizen, kind="job", held_on=date(2024, 1, 18))

    refresh(course, cause="test", by=None, on=ON)

    duty = course.duties.get(rule="R24-01")
    assert (duty.outcome, duty.met_on, duty.late_from) == ("met", date(2024, 1, 18), None)


def test_due_soon_starts_the_agreed_working_days_before_with_holidays():
    """Easter 2024: 28 and 29 March and 1 April are holidays; the last day here is 5 April."""
    course = pia()

    refresh(course, cause="test", by=None, on=ON)

    duty = course.duties.get(rule="R24-02", ordinal=2)
    assert duty.due_on == date(2024, 4, 5)
    assert duty.soon_from == date(2024, 3, 26)


def test_a_course_without_a_registration_is_reported_and_stops_nothing():
    broken, sound = pia(), pia()
    Registration.objects.filter(course=broken).update(superseded_at=timezone.now())

    done = refresh_many([broken.pk, sound.pk], cause="nightly", on=ON)

    assert [error["course"] for error in done.errors] == [broken.case_number]
    assert sound.duties.exists()


def test_a_stored_answer_that_someone_changed_is_found():
    course = pia()
    refresh(course, cause="test", by=None, on=ON)
    assert differences([course.pk], on=ON).changed == 0

    course.duties.filter(rule="R24-01").update(due_on=date(2030, 1, 1))

    assert differences([course.pk], on=ON).changed == 1


def test_facts_of_a_later_benefit_period_do_not_count_in_an_earlier_course():
    first = pia(ended_on=date(2024, 2, 1))
    second = factories.CourseFactory(
        citizen=first.citizen,
        a_kasse=first.a_kasse,
        municipality=first.municipality,
        registered_on=date(2024, 6, 3),
    )
    factories.HeldMeetingFactory(citizen=first.citizen, kind="job", held_on=date(2024, 6, 5))

    refresh_many([first.pk, second.pk], cause="test", on=date(2024, 6, 10))

    assert first.duties.get(rule="R24-01").met_on is None
    assert second.duties.get(rule="R24-01").met_on == date(2024, 6, 5)


def test_a_fact_cannot_be_edited_or_deleted():
    absence = factories.AbsenceFactory()

    with pytest.raises(Exception, match="superseded, not edited"):
        type(absence).objects.filter(pk=absence.pk).update(starts_on=date(2026, 1, 1))


@pytest.mark.parametrize("model", [Choice, HeldMeeting])
def test_a_fact_of_any_kind_cannot_be_deleted(model):
    fact = {Choice: factories.ChoiceFactory, HeldMeeting: factories.HeldMeetingFactory}[model]()

    with pytest.raises(Exception, match="superseded, not edited"):
        model.objects.filter(pk=fact.pk).delete()


def test_a_sentence_survives_being_stored():
    sentence = Sentence(
        "moved %(days)s days: %(why)s",
        {
            "days": 21,
            "why": (
                Sentence("%(what)s %(from)s", {"what": Word("job"), "from": date(2016, 8, 22)}),
            ),
        },
    )

    assert restored(stored(sentence)) == sentence


def test_a_jobcentre_keeps_sight_of_a_course_in_which_it_booked_an_interview():
    course = pia()
    refresh(course, cause="test", by=None, on=ON)

    call_to_jobcentre(course, on=date(2024, 3, 12))
    refresh(course, cause="hours-corrected", by=None, on=ON)

    assert course.jobcentre_from == date(2024, 3, 12)
