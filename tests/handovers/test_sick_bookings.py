"""What a sickness does to interviews that are booked, and who is told of its fourteenth day."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from courses import deadlines
from courses.models import Absence
from handovers.benefit import tell_of_benefit
from journal.models import Entry, Look
from letters.models import Letter
from meetings.models import Meeting
from notices.models import Notice
from tests.factories import AbsenceFactory, MeetingFactory, ParticipantFactory, moment
from tests.handovers.conftest import NOW, TODAY, World

pytestmark = pytest.mark.django_db
DAY = timedelta(1)


def booked(world: World, day: date, **columns) -> Meeting:
    meeting = MeetingFactory(course=world.course, starts_at=moment(day, 10), **columns)
    ParticipantFactory(meeting=meeting, role="a_kasse", worker=world.consultant)
    return meeting


def report_sick(world: World, first: date, last: date | None = None):
    """Write the absence down on the page of the course, through its preview."""
    url = reverse("courses:record_absence", args=[world.course.case_number])
    said = {"kind": "sick", "starts_on": first.isoformat()}
    if last:
        said["ends_on"] = last.isoformat()
    return world.browser(world.consultant).post(url, said | {"step": "confirm"})


def page_of(world: World) -> str:
    return reverse("handovers:cancel_for_sickness", args=[world.course.case_number])


def test_reporting_somebody_sick_leads_to_the_interviews_booked_in_those_days(world):
    booked(world, TODAY + 3 * DAY)
    assert report_sick(world, TODAY, TODAY + 6 * DAY).url == page_of(world)


def test_reporting_somebody_sick_leads_back_where_nothing_is_booked_in_those_days(world):
    booked(world, TODAY + 8 * DAY)
    assert report_sick(world, TODAY, TODAY + 6 * DAY).url == world.course.get_absolute_url()


def test_cancelling_frees_the_time_writes_a_letter_and_says_nothing_of_health(world):
    inside, after = booked(world, TODAY + 3 * DAY), booked(world, TODAY + 9 * DAY)
    AbsenceFactory(
        citizen=world.course.citizen, kind="sick", starts_on=TODAY, ends_on=TODAY + 7 * DAY
    )
    browser = world.browser(world.consultant)
    page = browser.get(page_of(world))
    assert [one.pk for one in page.context["form"].bookings] == [inside.pk]
    browser.post(page_of(world), {"meeting": [inside.pk]})

    inside.refresh_from_db()
    after.refresh_from_db()
    assert (inside.state, inside.cancelled_by, after.state) == ("cancelled", "citizen", "booked")
    assert "sick" not in inside.cancel_reason
    assert Letter.objects.get(course=world.course).kind == "cancellation"
    assert Look.objects.filter(kind="health", by=world.consultant).exists()


def test_an_interview_of_another_day_or_party_is_not_cancelled_by_a_forged_key(world):
    after = booked(world, TODAY + 9 * DAY)
    theirs = MeetingFactory(
        course=world.course,
        starts_at=moment(TODAY + 3 * DAY, 13),
        held_by="jobcentre",
        organisation=world.course.jobcentre,
    )
    AbsenceFactory(
        citizen=world.course.citizen, kind="sick", starts_on=TODAY, ends_on=TODAY + 7 * DAY
    )
    browser = world.browser(world.consultant)
    assert [one.pk for one in browser.get(page_of(world)).context["form"].others] == [theirs.pk]
    browser.post(page_of(world), {"meeting": [after.pk, theirs.pk]})
    assert set(Meeting.objects.values_list("state", flat=True)) == {"booked"}


def test_the_page_opens_to_nobody_else(world):
    booked(world, TODAY + 3 * DAY)
    AbsenceFactory(
        citizen=world.course.citizen, kind="sick", starts_on=TODAY, ends_on=TODAY + 7 * DAY
    )
    for stranger in (world.stranger, world.abroad):
        assert world.browser(stranger).get(page_of(world)).status_code == 404


@pytest.mark.parametrize(("days", "told"), [(12, 0), (13, 1), (20, 1)])
def test_the_a_kasse_is_told_once_from_the_fourteenth_day_of_a_sickness(world, days, told):
    AbsenceFactory(
        citizen=world.course.citizen, kind="sick", starts_on=TODAY - days * DAY, ends_on=None
    )
    world.course.consultant = world.consultant
    world.course.save()
    assert tell_of_benefit(on=TODAY, at=NOW) == told
    Notice.objects.update(read_at=NOW)
    assert tell_of_benefit(on=TODAY, at=NOW) == 0
    assert tell_of_benefit(on=TODAY + DAY, at=NOW) == (0 if told else 1)
    assert Notice.objects.filter(user=world.consultant, kind="sickness-benefit").count() == 1
    assert not Notice.objects.filter(user=world.caseworker).exists()


def test_nobody_is_told_of_somebody_who_recovered_before(world):
    AbsenceFactory(
        citizen=world.course.citizen, kind="sick", starts_on=TODAY - 14 * DAY, ends_on=TODAY - DAY
    )
    assert tell_of_benefit(on=TODAY, at=NOW) == 0
    assert not Entry.objects.filter(what="sickness-benefit").exists()


def test_the_course_page_says_what_to_plan_again_after_a_sickness(world):
    course = world.course
    due = course.duties.filter(responsible="a_kasse", outcome="pending").first()
    assert due is not None
    AbsenceFactory(
        citizen=course.citizen, kind="sick", starts_on=TODAY - 5 * DAY, ends_on=TODAY - DAY
    )
    deadlines.refresh(course, cause="absence", by=None, on=TODAY)
    page = world.browser(world.consultant).get(course.get_absolute_url())
    assert "To be planned again after the sickness" in page.text
    Absence.objects.update(superseded_at=NOW)
    page = world.browser(world.consultant).get(course.get_absolute_url())
    assert "To be planned again after the sickness" not in page.text
