"""Citizens are found by name, case number, CPR number and phone, inside one's own reach only."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from courses.case_numbers import course_pk_of, written
from courses.search import By, find, may_be_cpr
from journal.models import Look
from partnerships.models import Role
from tests.courses.course_world import CPR, NOW, TODAY, WRITTEN, make_course, make_world
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world():
    return make_world()


def names(found):
    return [course.citizen.name for course in (*found.courses, *found.forecasts)]


def search(client, user, text, method="post"):
    client.force_login(user)
    return getattr(client, method)(reverse("courses:search"), {"q": text})


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("amina", By.NAME),
        ("STRANDLØKKE", By.NAME),
        ("strand ami", By.NAME),
        (CPR, By.CPR),
        (WRITTEN, By.CPR),
        ("620185 0001", By.CPR),
        ("20304050", By.PHONE),
        ("+45 20 30 40 50", By.PHONE),
    ],
)
def test_a_text_finds_the_citizen_it_names(world, text, by):
    found = find(text, user=world.consultant, on=TODAY)
    assert (found.by, names(found)) == (by, ["Amina Strandløkke"])


@pytest.mark.parametrize(
    "text", ["bent", "trandløkke", "6201850002", "9999999999", "20304051", "'", "&|!", ""]
)
def test_a_text_that_names_nobody_finds_nobody(world, text):
    assert names(find(text, user=world.consultant, on=TODAY)) == []


def test_aa_and_bolle_a_are_the_same_letter(world):
    make_course(
        world.a_kasse,
        world.course.municipality,
        date(2026, 9, 7),
        cpr="6202850001",
        name=("Åge", "Østergaard"),
    )
    for text in ("østergård", "østergaard", "aage", "åge"):
        assert names(find(text, user=world.consultant, on=TODAY)) == ["Åge Østergaard"]


def test_names_come_in_danish_order(world):
    for n, last in enumerate(["Aagaard", "Østberg", "Andersen"]):
        make_course(
            world.a_kasse,
            world.course.municipality,
            date(2026, 9, 7),
            cpr=f"620385000{n}",
            name=("Bo", last),
        )
    found = find("bo", user=world.consultant, on=TODAY)
    assert names(found) == ["Bo Andersen", "Bo Østberg", "Bo Aagaard"]


def test_a_last_name_as_typed_comes_before_a_first_name_and_both_before_a_beginning(world):
    people = [("Bo", "Lindberg"), ("Lind", "Ek"), ("Ib", "Lind"), ("Linda", "Aas"), ("Åse", "lind")]
    for n, name in enumerate(people):
        make_course(
            world.a_kasse,
            world.course.municipality,
            date(2026, 9, 7),
            cpr=f"620385000{n}",
            name=name,
        )
    found = find("Lind", user=world.consultant, on=TODAY)
    assert names(found) == ["Ib Lind", "Åse lind", "Lind Ek", "Bo Lindberg", "Linda Aas"]


@pytest.mark.parametrize("text", ["Amina", CPR, "20304050", "K-{pk:06d}"])
@pytest.mark.parametrize("who", ["stranger", "abroad"])
def test_nobody_elsewhere_finds_the_citizen(world, text, who):
    text = text.format(pk=world.course.pk)
    assert find(text, user=getattr(world, who), on=TODAY).count == 0


def test_a_case_number_is_read_however_it_is_written(world):
    assert {course_pk_of(text) for text in ("K-000123", "k-123", "K123", " 123 ")} == {123}
    assert course_pk_of("K-12x") is None
    assert written(123) == "K-000123"


def test_a_case_number_and_a_cpr_number_open_the_course_at_once(client, world):
    for text in (world.course.case_number, str(world.course.pk), WRITTEN):
        response = search(client, world.consultant, text)
        assert (response.status_code, response.url) == (302, world.course.get_absolute_url())


def test_a_name_gives_a_list_even_where_one_is_found(client, world):
    response = search(client, world.consultant, "Amina")
    assert response.status_code == 200
    assert world.course.get_absolute_url() in response.text


def test_what_may_be_a_cpr_number_in_an_address_is_refused_and_not_repeated(client, world):
    for text in (CPR, WRITTEN, "62 01 85-0001", f"Amina {CPR}"):
        response = search(client, world.consultant, text, method="get")
        assert response.status_code == 400
        assert CPR not in response.text.replace("-", "").replace(" ", "")
    assert not Look.objects.exists()


def test_a_name_in_an_address_is_searched(client, world):
    assert "Strandløkke" in search(client, world.consultant, "amina", method="get").text


def test_what_was_opened_last_stands_there_before_anything_is_sought(client, world):
    other = make_course(world.a_kasse, world.course.municipality, TODAY, cpr="0101850002",
                        name=("Bo", "Nylund"))  # fmt: skip
    client.force_login(world.consultant)
    for course in (world.course, other, world.course):
        client.get(course.get_absolute_url())
    page = client.get(reverse("courses:search"))
    (recent,) = page.context["groups"]
    assert [row.case for row in recent.rows] == [world.course.case_number, other.case_number]
    logged = Look.objects.filter(kind=Look.Kind.LIST).latest("pk")
    assert sorted(logged.details["courses"]) == sorted([world.course.pk, other.pk])


def test_what_one_may_no_longer_read_is_not_among_what_was_opened_last(client, world):
    Look.objects.create(by=world.stranger, kind=Look.Kind.COURSE, case_pk=world.course.pk)
    client.force_login(world.stranger)
    page = client.get(reverse("courses:search"))
    assert page.context["groups"] == []
    assert "Strandløkke" not in page.text


def test_a_posted_cpr_number_is_not_repeated(client, world):
    response = search(client, world.stranger, WRITTEN)
    assert response.status_code == 200
    assert WRITTEN not in response.text


def test_every_search_is_logged_with_its_count_and_not_its_text(client, world):
    search(client, world.consultant, WRITTEN)
    search(client, world.stranger, "Amina")
    looks = Look.objects.filter(kind=Look.Kind.SEARCH).order_by("pk")
    assert [(look.by, look.details) for look in looks] == [
        (world.consultant, {"sought": "cpr", "count": 1, "courses": [world.course.pk]}),
        (world.stranger, {"sought": "name", "count": 0, "courses": []}),
    ]


def test_a_jobcentre_finds_the_forecast_of_a_course_that_is_not_its_yet(client):
    world = make_world(date(2026, 9, 7))
    assert world.course.jobcentre_from > TODAY >= world.course.forecast_from
    found = find("Amina", user=world.caseworker, on=TODAY)
    assert (len(found.courses), len(found.forecasts)) == (0, 1)
    assert "handover" in search(client, world.caseworker, "Amina").text


@pytest.mark.parametrize("role", [Role.BOOKING_COORDINATOR, Role.STEERING_GROUP, Role.FINANCE])
def test_those_who_read_no_citizens_have_no_search(client, world, role):
    user = UserFactory(role=role, organisation=world.jobcentre)
    assert search(client, user, "Amina").status_code == 404
    assert not Look.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_asks_the_same_number_of_queries(
    client, world, count, django_assert_max_num_queries
):
    for n in range(count - 1):
        make_course(world.a_kasse, world.course.municipality, date(2026, 9, 7), cpr=f"620485000{n}")
    client.force_login(world.consultant)
    with django_assert_max_num_queries(9):
        response = client.post(reverse("courses:search"), {"q": "amina"})
    assert response.text.count(">K-0") == count


def test_what_may_be_a_cpr_number_is_seen_however_it_is_broken_up():
    assert all(map(may_be_cpr, [CPR, WRITTEN, "620185 0001", "62.01.85-0001", "x6201850001y"]))
    assert not any(map(may_be_cpr, ["Amina", "K-000123", "20304050", "2026"]))
