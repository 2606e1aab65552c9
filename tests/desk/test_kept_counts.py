"""What front pages have counted is kept, holds for nobody else, and never outlives an act."""

import random
from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses import kept_counts
from courses.actions.assignment import assign
from courses.jobs import flag_overdue
from courses.models import Course, Duty, Party
from courses.worklist_found import rows_of
from journal.actions import note
from partnerships.models import Role
from tests.factories import (
    AKasseFactory,
    CourseFactory,
    CoverageFactory,
    DutyFactory,
    MeetingFactory,
    UserFactory,
    moment,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
PAGE = "/jobcenter/"
COUNTING = ("count(", "union")


@pytest.fixture(autouse=True)
def _kept(settings):
    settings.COUNTS_KEPT_SECONDS = 60
    cache.clear()
    with time_machine.travel(moment(TODAY, 10, 12), tick=False):
        yield


@pytest.fixture
def jobcentre():
    return CoverageFactory().jobcentre


@pytest.fixture
def caseworker(jobcentre):
    return UserFactory(role=Role.CASEWORKER, organisation=jobcentre, language="en")


@pytest.fixture
def reader(client: Client, caseworker) -> Client:
    client.force_login(caseworker)
    client.cookies["django_language"] = "en"
    return client


def owed(jobcentre, *, in_days: int = 3, **columns) -> Duty:
    course = CourseFactory(
        municipality=jobcentre.coverages.get().municipality,
        jobcentre=jobcentre,
        jobcentre_from=TODAY - timedelta(60),
        **columns,
    )
    known = {"kind": "joint", "responsible": Party.JOBCENTRE, "with_party": Party.A_KASSE}
    return DutyFactory(course=course, due_on=TODAY + timedelta(in_days), **known)


def seen(reader: Client, query: str = "") -> tuple[list[int], list[str]]:
    """The counts of the tiles and the cases of the rows."""
    front = reader.get(PAGE + query).context["front"]
    rows = [row.case for section in front.sections for row in section.rows]
    return [tile.count for tile in front.tiles], rows


def test_a_second_look_counts_nothing(reader, jobcentre) -> None:
    owed(jobcentre)
    first = seen(reader)

    with CaptureQueriesContext(connection) as asked:
        second = seen(reader)

    assert second == first
    assert [
        one["sql"] for one in asked if any(word in one["sql"].lower() for word in COUNTING)
    ] == []


def test_what_is_kept_is_forgotten_when_somebody_acts(
    reader, jobcentre, caseworker, django_capture_on_commit_callbacks
) -> None:
    duty = owed(jobcentre)
    assert seen(reader, "?hvis=mine") == ([0, 0, 0, 0, 0, 0, 1], [])

    with django_capture_on_commit_callbacks(execute=True):
        assign(duty.course, caseworker=caseworker, by=caseworker, on=TODAY)

    assert seen(reader, "?hvis=mine")[1] == [duty.course.case_number]


def test_an_act_is_forgotten_by_both_its_parties_and_by_nobody_else(
    jobcentre, django_capture_on_commit_callbacks
) -> None:
    course = owed(jobcentre).course
    other = AKasseFactory()
    parties = (course.a_kasse_id, course.jobcentre_id, other.pk)
    before = {pk: dict(kept_counts.kept([], by=[pk]).marks) for pk in parties}

    with django_capture_on_commit_callbacks(execute=True):
        note(course, "assigned", by=None, case=course.pk)

    after = {pk: dict(kept_counts.kept([], by=[pk]).marks) for pk in parties}
    assert [before[pk] == after[pk] for pk in parties] == [False, False, True]


def test_what_concerns_no_course_and_what_a_job_did_is_forgotten_by_all(
    jobcentre, caseworker, django_capture_on_commit_callbacks
) -> None:
    def marks() -> dict[str, str]:
        return dict(kept_counts.kept([], by=[jobcentre.pk]).marks)

    for act in (
        lambda: note(caseworker, "member-file-received", by=None, case=None),
        lambda: flag_overdue(TODAY),
    ):
        before = marks()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        assert marks() != before


def test_what_was_counted_before_an_act_is_not_kept_after_it(
    django_capture_on_commit_callbacks, jobcentre
) -> None:
    began = kept_counts.kept(["n"], by=[jobcentre.pk])
    with django_capture_on_commit_callbacks(execute=True):
        kept_counts.changed([jobcentre.pk])
    began.keep({"n": 7})

    assert kept_counts.kept(["n"], by=[jobcentre.pk]).found == {}


def test_a_kept_list_is_no_door(reader, jobcentre) -> None:
    duty = owed(jobcentre)
    assert seen(reader)[1] == [duty.course.case_number]

    Course.objects.filter(pk=duty.course_id).update(jobcentre_from=None)  # without a word to anyone

    assert seen(reader)[1] == []
    assert duty.course.citizen.last_name not in reader.get(PAGE).content.decode()


def test_two_people_share_what_is_kept_only_where_they_see_the_same(reader, jobcentre) -> None:
    mine = owed(jobcentre)
    colleague = UserFactory(role=Role.CASEWORKER, organisation=jobcentre, language="en")
    mine.course.caseworker = colleague
    mine.course.save()
    elsewhere = CoverageFactory().jobcentre
    stranger = UserFactory(role=Role.CASEWORKER, organisation=elsewhere, language="en")
    assert (len(seen(reader)[1]), len(seen(reader, "?hvis=mine")[1])) == (1, 0)

    found = []
    for user in (colleague, stranger):
        other = Client()
        other.force_login(user)
        found.append((len(seen(other, "?hvis=team")[1]), len(seen(other, "?hvis=mine")[1])))

    assert found == [(1, 1), (0, 0)]


def test_an_interview_that_ends_lacks_its_outcome_from_that_minute_on(reader, jobcentre) -> None:
    course = owed(jobcentre).course
    MeetingFactory(
        course=course, held_by=Party.JOBCENTRE, starts_at=moment(TODAY, 9, 29)
    )  # until 10:14
    assert seen(reader)[0][3] == 0

    with time_machine.travel(moment(TODAY, 10, 14), tick=False):
        assert seen(reader)[0][3] == 1


def test_without_a_cache_all_is_counted(settings, jobcentre) -> None:
    settings.CACHES = {
        "default": settings.CACHES["default"] | {"LOCATION": "unix:///nowhere/at-all.sock"}
    }

    kept = kept_counts.kept(["n"], by=[jobcentre.pk])
    kept.keep({"n": 7})
    kept_counts.changed([jobcentre.pk])

    assert kept.found == {}


@pytest.mark.parametrize("seed", range(4))
def test_the_statement_that_is_written_out_shows_what_the_door_shows(seed) -> None:
    chance = random.Random(seed)  # noqa: S311 (no secret)
    jobcentres = [CoverageFactory().jobcentre for _ in range(2)]
    a_kasser = [AKasseFactory() for _ in range(2)]
    a_kasser.append(AKasseFactory(successor=a_kasser[0]))
    for _ in range(12):
        jobcentre = chance.choice(jobcentres)
        course = CourseFactory(
            a_kasse=chance.choice(a_kasser),
            municipality=jobcentre.coverages.get().municipality,
            jobcentre=jobcentre,
            jobcentre_from=chance.choice([None, TODAY, TODAY + timedelta(1), TODAY - timedelta(9)]),
            ended_on=chance.choice([None, None, TODAY - timedelta(5)]),
        )
        DutyFactory(course=course, due_on=TODAY + timedelta(chance.randrange(-20, 27)))
    parties = (*jobcentres, *a_kasser)
    members = [UserFactory(role=role, organisation=party) for role in Role for party in parties]
    readers = [UserFactory(), *members]

    every = [*Duty.objects.order_by("?").values_list("pk", flat=True)]
    for _ in range(2):  # once made, once kept
        for reader in readers:
            listed = {one.pk for one in rows_of(reader, every, on=TODAY)}
            door = Duty.objects.visible_to(reader, on=TODAY)
            assert listed == set(door.values_list("pk", flat=True))
            del reader.kept_reach
