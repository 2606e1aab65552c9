"""The pages beside the course page: its whole journal, why its dates are such, and who looked."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from courses.actions import facts
from journal.actions import note
from journal.models import Look
from partnerships.models import Role
from tests.courses.course_world import NOW, make_world
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def get(client, world):
    def got(name, who="caseworker", **query):
        client.force_login(getattr(world, who) if isinstance(who, str) else who)
        return client.get(reverse(f"courses:{name}", args=[world.course.case_number]), query)

    return got


def away(world):
    facts.record_absence(
        course=world.course,
        kind="job",
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 8, 1),
        by=world.consultant,
    )


class TestTheWholeJournal:
    def test_shows_acts_moved_dates_and_looks_together(self, get, world):
        away(world)
        page = get("history").text
        assert page.count("<time") >= 2
        assert "<del>" in page
        assert "1.7.2026" in page
        assert str(world.caseworker) in page  # the own look

    def test_names_nobody_of_the_other_side_for_looking(self, get, world):
        get("course", "consultant")
        page = get("history").text
        assert str(world.consultant) not in page

    def test_is_read_to_its_end_page_by_page(self, get, world):
        for number in range(70):
            with time_machine.travel(NOW - timedelta(days=1, minutes=number), tick=False):
                note(world.course, "assigned", by=None, case=world.course.pk, to=f"N{number:03}")
        query, seen = {}, []
        for _ in range(9):
            page = get("history", **query).text
            seen += [n for n in range(70) if f"N{n:03}" in page]
            if "?before=" not in page:
                break
            older = page.partition("?before=")[2].partition('"')[0]
            query = {"before": older.replace("%3A", ":").replace("%2B", "+")}
        assert sorted(seen) == list(range(70))

    @pytest.mark.parametrize("before", ["", "rubbish", "2026-13-01T00:00", "2026-11-01T00:00"])
    def test_begins_with_the_newest_where_the_address_makes_no_sense(self, get, world, before):
        assert get("history", before=before).status_code == 200

    def test_asks_no_more_for_many_entries(self, get, world, django_assert_max_num_queries):
        for number in range(40):
            note(
                world.course, "assigned", by=world.consultant, case=world.course.pk, to=f"{number}"
            )
        get("history")
        with django_assert_max_num_queries(12):
            get("history")


class TestWhyTheseDates:
    def test_begins_with_the_rules_and_ends_with_each_interview(self, get, world):
        away(world)
        page = get("why").text
        for text in ("9.3.2026", "LAB § 31", "410", "1.7.2026 – 31.7.2026"):
            assert text in page, text
        assert "R24-05" not in page

    def test_links_to_how_deadlines_are_counted_with_the_case(self, get, world):
        assert f"sag={world.course.case_number}" in get("why").text

    def test_asks_as_little_as_the_course_page(self, get, django_assert_max_num_queries):
        get("why")
        with django_assert_max_num_queries(12):
            get("why")


class TestWhoLooked:
    def test_is_a_file_without_names_for_the_a_kasses_coordinator(self, get, world):
        get("course")
        lead = UserFactory(role=Role.COORDINATOR, organisation=world.a_kasse)
        response = get("looks", lead)
        assert response["Content-Type"].startswith("text/csv")
        rows = response.content.decode("utf-8-sig").splitlines()
        assert len(rows) >= 2
        assert str(world.caseworker) not in response.text
        assert Look.objects.filter(kind=Look.Kind.EXPORT, by=lead).exists()

    def test_is_made_by_a_caseworker_where_no_coordinator_is(self, get, world):
        get("course", "consultant")
        assert get("looks", "caseworker")["Content-Type"].startswith("text/csv")
        assert "/kig/" in get("course", "caseworker").text
        assert "/kig/" not in get("course", "consultant").text

    @pytest.mark.parametrize("who", ["consultant", "stranger", "abroad", "admin"])
    def test_is_for_nobody_else(self, get, who):
        assert get("looks", who).status_code == 404

    def test_is_counted_on_the_course_page(self, get, world):
        get("course", "consultant")
        page = " ".join(get("course").text.split())
        assert "2 people" in page or "2 personer" in page


def test_what_one_person_looked_at_again_on_a_day_is_one_line(get, world):
    for _ in range(3):
        get("course")
    page = get("history").text
    assert page.count("Set: forløbets side") == 1


def test_the_journal_speaks_of_the_member_to_an_a_kasse(get, world):
    note(world.course, "meeting-missed", by=world.caseworker, case=world.course.pk)
    for name in ("course", "history"):
        assert "Medlemmet udeblev" in get(name, "consultant").text
        assert "Borgeren udeblev" in get(name, "caseworker").text


def test_the_hand_over_stands_among_the_interviews(get):
    table = get("course").text.partition('id="duties"')[2].partition("</table>")[0]
    assert table.count('href="#handover"') == 1
    assert "29.5.2026" in table or "31.5.2026" in table
