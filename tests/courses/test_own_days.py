"""A citizen who moved: each party acts on the days of its own course, and on no other's."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from courses import deadlines
from courses.actions import facts
from courses.models import Absence, Course
from journal.models import Entry
from shared.refusals import Refused
from tests.courses.course_world import NOW, TODAY, make_world
from tests.factories import CourseFactory

pytestmark = pytest.mark.django_db
CHANGE = date(2026, 11, 17)
OCTOBER = date(2026, 10, 1)
MOVED = "The days lie outside this course"


@pytest.fixture(autouse=True)
def _now(settings):
    settings.LANGUAGE_CODE = "en"
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world():
    """3F and Copenhagen had the citizen until 17 November; FOA and Aarhus have had her since."""
    return make_world(ended_on=CHANGE)


@pytest.fixture
def new(world):
    """The course that runs now."""
    course = CourseFactory(
        citizen=world.course.citizen,
        a_kasse=world.stranger.memberships.get().organisation,
        municipality=world.abroad.memberships.get().organisation.coverages.get().municipality,
        registered_on=CHANGE,
    )
    deadlines.refresh(course, cause="registration", by=None)
    return course


def record(course, starts_on, ends_on=None, kind="sick"):
    return facts.record_absence(
        course=course, kind=kind, starts_on=starts_on, ends_on=ends_on, by=None
    )


def days():
    standing = Absence.objects.standing().order_by("starts_on")
    return list(standing.values_list("kind", "starts_on", "ends_on"))


def dates(course: Course):
    return list(course.duties.order_by("pk").values_list("rule", "due_on", "outcome"))


SENT = {
    "record_absence": {"kind": "maternity", "starts_on": "23.11.2026", "ends_on": "", "hours": ""},
    "record_choice": {
        "kind": "decline_other_party", "decided_by": "citizen", "chosen_on": "23.11.2026",
    },
    "report_hours": {"month": "2026-11-01", "hours": "10"},
}  # fmt: skip


@pytest.mark.parametrize("who", ["caseworker", "consultant"])
@pytest.mark.parametrize("name", SENT)
def test_a_course_that_is_over_is_no_way_to_the_one_that_runs(client, world, new, who, name):
    before = dates(new)
    client.force_login(getattr(world, who))
    address = reverse(f"courses:{name}", args=[world.course.case_number])

    assert client.get(address).status_code == 404
    assert client.post(address, SENT[name] | {"step": "confirm"}).status_code == 404
    assert not Absence.objects.exists()
    assert not Entry.objects.exists()
    assert dates(new) == before


@pytest.mark.parametrize("who", ["caseworker", "consultant"])
def test_nobody_takes_back_what_the_next_party_recorded(client, world, new, who):
    absence = record(new, TODAY)
    client.force_login(getattr(world, who))
    address = reverse("courses:withdraw_absence", args=[world.course.case_number, absence.pk])

    assert client.post(address, {"step": "confirm"}).status_code == 404
    assert Absence.objects.standing().get() == absence


def test_the_page_of_a_course_that_is_over_offers_no_such_act(client, world, new):
    record(world.course, OCTOBER, date(2026, 10, 8))
    for who, course, offered in (
        (world.caseworker, world.course, False),
        (world.consultant, world.course, False),
        (world.stranger, new, True),
    ):
        client.force_login(who)
        page = client.get(course.get_absolute_url())
        assert page.status_code == 200
        for word in ("fravaer", "valg"):
            assert (f"{course.case_number}/{word}/" in page.text) is offered


def test_the_party_of_the_course_that_runs_acts_on_it(client, world, new):
    client.force_login(world.stranger)
    address = reverse("courses:record_absence", args=[new.case_number])

    sent = SENT["record_absence"] | {"step": "confirm"}
    assert client.post(address, sent).status_code == 302
    assert days() == [("maternity", TODAY, None)]


@pytest.mark.usefixtures("new")
@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (TODAY, None),
        (CHANGE, date(2026, 11, 20)),
        (OCTOBER, date(2026, 11, 18)),
    ],
)
def test_an_absence_of_a_course_that_is_over_lies_before_its_end(world, starts_on, ends_on):
    with pytest.raises(Refused, match=MOVED):
        record(world.course, starts_on, ends_on)

    assert not Absence.objects.exists()


@pytest.mark.parametrize("is_elsewhere_now", [True, False])
def test_an_absence_without_an_end_ends_with_its_course(request, world, is_elsewhere_now):
    if is_elsewhere_now:
        request.getfixturevalue("new")

    record(world.course, OCTOBER)

    assert days() == [("sick", OCTOBER, CHANGE)]


def test_days_from_before_the_course_are_the_former_partys(world, new):
    with pytest.raises(Refused, match=MOVED):
        record(new, OCTOBER, TODAY)


def test_each_party_changes_its_own_days_of_an_absence_that_goes_on(world, new):
    Absence.objects.create(citizen=new.citizen, kind="sick", starts_on=OCTOBER)

    record(new, CHANGE, TODAY)
    assert days() == [("sick", OCTOBER, CHANGE), ("sick", CHANGE, TODAY)]

    first = Absence.objects.standing().get(starts_on=OCTOBER)
    with pytest.raises(Refused, match="lies outside this course"):
        facts.withdraw_absence(absence=first, course=new, by=None)
    facts.withdraw_absence(absence=first, course=world.course, by=None)
    assert days() == [("sick", CHANGE, TODAY)]


def test_taking_back_what_goes_on_leaves_the_next_partys_days(world, new):
    absence = Absence.objects.create(citizen=new.citizen, kind="sick", starts_on=OCTOBER)

    facts.withdraw_absence(absence=absence, course=world.course, by=None)

    assert days() == [("sick", CHANGE, None)]


@pytest.mark.parametrize("month", [date(2026, 12, 1), date(2025, 10, 1)])
def test_hours_are_of_months_in_which_the_course_runs(world, new, month):
    with pytest.raises(Refused, match=MOVED):
        facts.report_hours(course=world.course, month=month, hours=Decimal(10), by=None)


def test_hours_of_a_month_before_the_course_are_the_former_a_kasses(world, new):
    with pytest.raises(Refused, match=MOVED):
        facts.report_hours(course=new, month=OCTOBER, hours=Decimal(10), by=None)
    for course in (world.course, new):
        facts.report_hours(course=course, month=date(2026, 11, 1), hours=Decimal(10), by=None)


@pytest.mark.parametrize("day", [CHANGE, TODAY])
def test_an_interview_or_a_choice_after_the_end_is_refused(world, new, day):
    with pytest.raises(Refused, match=MOVED):
        facts.record_held_meeting(
            course=world.course, kind="job", held_on=day, by_party="jobcentre", by=None
        )
    with pytest.raises(Refused, match=MOVED):
        facts.record_choice(
            course=world.course,
            kind="decline_other_party",
            chosen_on=day,
            by_party="citizen",
            by=None,
        )
