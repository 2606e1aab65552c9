"""What a front page remembers, whose duties it shows, and what waits between the parties."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from courses.models import DateMove, Party
from partnerships.models import Membership, Role
from tests.factories import (
    AKasseFactory,
    CourseFactory,
    CoverageFactory,
    DutyFactory,
    MeetingFactory,
    ParticipantFactory,
    UserFactory,
    moment,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
PAGE = "/a-kasse/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(moment(TODAY, 10, 12), tick=False):
        yield


@pytest.fixture
def a_kasse():
    return AKasseFactory()


@pytest.fixture
def consultant(a_kasse):
    return UserFactory(role=Role.JOB_CONSULTANT, organisation=a_kasse, language="en")


@pytest.fixture
def reader(client: Client, consultant) -> Client:
    client.force_login(consultant)
    client.cookies["django_language"] = "en"
    return client


def owed(a_kasse, *, in_days: int = 3, **columns):
    return DutyFactory(
        course=CourseFactory(a_kasse=a_kasse, **columns),
        responsible=Party.A_KASSE,
        due_on=TODAY + timedelta(in_days),
    )


def front(reader: Client, query: str = "", *, came_from: str = f"http://testserver{PAGE}"):
    return reader.get(PAGE + query, headers={"referer": came_from}).context["front"]


def names(page) -> list[str]:
    return [row.case for section in page.sections for row in section.rows]


def test_a_bare_address_opens_the_list_as_it_was_last_narrowed(reader, a_kasse) -> None:
    front(reader, "?hvis=alle&booking=nej&orden=navn&navn=Bo&vis=snart")

    chosen = front(reader).chosen
    assert (chosen.owner, chosen.booking, chosen.order) == ("alle", "nej", "navn")
    assert (chosen.name, chosen.group) == ("", None)

    front(reader, "?hvis=team")
    assert front(reader).chosen.is_usual


def test_a_link_from_elsewhere_shows_its_list_and_leaves_ones_own_as_it_is(reader) -> None:
    front(reader, "?booking=nej")

    for place in ("", "https://elsewhere.example/", "http://testserver/log-ind/"):
        assert front(reader, "?orden=navn", came_from=place).chosen.order == "navn"

    chosen = front(reader).chosen
    assert (chosen.booking, chosen.order) == ("nej", "frist")


def test_tiles_that_a_filter_does_not_narrow_say_so(reader) -> None:
    reader.cookies["django_language"] = "en"
    for query, said in (("?hvis=team", False), ("?hvis=mine", True), ("?booking=nej", True)):
        beside = front(reader, query).tiles[3:]
        assert all(one.note.startswith("in all") is said for one in beside), query


def test_a_tile_alone_changes_nothing_that_is_remembered(reader, consultant) -> None:
    front(reader, "?booking=nej")
    front(reader, "?vis=registrering")

    consultant.refresh_from_db()
    assert consultant.lists == {"a_kasse": "?booking=nej"}


def test_mine_are_those_given_to_me_and_those_nobody_has_whom_i_meet(
    reader, a_kasse, consultant
) -> None:
    given = owed(a_kasse, in_days=2, consultant=consultant)
    met, other, theirs = (owed(a_kasse, in_days=days) for days in (3, 4, 5))
    theirs.course.consultant = UserFactory()
    theirs.course.save()
    for duty, worker in ((met, consultant), (other, UserFactory()), (theirs, consultant)):
        hour = 8 + duty.pk % 10
        meeting = MeetingFactory(
            course=duty.course, duty=duty, starts_at=moment(TODAY + timedelta(1), hour)
        )
        ParticipantFactory(meeting=meeting, role="a_kasse", worker=worker)

    assert names(front(reader, "?hvis=mine")) == [
        given.course.case_number,
        met.course.case_number,
    ]


def test_duties_without_a_place_are_counted_and_listed(reader, a_kasse) -> None:
    a_kasse.interviews_a_day = 1
    a_kasse.save()
    first, second, third = (owed(a_kasse, in_days=days) for days in (0, 1, 1))

    (tile,) = [one for one in front(reader).tiles if one.key == "kapacitet"]
    listed = names(front(reader, tile.url))

    assert (tile.count, listed) == (1, [third.course.case_number])
    assert {first.pk, second.pk}.isdisjoint({third.pk})
    Membership.objects.create(
        user=UserFactory(), organisation=a_kasse, role=Role.JOB_CONSULTANT, starts_on=TODAY
    )
    assert names(front(reader, tile.url)) == []


def test_an_invitation_waits_for_an_answer_on_both_sides(client, reader, a_kasse) -> None:
    coverage = CoverageFactory()
    course = CourseFactory(
        a_kasse=a_kasse,
        municipality=coverage.municipality,
        jobcentre=coverage.jobcentre,
        jobcentre_from=TODAY,
    )
    meeting = MeetingFactory(
        course=course,
        held_by=Party.JOBCENTRE,
        with_other_party=True,
        starts_at=moment(TODAY + timedelta(2), 9),
    )
    seat = ParticipantFactory(meeting=meeting, role="a_kasse", worker=None)

    (row,) = front(reader, "?vis=svar").waiting
    assert row.action_url == f"/samtaler/{meeting.pk}/deltagelse/"
    client.force_login(UserFactory(role=Role.CASEWORKER, organisation=coverage.jobcentre))
    (theirs,) = client.get("/jobcenter/?vis=svar").context["front"].waiting
    assert theirs.action_url == f"/samtaler/{meeting.pk}/"  # nothing to answer, but to look at

    seat.worker = UserFactory()
    seat.save()
    assert client.get("/jobcenter/?vis=svar").context["front"].waiting == ()


def test_dates_that_moved_since_yesterday_are_counted_and_listed(reader, a_kasse) -> None:
    for course in (CourseFactory(a_kasse=a_kasse), CourseFactory()):
        DateMove.objects.create(
            course=course,
            rule="R26-07",
            ordinal=1,
            cause="absence-recorded",
            before={"due_on": "2026-11-20"},
            after={"due_on": "2026-12-04"},
        )

    assert front(reader).counts.moves == 1
    page = reader.get("/aendringer/").content.decode()
    assert page.count("4 Dec 2026") == 1


def test_keys_are_off_for_who_turned_them_off(reader, consultant) -> None:
    assert 'data-keys="on"' in reader.get(PAGE).content.decode()

    consultant.keys = False
    consultant.save()

    page = reader.get(PAGE).content.decode()
    assert "data-keys" not in page
    assert 'id="keys"' not in page
