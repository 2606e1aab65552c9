"""Interviews not held in time: filtered, acknowledged together, counted by cause, taken out."""

from datetime import date, timedelta

import pytest
import time_machine

from courses.models import Flag, Party
from journal.models import Look
from partnerships.models import Role
from tests.factories import (
    AKasseFactory,
    CourseFactory,
    CoverageFactory,
    DutyFactory,
    FlagFactory,
    UserFactory,
    moment,
)

TODAY = date(2026, 11, 23)
AGES = (5, 20, 60, 200)
SAID = {"cause": "no_times", "responsible_side": "jobcentre", "acknowledged_on": "23.11.2026"}


@pytest.fixture(autouse=True)
def _now(settings):
    settings.LANGUAGE_CODE = "en"
    with time_machine.travel(moment(TODAY, 10), tick=False):
        yield


@pytest.fixture
def course(db):
    area = CoverageFactory()
    return CourseFactory(
        municipality=area.municipality,
        a_kasse=AKasseFactory(),
        jobcentre_from=date(2025, 1, 1),
    )


@pytest.fixture
def caseworker(course, client):
    user = UserFactory(role=Role.CASEWORKER, organisation=course.jobcentre)
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


@pytest.fixture
def late(course):
    """Four late interviews of different ages, the first the jobcentre's."""
    found = []
    for number, days in enumerate(AGES):
        duty = DutyFactory(
            course=course,
            ordinal=number + 1,
            responsible=Party.A_KASSE if number else Party.JOBCENTRE,
            due_on=TODAY - timedelta(days + 1),
        )
        found.append(FlagFactory(duty=duty, became_on=TODAY - timedelta(days)))
    return found


def listed(client, **asked):
    return client.get("/frister/overskredet/", asked).context["late"]


@pytest.mark.usefixtures("caseworker", "late")
def test_the_list_is_grouped_by_age_the_oldest_first(client):
    groups = [(group.title, len(group.rows)) for group in listed(client).groups]

    assert groups == [
        ("More than three months", 1),
        ("One to three months", 1),
        ("Two to four weeks", 1),
        ("Up to two weeks", 1),
    ]


@pytest.mark.usefixtures("caseworker")
def test_the_list_is_narrowed_by_side_and_period(client, late):
    ours = listed(client, side="jobcentre").rows
    recent = listed(client, fra=(TODAY - timedelta(30)).isoformat()).rows
    nonsense = listed(client, side="x", aarsag="y", fra="z").rows

    assert [row.flag for row in ours] == [late[0]]
    assert {row.flag for row in recent} == {late[0], late[1]}
    assert len(nonsense) == 4


@pytest.mark.usefixtures("caseworker")
def test_one_cause_is_said_of_several_and_each_has_its_result(client, late):
    chosen = [late[0].pk, late[1].pk]
    asked = client.post("/frister/overskredet/kvitter/", {"flag": chosen})
    client.post("/frister/overskredet/kvitter/", {"flag": [late[0].pk]} | SAID)
    answer = client.post("/frister/overskredet/kvitter/", {"flag": chosen} | SAID)

    assert len(asked.context["chosen"]) == 2
    results = {one.flag.pk: one.refusal for one, _name in answer.context["results"]}
    assert "already" in results[late[0].pk]
    assert results[late[1].pk] == ""
    assert Flag.objects.open().overdue().count() == 2
    assert {row.flag for row in listed(client, vis="lukkede", aarsag="no_times").rows} == {
        late[0],
        late[1],
    }


@pytest.mark.usefixtures("caseworker")
def test_a_cause_and_a_side_are_needed_for_several_too(client, late):
    answer = client.post(
        "/frister/overskredet/kvitter/", {"flag": [late[0].pk], "cause": "", "remark": "Oh"}
    )

    assert set(answer.context["form"].errors) >= {"cause", "responsible_side"}
    assert Flag.objects.open().overdue().count() == 4


def test_nobody_acknowledges_what_they_do_not_read(client, late):
    stranger = UserFactory(role=Role.CASEWORKER, organisation=CoverageFactory().jobcentre)
    client.force_login(stranger)

    answer = client.post("/frister/overskredet/kvitter/", {"flag": [late[0].pk]} | SAID)

    assert answer.status_code == 302
    assert Flag.objects.open().overdue().count() == 4


def test_the_causes_of_a_period_are_counted_for_oneself_and_for_all(
    client, caseworker, course, late
):
    client.post("/frister/overskredet/kvitter/", {"flag": [late[0].pk]} | SAID)

    def bars(**asked):
        found = client.get("/frister/aarsager/", {"maaned": "2026-11"} | asked).context["causes"]
        return [(bar.name, bar.count) for bar in found.bars]

    assert bars() == []
    assert bars(hvis="side") == [("no times were available", 1), ("still open", 1)]
    course.caseworker = caseworker
    course.save()
    assert bars() == bars(hvis="side")
    assert sum(number for _name, number in bars(maaned="aar")) == 4


def test_the_file_has_no_names_computes_nothing_and_is_logged(client, caseworker, course, late):
    client.post("/frister/overskredet/kvitter/", {"flag": [late[0].pk], "remark": "=1+1"} | SAID)

    answer = client.get("/frister/overskredet/liste.csv", {"vis": "lukkede"})

    text = answer.content.decode()
    assert course.case_number in text
    assert course.citizen.last_name not in text
    assert ";'=1+1" in text
    assert "no-store" in answer["Cache-Control"]
    look = Look.objects.get(kind="export")
    assert (look.by, look.details["courses"]) == (caseworker, [course.pk])


@pytest.mark.usefixtures("caseworker", "late")
@pytest.mark.parametrize("address", ["/frister/overskredet/", "/frister/aarsager/"])
def test_these_pages_ask_the_database_little(client, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get(address)
