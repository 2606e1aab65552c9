import re
from datetime import date, timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils.translation import override

from courses.models import Duty, Party
from journal.models import Look
from partnerships.models import Role
from tests.factories import (
    CourseFactory,
    CoverageFactory,
    DutyFactory,
    MeetingFactory,
    NoShowFactory,
    NotificationFactory,
    ParticipantFactory,
    RoomFactory,
    UserFactory,
    moment,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
NOW = moment(TODAY, 10, 12)
PAGE = "/jobcenter/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False), override("en"):
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


def owed(jobcentre, *, in_days: int, **columns) -> Duty:
    course = columns.pop("course", None) or CourseFactory(
        municipality=jobcentre.coverages.get().municipality,
        jobcentre=jobcentre,
        jobcentre_from=TODAY - timedelta(60),
    )
    known = {"kind": "joint", "responsible": Party.JOBCENTRE, "with_party": Party.A_KASSE}
    return DutyFactory(course=course, due_on=TODAY + timedelta(in_days), **known | columns)


def tiles(reader: Client, query: str = "") -> dict[str, int]:
    return {tile.label: tile.count for tile in reader.get(PAGE + query).context["front"].tiles}


def test_each_tile_counts_what_the_list_behind_it_shows(reader, jobcentre) -> None:
    for days in (-4, -1, 1, 3, 9, 12, 20):
        owed(jobcentre, in_days=days)
    held = {"held_by": Party.JOBCENTRE, "course": owed(jobcentre, in_days=60).course}
    MeetingFactory(**held, starts_at=moment(TODAY, 8))
    missed = MeetingFactory(**held, state="no_show", starts_at=moment(TODAY - timedelta(5), 8))
    NotificationFactory(meeting=NoShowFactory(meeting=missed).meeting)
    owed(jobcentre, in_days=70)
    leaving = owed(jobcentre, in_days=80).course
    leaving.handover_on = TODAY + timedelta(12)
    leaving.save()

    front = reader.get(PAGE).context["front"]

    assert [tile.count for tile in front.tiles] == [2, 2, 3, 1, 1, 1, 5]
    for tile in front.tiles:
        behind = reader.get(PAGE + tile.url).context["front"]
        rows = len(behind.waiting) or sum(len(section.rows) for section in behind.sections)
        assert rows == tile.count, tile.label
        assert [one.current for one in behind.tiles].count(True) == 1


def test_the_notes_on_the_tiles_say_what_is_new_and_what_is_not_booked(reader, jobcentre) -> None:
    owed(jobcentre, in_days=-1)
    booked = owed(jobcentre, in_days=2)
    owed(jobcentre, in_days=2)
    MeetingFactory(course=booked.course, duty=booked, starts_at=moment(TODAY, 15))

    notes = [tile.note for tile in reader.get(PAGE).context["front"].tiles]

    assert notes[:3] == ["1 new tonight", "1 not booked", "until 21 Dec"]


def test_a_row_says_when_who_what_why_and_offers_to_book(reader, jobcentre) -> None:
    duty = owed(jobcentre, in_days=-6, rule="R26-07")

    page = reader.get(PAGE).content.decode()

    assert "4 working days over" in page
    assert "Due Tue 17 Nov" in page
    assert duty.course.citizen.name in page
    assert duty.course.get_absolute_url() in page
    assert "Required by: lov 1750/2025" in page
    assert f"/kalender/book/{duty.course.case_number}/?krav={duty.pk}" in page


def test_a_booked_row_shows_its_time_and_offers_no_second_booking(reader, jobcentre) -> None:
    duty = owed(jobcentre, in_days=3)
    meeting = MeetingFactory(course=duty.course, duty=duty, starts_at=moment(date(2026, 11, 24), 9))

    page = reader.get(PAGE).content.decode()

    assert "Tomorrow 9:00" in page
    assert f"/samtaler/{meeting.pk}/" in page
    assert "/samtaler/book/" not in page


def test_the_other_sides_interviews_are_shown_but_not_booked(reader, jobcentre) -> None:
    owed(jobcentre, in_days=-2, kind="job", responsible=Party.A_KASSE, with_party="")

    page = reader.get(PAGE + "?hvis=alle").content.decode()

    assert "2 working days over" not in page  # Saturday: only Monday's working day has passed
    assert "1 working day over" in page
    assert "/samtaler/book/" not in page


def test_my_interviews_stand_before_and_after_now(reader, jobcentre, caseworker) -> None:
    course = owed(jobcentre, in_days=9).course
    for hour, state in ((8, "held"), (9, "booked"), (11, "booked"), (13, "cancelled")):
        by = {"cancelled_by": "citizen"} if state == "cancelled" else {}
        meeting = MeetingFactory(
            course=course, held_by=Party.JOBCENTRE, starts_at=moment(TODAY, hour), state=state, **by
        )
        ParticipantFactory(meeting=meeting, role="jobcentre", worker=caseworker)

    agenda = reader.get(PAGE).context["front"].agenda

    assert [one.clock for one in agenda.past] == ["8:00", "9:00"]
    assert [one.clock for one in agenda.ahead] == ["11:00"]
    assert [bool(one.record_url) for one in agenda.past] == [False, True]
    assert agenda.now == "10:12"


def test_the_load_has_ten_working_days_and_moves_what_falls_on_a_day_off(reader, jobcentre) -> None:
    owed(jobcentre, in_days=0)
    owed(jobcentre, in_days=5)  # a Saturday: to be held by Friday

    load = reader.get(PAGE).context["front"].load

    assert [one.total for one in load] == [1, 0, 0, 0, 1, 0, 0, 0, 0, 0]
    assert [one.weekday for one in load] == ["Mon", "Tue", "Wed", "Thu", "Fri"] * 2


def test_filtering_by_htmx_brings_the_list_alone(reader, jobcentre) -> None:
    owed(jobcentre, in_days=-1)

    fragment = words(reader.get(PAGE, headers={"HX-Request": "true"}))

    assert "<html" not in fragment
    assert fragment in words(reader.get(PAGE))


def words(response: HttpResponse) -> str:
    """What an answer says, but for the token of its form, which is written anew each time."""
    text = re.sub(r'(name="csrfmiddlewaretoken" value)="\w+"', r"\1", response.content.decode())
    return " ".join(text.split())


def test_the_filter_is_posted_and_answered_with_its_address(reader) -> None:
    said = {"navn": "Bo", "vis": "snart", "hvis": "team", "akasse": "", "booking": "nej"}
    address = PAGE + "?vis=snart&navn=Bo&booking=nej"

    plain = reader.post(PAGE, said)
    fragment = reader.post(PAGE, said, headers={"HX-Request": "true"})

    assert (plain.status_code, plain["Location"]) == (302, address)
    assert (fragment.status_code, fragment["HX-Push-Url"]) == (200, address)
    assert fragment.context["front"].chosen.name == "Bo"


@pytest.mark.parametrize("text", ["010185-1234", "0101851234", "Bo 01 01 85-1234", "010185-12"])
def test_a_cpr_number_in_the_filter_is_refused_and_reaches_no_address(reader, text) -> None:
    plain = reader.post(PAGE, {"navn": text}, headers={"Referer": f"http://testserver{PAGE}"})
    fragment = reader.post(PAGE, {"navn": text}, headers={"HX-Request": "true"})

    assert (plain.status_code, plain["Location"]) == (302, f"http://testserver{PAGE}")
    assert (fragment.status_code, "HX-Push-Url" in fragment) == (409, False)
    for answer in (fragment, reader.get(PAGE)):
        assert "Write a CPR number in the search box" in answer.content.decode()
        assert text not in answer.content.decode()


def test_what_looks_like_a_cpr_number_is_not_taken_from_an_address(reader) -> None:
    response = reader.get(PAGE, {"navn": "010185-1234"})

    assert response.status_code == 400
    assert "1234" not in response.content.decode()


def test_an_empty_list_says_so_and_names_the_next_deadline(reader, jobcentre) -> None:
    owed(jobcentre, in_days=1)

    assert (
        "The next deadline is Tue 24 Nov" in reader.get(PAGE + "?vis=overskredet").content.decode()
    )
    assert "No deadline fits" in reader.get(PAGE + "?navn=Zz").content.decode()


def test_looking_at_the_list_is_logged_with_the_cases_on_it(reader, jobcentre, caseworker) -> None:
    duty = owed(jobcentre, in_days=-1)

    reader.get(PAGE)

    look = Look.objects.get()
    assert (look.by, look.kind, look.details) == (caseworker, "list", {"courses": [duty.course_id]})


def test_what_waits_and_the_own_day_are_logged_as_looks_too(reader, jobcentre, caseworker) -> None:
    listed, over, told, leaving, today = (owed(jobcentre, in_days=60).course for _ in range(5))
    owed(jobcentre, in_days=-1, course=listed)
    held = {"held_by": Party.JOBCENTRE}
    MeetingFactory(**held, course=over, starts_at=moment(TODAY, 8))
    missed = MeetingFactory(
        **held, course=told, state="no_show", starts_at=moment(TODAY - timedelta(5), 8)
    )
    NotificationFactory(meeting=NoShowFactory(meeting=missed).meeting)
    leaving.handover_on = TODAY + timedelta(12)
    leaving.save()
    mine = MeetingFactory(**held, course=today, starts_at=moment(TODAY, 15))
    ParticipantFactory(meeting=mine, role="jobcentre", worker=caseworker)

    for query, course in (
        ("", listed),
        ("?vis=registrering", over),
        ("?vis=svar", told),
        ("?vis=overleveringer", leaving),
    ):
        reader.get(PAGE + query)
        look = Look.objects.latest("pk")
        assert look.details == {"courses": sorted([course.pk, today.pk])}, query


@pytest.mark.parametrize("count", [1, 3, 17])
def test_the_page_asks_the_same_few_questions_however_long_the_list(
    reader, jobcentre, caseworker, count, django_assert_max_num_queries
) -> None:
    for days in range(count):
        for in_days in (-1 - days, 1 + days % 2, 12 + days):
            duty = owed(jobcentre, in_days=in_days)
            meeting = MeetingFactory(
                course=duty.course,
                held_by=Party.JOBCENTRE,
                starts_at=moment(TODAY + timedelta(days % 5), 8 + days % 10),
            )
    ParticipantFactory(meeting=meeting, role="jobcentre", worker=caseworker)
    reader.get(PAGE)

    with django_assert_max_num_queries(12) as found:
        reader.get(PAGE)

    assert len(found) == 12


def test_a_booking_coordinator_sees_rooms_and_times_and_nobodys_name(client, jobcentre) -> None:
    client.force_login(UserFactory(role=Role.BOOKING_COORDINATOR, organisation=jobcentre))
    client.cookies["django_language"] = "en"
    course, room = owed(jobcentre, in_days=-1).course, RoomFactory(organisation=jobcentre)
    elsewhere = RoomFactory()
    MeetingFactory(course=course, held_by=Party.JOBCENTRE, room=room, starts_at=moment(TODAY, 14))

    page = client.get(PAGE).content.decode()

    assert room.name in page
    assert "14:00–14:45" in page
    assert course.citizen.last_name not in page
    assert course.case_number not in page
    assert elsewhere.name not in page


def test_a_booking_coordinator_sees_what_is_free_of_the_day_and_the_week(client, jobcentre) -> None:
    client.force_login(UserFactory(role=Role.BOOKING_COORDINATOR, organisation=jobcentre))
    client.cookies["django_language"] = "en"
    course, room = owed(jobcentre, in_days=-1).course, RoomFactory(organisation=jobcentre)
    day = date(2026, 12, 1)
    for hour in (9, 13):
        MeetingFactory(
            course=course, held_by=Party.JOBCENTRE, room=room, starts_at=moment(day, hour)
        )

    page = client.get(PAGE + "?dag=2026-12-01").context["page"]

    (shown,), (row,) = page.rooms, page.week.rows
    free = [slot.clock for slot in shown.slots if slot.is_free]
    assert free == ["8:00–9:00", "9:45–12:00", "12:30–13:00", "13:45–16:00"]
    assert [(cell.text, cell.booked) for cell in row[1][:2]] == [("7.5 h", ""), ("6.0 h", "2")]
    assert page.week.number == 49


def test_a_booking_coordinator_turns_the_days(client, jobcentre) -> None:
    client.force_login(UserFactory(role=Role.BOOKING_COORDINATOR, organisation=jobcentre))

    assert client.get(PAGE + "?dag=2026-12-01").context["day"] == date(2026, 12, 1)
    for day in ("x", "0001-01-01", "9999-12-31", "%00"):
        assert client.get(PAGE + f"?dag={day}").context["day"] == TODAY


@pytest.mark.parametrize("query", ["navn=%00", "akasse=%00", "side=fra.snart.0001-01-01.7"])
def test_an_address_with_what_nobody_can_mean_opens_the_page(reader, query) -> None:
    assert reader.get(f"{PAGE}?{query}").status_code == 200
