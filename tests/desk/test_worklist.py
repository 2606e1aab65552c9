"""The list that both front pages show: who stands in it, in which group, on which page."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.http import QueryDict

from courses import worklist_pages
from courses.clocks import clocks_of
from courses.facts import facts_of
from courses.models import Course, Duty, Party
from courses.unemployment import weeks_of
from courses.worklist import BOOKED, Side, listed, tallies
from courses.worklist_filter import Cursor, Group, Order, Owner, WorklistFilter
from courses.worklist_found import STATEMENT
from courses.worklist_pages import Page, groups_of, page_of, place_of, rows_above
from meetings.models import Meeting
from partnerships.models import Role
from tests.factories import (
    AbsenceFactory,
    AKasseFactory,
    CitizenFactory,
    CourseFactory,
    CoverageFactory,
    DutyFactory,
    MeetingFactory,
    NoShowFactory,
    ReportedHoursFactory,
    UserFactory,
    moment,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def jobcentre():
    return CoverageFactory().jobcentre


@pytest.fixture
def caseworker(jobcentre):
    return UserFactory(role=Role.CASEWORKER, organisation=jobcentre)


def course_at(jobcentre, **columns) -> Course:
    municipality = jobcentre.coverages.get().municipality
    known = {"municipality": municipality, "jobcentre": jobcentre, "jobcentre_from": TODAY}
    return CourseFactory(**known | columns)


def owed(jobcentre, *, in_days: int, course: Course | None = None, **columns) -> Duty:
    """A joint interview whose last timely day is so many days ahead."""
    known = {"kind": "joint", "responsible": Party.JOBCENTRE, "with_party": Party.A_KASSE}
    return DutyFactory(
        course=course or course_at(jobcentre),
        due_on=TODAY + timedelta(in_days),
        **known | columns,
    )


def page(user, jobcentre, chosen: WorklistFilter, *, on: date = TODAY) -> tuple[Page, int]:
    """A page, and how many rows stand above it."""
    duties = listed(user, Side(Party.JOBCENTRE, (jobcentre.pk,)), chosen, on=on)
    place = place_of(duties, chosen, seen=Duty.objects.visible_to(user, on=on), on=on)
    found = page_of(user, duties, chosen, place, groups_of(chosen), on=on)
    counts = tallies(duties, on=on, before=place.above)
    return found, rows_above(found, counts, chosen.start)


def shown(user, jobcentre, query: str = "", *, on: date = TODAY) -> list[Duty]:
    chosen = WorklistFilter.read(QueryDict(query))
    rows = page(user, jobcentre, chosen, on=on)[0].rows
    duties = Duty.objects.select_related("course__citizen").in_bulk([row.pk for row in rows])
    return [duties[row.pk] for row in rows]


def test_late_comes_before_soon_before_coming_and_each_by_its_day(caseworker, jobcentre) -> None:
    coming, soon, late = (owed(jobcentre, in_days=days) for days in (10, 3, -1))
    later = owed(jobcentre, in_days=-6)

    assert shown(caseworker, jobcentre) == [later, late, soon, coming]


def test_a_duty_is_late_on_the_day_after_its_last_timely_day(caseworker, jobcentre) -> None:
    owed(jobcentre, in_days=0)

    assert shown(caseworker, jobcentre, "vis=overskredet") == []
    assert len(shown(caseworker, jobcentre, "vis=overskredet", on=TODAY + timedelta(1))) == 1


def test_the_groups_together_hold_each_duty_once(caseworker, jobcentre) -> None:
    for days in range(-10, 28):
        owed(jobcentre, in_days=days)
    parts = [shown(caseworker, jobcentre, f"vis={group}") for group in Group]

    assert [duty for part in parts for duty in part] == shown(caseworker, jobcentre)
    assert sum(map(len, parts)) == 38


def test_the_list_looks_four_weeks_ahead(caseworker, jobcentre) -> None:
    owed(jobcentre, in_days=28)
    owed(jobcentre, in_days=29)

    assert len(shown(caseworker, jobcentre)) == 1


def test_what_is_met_suspended_ended_or_without_a_day_is_not_listed(caseworker, jobcentre) -> None:
    owed(jobcentre, in_days=-3, outcome="met", met_on=TODAY, late_from=None, soon_from=None)
    owed(jobcentre, in_days=-3, exempt_from=TODAY - timedelta(5))
    owed(jobcentre, in_days=-3, exempt_from=TODAY, exempt_to=TODAY + timedelta(1))
    owed(jobcentre, in_days=-3, course=course_at(jobcentre, ended_on=TODAY))
    DutyFactory(course=course_at(jobcentre), due_on=None)
    again = owed(jobcentre, in_days=-3, exempt_from=TODAY - timedelta(5), exempt_to=TODAY)

    assert shown(caseworker, jobcentre) == [again]


def test_the_own_side_is_listed_unless_all_is_asked_for(caseworker, jobcentre) -> None:
    own = owed(jobcentre, in_days=-2)
    theirs = owed(jobcentre, in_days=-1, responsible=Party.A_KASSE, with_party="")

    assert shown(caseworker, jobcentre) == [own]
    assert shown(caseworker, jobcentre, "hvis=alle") == [own, theirs]


def test_mine_are_the_courses_that_i_was_given(caseworker, jobcentre) -> None:
    mine = owed(jobcentre, in_days=-2, course=course_at(jobcentre, caseworker=caseworker))
    owed(jobcentre, in_days=-1)

    assert shown(caseworker, jobcentre, "hvis=mine") == [mine]


def test_filters_narrow_by_name_case_a_kasse_kind_and_booking(caseworker, jobcentre) -> None:
    citizen = CitizenFactory(first_name="Åse Marie", last_name="Østergård")
    foa = AKasseFactory(slug="foa")
    wanted = owed(jobcentre, in_days=-2, course=course_at(jobcentre, citizen=citizen, a_kasse=foa))
    other = owed(jobcentre, in_days=-1, kind="job")
    MeetingFactory(course=other.course, duty=other, starts_at=moment(TODAY, 12))

    for query in (
        "navn=åse østergård",
        f"navn={wanted.course.case_number}",
        f"navn={wanted.course_id}",
        "akasse=foa",
        "samtale=joint",
        "booking=nej",
    ):
        assert shown(caseworker, jobcentre, query) == [wanted], query
    assert shown(caseworker, jobcentre, "booking=ja") == [other]
    assert shown(caseworker, jobcentre, "navn=aase%25") == []


def courses_of(jobcentre, names: list[str]) -> list[Course]:
    """Courses of people with these names, some of them unemployed equally long."""
    return [
        course_at(
            jobcentre,
            citizen=CitizenFactory(last_name=name),
            registered_on=TODAY - timedelta(100 + 7 * (n // 2)),
        )
        for n, name in enumerate(names)
    ]


@pytest.mark.parametrize("order", list(Order))
def test_pages_follow_on_each_other_both_ways_without_a_gap_and_without_a_repeat(
    caseworker, jobcentre, monkeypatch, order
) -> None:
    monkeypatch.setattr(worklist_pages, "SIZE", 4)
    courses = courses_of(jobcentre, ["Åby", "Aaby", "Østby", "Zeuthen", "Ærø"])
    for n, days in enumerate((-3, -3, -3, -3, -3, 2, 2, 9, 9, 9)):
        owed(jobcentre, in_days=days, course=courses[n % 5])
    chosen, pages, numbers = WorklistFilter(order=order), [], []
    while True:
        found, above = page(caseworker, jobcentre, chosen)
        pages.append([row.pk for row in found.rows])
        numbers.append(above)
        if found.next is None:
            break
        chosen = replace(chosen, start=found.next)
    back = []
    while found.previous:
        found, above = page(caseworker, jobcentre, replace(chosen, start=found.previous))
        back.insert(0, [row.pk for row in found.rows])
        assert above == numbers[len(pages) - 1 - len(back)]

    assert [len(one) for one in pages] == [4, 4, 2]
    assert len({pk for one in pages for pk in one}) == 10
    assert numbers == [0, 4, 8]
    assert back == pages[:-1]


@pytest.mark.parametrize("order", [Order.DUE, Order.NAME, Order.WEEKS])
def test_an_order_turned_round_is_the_same_from_behind(caseworker, jobcentre, order) -> None:
    for n, course in enumerate(courses_of(jobcentre, ["Åby", "Zeuthen", "Ærø", "Andersen"])):
        owed(jobcentre, in_days=n * 4 - 6, course=course)

    up, down = (
        [one.pk for one in shown(caseworker, jobcentre, f"orden={way}{order}")] for way in ("", "-")
    )

    assert (len(up), down) == (4, up[::-1])


def test_names_are_sorted_the_danish_way(caseworker, jobcentre) -> None:
    for name in ("Åby", "Zeuthen", "Ærø", "Aaby", "Andersen", "Østby"):
        course = course_at(jobcentre, citizen=CitizenFactory(first_name="Bo", last_name=name))
        owed(jobcentre, in_days=3, course=course)

    found = [one.course.citizen.last_name for one in shown(caseworker, jobcentre, "orden=navn")]

    assert found[:4] == ["Andersen", "Zeuthen", "Ærø", "Østby"]
    assert sorted(found[4:]) == ["Aaby", "Åby"]


def test_weeks_of_unemployment_sort_as_the_bars_say(caseworker, jobcentre) -> None:
    long, paused, short = (
        course_at(jobcentre, registered_on=TODAY - timedelta(days)) for days in (90, 200, 60)
    )
    AbsenceFactory(
        citizen=paused.citizen, starts_on=TODAY - timedelta(190), ends_on=TODAY - timedelta(20)
    )
    for course in (long, paused, short):
        owed(jobcentre, in_days=3, course=course)

    found = [one.course for one in shown(caseworker, jobcentre, "orden=-ledighed")]

    assert found == [long, short, paused]


def test_no_name_stands_in_the_address_of_a_page_by_name(
    caseworker, jobcentre, monkeypatch
) -> None:
    monkeypatch.setattr(worklist_pages, "SIZE", 1)
    duties = [owed(jobcentre, in_days=3) for _ in range(2)]
    found, _ = page(caseworker, jobcentre, WorklistFilter(order=Order.NAME))

    assert found.next is not None
    assert str(found.next) in {f"fra..{duty.pk}" for duty in duties}


def test_the_list_is_counted_by_group_and_day_and_in_the_next_ten_working_days_by_booking(
    caseworker, jobcentre
) -> None:
    owed(jobcentre, in_days=10)
    late, near, far = (owed(jobcentre, in_days=days) for days in (-1, 10, 20))
    for duty in (late, near, far):
        MeetingFactory(course=duty.course, duty=duty, starts_at=moment(TODAY, 12))
    chosen = WorklistFilter()
    duties = listed(caseworker, Side(Party.JOBCENTRE, (jobcentre.pk,)), chosen, on=TODAY)

    found = {(one.group, one.late_from, one.booked): one.count for one in tallies(duties, on=TODAY)}

    assert found == {
        (Group.LATE, TODAY, False): 1,
        (Group.COMING, TODAY + timedelta(11), True): 1,
        (Group.COMING, TODAY + timedelta(11), False): 1,
        (Group.COMING, TODAY + timedelta(21), False): 1,
    }


def test_weeks_of_unemployment_change_with_the_facts_they_were_counted_from(jobcentre) -> None:
    course = course_at(jobcentre)
    asked = {"insured": {course.pk: "full_time"}, "on": TODAY}
    before = weeks_of([course], **asked)[course.pk]

    AbsenceFactory(citizen=course.citizen, starts_on=TODAY - timedelta(14), ends_on=TODAY)

    paused = weeks_of([course], **asked)[course.pk]
    assert paused.weeks == pytest.approx(before.weeks - 2, abs=0.01)


def test_a_row_tells_of_its_booking_and_of_the_last_no_show(caseworker, jobcentre) -> None:
    duty = owed(jobcentre, in_days=-1)
    for hour in (9, 11):
        missed = MeetingFactory(
            course=duty.course, duty=duty, state="no_show", starts_at=moment(TODAY, hour)
        )
        NoShowFactory(meeting=missed)
    booked = MeetingFactory(course=duty.course, duty=duty, starts_at=moment(TODAY, 14))
    chosen = WorklistFilter()

    (row,) = page(caseworker, jobcentre, chosen)[0].rows

    assert (row.booking_pk, row.booked_at) == (booked.pk, booked.starts_at)
    assert row.missed_at == moment(TODAY, 11)


def test_the_bars_say_what_the_course_page_says() -> None:
    course = CourseFactory(registered_on=date(2026, 3, 2), regime="2024")
    AbsenceFactory(citizen=course.citizen, starts_on=date(2026, 4, 6), ends_on=date(2026, 5, 4))
    ReportedHoursFactory(citizen=course.citizen, month=date(2026, 3, 1), hours=111)
    clocks = clocks_of(facts_of(course, on=TODAY), regime="2024", on=TODAY)

    weeks = weeks_of([course], insured={course.pk: "full_time"}, on=TODAY)[course.pk]

    assert round(weeks.weeks, 1) == float(clocks.weeks)
    assert clocks.next is not None
    assert weeks.of == pytest.approx(float(clocks.next.hours) / 37)


def test_an_address_says_everything_of_a_list_and_nothing_unknown() -> None:
    query = (
        "vis=snart&hvis=alle&navn=Bo&akasse=3f&samtale=joint&booking=nej"
        "&side=til.snart.2026-11-20.7"
    )
    chosen = WorklistFilter.read(QueryDict(query))

    assert chosen.start == Cursor("snart.2026-11-20", 7, back=True)
    assert chosen.owner is Owner.ALL
    assert WorklistFilter.read(QueryDict(chosen.address(start=chosen.start)[1:])) == chosen
    assert (
        WorklistFilter.read(QueryDict("vis=x&hvis=x&samtale=x&booking=x&orden=x&side=x"))
        == WorklistFilter()
    )


def test_a_name_in_an_address_has_no_control_characters() -> None:
    assert WorklistFilter.read(QueryDict("navn=%00Bo%09Lund%00&akasse=%003f")) == WorklistFilter(
        name="Bo Lund", a_kasse="3f"
    )


def test_the_states_of_interviews_that_the_list_names_are_known() -> None:
    assert {BOOKED, "no_show"} <= set(Meeting.State.values)
    assert "state = 'no_show'" in STATEMENT
