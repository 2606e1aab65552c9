from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from courses.models import MemberFile, Party
from partnerships.models import Role
from tests.factories import (
    AKasseFactory,
    CourseFactory,
    DutyFactory,
    MeetingFactory,
    MunicipalityFactory,
    NoShowFactory,
    NotificationFactory,
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
def reader(client: Client, a_kasse) -> Client:
    client.force_login(UserFactory(role=Role.JOB_CONSULTANT, organisation=a_kasse))
    client.cookies["django_language"] = "en"
    return client


def owed(a_kasse, *, in_days: int, **columns):
    duty = {"responsible": Party.A_KASSE, "due_on": TODAY + timedelta(in_days)} | columns
    return DutyFactory(course=CourseFactory(a_kasse=a_kasse), **duty)


def test_an_a_kasse_sees_what_it_owes_its_members_and_in_which_municipality(
    reader, a_kasse
) -> None:
    municipality = MunicipalityFactory(name="Fjordby")
    duty = DutyFactory(
        course=CourseFactory(a_kasse=a_kasse, municipality=municipality),
        due_on=TODAY - timedelta(3),
    )
    owed(AKasseFactory(), in_days=-3)

    (section,) = reader.get(PAGE).context["front"].sections

    assert [(row.case, row.party) for row in section.rows] == [(duty.course.case_number, "Fjordby")]
    assert f"?duty={duty.pk}&naeste=%2Fa-kasse%2F" in section.rows[0].book_url


def test_the_jobcentres_interviews_are_listed_only_under_all(reader, a_kasse) -> None:
    owed(a_kasse, in_days=-3, responsible=Party.JOBCENTRE)

    assert reader.get(PAGE).context["front"].sections == ()
    (section,) = reader.get(PAGE + "?hvis=alle").context["front"].sections
    assert section.rows[0].book_url == ""


def test_an_a_kasse_reads_on_for_those_that_merged_into_it(client: Client, a_kasse) -> None:
    merged = AKasseFactory(successor=a_kasse)
    client.force_login(UserFactory(role=Role.COORDINATOR, organisation=a_kasse))
    owed(merged, in_days=-3)

    assert len(client.get(PAGE).context["front"].sections) == 1


def test_a_notification_waits_for_the_a_kasses_answer(reader, a_kasse) -> None:
    course = CourseFactory(a_kasse=a_kasse)
    missed = MeetingFactory(course=course, held_by=Party.JOBCENTRE, state="no_show")
    note = NotificationFactory(meeting=NoShowFactory(meeting=missed).meeting)

    (row,) = reader.get(PAGE + "?vis=svar").context["front"].waiting

    assert row.action_url == f"/samtaler/underretning/{note.pk}/"
    note.answered_at, note.answer_code = moment(TODAY, 9), "7"
    note.save()
    assert reader.get(PAGE + "?vis=svar").context["front"].waiting == ()


def test_the_page_says_when_files_were_last_taken_in(reader, a_kasse) -> None:
    assert "No file from an a-kasse has been taken in yet." in reader.get(PAGE).content.decode()

    MemberFile.objects.create(
        a_kasse=a_kasse,
        name="members.zip",
        uploaded_by=UserFactory(),
        state="done",
        finished_at=moment(TODAY, 5, 40),
    )

    assert "Mon 23 Nov at 5:40" in reader.get(PAGE).content.decode()


@pytest.mark.parametrize("count", [1, 3, 17])
def test_the_page_asks_the_same_few_questions_however_long_the_list(
    reader, a_kasse, count, django_assert_max_num_queries
) -> None:
    for days in range(3 * count):
        owed(a_kasse, in_days=5 * days - 3)
    reader.get(PAGE)

    with django_assert_max_num_queries(12) as found:
        reader.get(PAGE)

    assert len(found) == 9
