"""The calendar: who sees what in it, what can be picked, and that it asks the database little."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journal.models import Look
from meetings.models import GroupMeeting, Meeting, Participant
from partnerships.models import Role
from slots.actions.booking import hold
from slots.calendar_grid import lanes
from slots.models import Hold, Pool
from staffing.models import ClosingDay, Leave
from tests.factories import (
    AKasseFactory,
    MeetingFactory,
    RoomFactory,
    UserFactory,
)
from tests.meetings.conftest import DAY, NOW, TEN
from tests.slots.conftest import HOUR

WEEK = "2026-40"


def opened(client, user, **query):
    client.force_login(user)
    return client.get(reverse("slots:calendar", query={"uge": WEEK} | query))


def text(response):
    return " ".join(response.content.decode().split())


def cell(page, slot):
    """The markup of one time."""
    return page.split(f'id="t{slot.pk}"')[1].split("</td>")[0]


def case_of(place):
    return place.world.course.case_number


@pytest.fixture
def consultant(place):
    return place.world.consultant


def test_the_week_shows_who_is_booked_only_to_those_who_may_read_the_citizen(client, place):
    slot = place.slot()
    place.book(slot)
    citizen = place.world.course.citizen
    initials = f"{citizen.first_name[0]}.{citizen.last_name.split()[-1][0]}."
    planner = UserFactory(role=Role.BOOKING_COORDINATOR, organisation=place.world.jobcentre)
    stranger = UserFactory(role=Role.JOB_CONSULTANT, organisation=AKasseFactory())

    own = cell(text(opened(client, place.caseworker)), slot)
    theirs = cell(text(opened(client, planner)), slot)
    foreign = text(opened(client, stranger))

    assert initials in own
    assert ">Taken<" in theirs
    assert initials not in theirs
    assert "<a" not in theirs
    assert initials not in cell(foreign, slot)
    assert citizen.last_name not in foreign


def test_a_time_of_a_pool_that_is_not_open_to_an_a_kasse_is_not_in_its_calendar(
    client, place, consultant
):
    slot = place.slot()
    place.pool.a_kasser.add(AKasseFactory())

    said = text(opened(client, consultant))

    assert f'id="t{slot.pk}"' not in said
    assert "No jobcentre has opened times for you yet." in said


def test_an_a_kasse_counts_its_own_free_times_and_sees_the_quota_of_others(
    client, place, consultant
):
    other = AKasseFactory(short_name="OMS")
    free = place.slot(a_kasse=consultant.memberships.get().organisation)
    taken = place.slot(TEN + HOUR, a_kasse=other)

    said = text(opened(client, consultant))

    assert "kf-slot--free" in said.split(f'id="t{free.pk}"')[0].rsplit("<div", 1)[1]
    assert "OMS" in cell(said, taken)
    assert '<b class="kf-num">1</b>' in said


def test_a_case_has_its_proposals_and_its_free_times_are_links_that_pick(client, place):
    place.joint()
    times = [place.slot(TEN - timedelta(days=n)) for n in (2, 1, 0)]

    said = text(opened(client, place.caseworker, sag=case_of(place)))

    assert said.count("kf-slot--proposed") >= 2
    assert "kf-slot--chosen" in said
    assert said.count('name="tid"') == 3
    assert f"tid={times[0].pk}" in said
    assert not Hold.objects.exists()


def test_a_picked_time_is_named_on_the_one_button_and_held(client, place):
    place.joint()
    slot = place.slot()
    place.slot(TEN - timedelta(days=1))

    client.force_login(place.caseworker)
    query = {"uge": WEEK, "sag": case_of(place), "tid": str(slot.pk)}
    address = reverse("slots:calendar", query=query)
    opened_by_its_address = text(client.get(address))
    assert "Book Wed 30 Sep at 10:00" in opened_by_its_address
    assert not Hold.objects.exists()

    said = text(client.get(address, headers={"HX-Request": "true"}))

    assert said.count("button-primary") == 1
    assert "Book Wed 30 Sep at 10:00" in said
    assert Hold.objects.get().slot == slot


def test_the_form_of_the_calendar_books(client, place):
    place.joint()
    slot = place.slot()
    page = text(opened(client, place.caseworker, sag=case_of(place), tid=str(slot.pk)))
    sent = dict(re.findall(r'name="(shown|seen|summon|with_other_party)" value="([^"]*)"', page))

    data = sent | {"tid": sent["shown"], "do": "book", "message": "Bring your letter."}
    client.post(reverse("slots:book", args=[case_of(place)]), data)

    assert Meeting.objects.get().starts_at == TEN


def test_the_a_kasse_sees_the_times_of_a_case_and_cannot_book(client, place, consultant):
    place.joint()
    place.slot()

    said = text(opened(client, consultant, sag=case_of(place)))

    assert "The municipality books joint interviews." in said
    assert 'name="do"' not in said
    assert reverse("slots:book", args=[case_of(place)]) not in said


def test_a_time_that_somebody_decides_on_is_held_for_others_and_free_for_the_case(client, place):
    slot = place.slot()
    hold(slot, place.world.course, by=place.caseworker, at=NOW)

    assert "On hold" in cell(text(opened(client, place.caseworker)), slot)
    place.joint()
    said = cell(text(opened(client, place.caseworker, sag=case_of(place))), slot)
    assert "On hold" not in said


def test_an_interview_that_is_picked_can_be_moved_by_links_alone(client, place):
    slot, later = place.slot(), place.slot(TEN + HOUR)
    meeting = place.book(slot)

    said = text(opened(client, place.caseworker))
    assert f"samtale={meeting.pk}" in said
    assert f'data-move="{reverse("slots:move", args=[meeting.pk])}"' in said

    box = text(opened(client, place.caseworker, samtale=str(meeting.pk)))
    assert "flyt=ja" in box

    moving = text(opened(client, place.caseworker, samtale=str(meeting.pk), flyt="ja"))
    assert "kf-slot--moving" in moving
    assert f"{reverse('slots:move', args=[meeting.pk])}?tid={later.pk}&amp;" in moving


def test_who_may_not_move_an_interview_comes_to_its_page(client, place, consultant):
    meeting = place.book(place.slot())

    response = opened(client, consultant, samtale=str(meeting.pk))

    assert response["Location"] == meeting.get_absolute_url()


def test_closing_days_and_holidays_say_why(client, place):
    place.slot()
    house = place.world.jobcentre
    ClosingDay.objects.create(
        organisation=house, starts_on=DAY, ends_on=DAY + timedelta(1), reason="Staff day"
    )

    assert "Closed: Staff day" in text(opened(client, place.caseworker))
    empty = text(opened(client, place.caseworker, uge="2026-53"))
    assert "No times in week 53." in empty
    assert "Closed: New Year" in empty


def test_a_withdrawn_time_is_closed_and_one_in_a_room_that_is_taken_is_not_free(client, place):
    gone = place.slot(state="closed")
    slot = place.slot(TEN + HOUR, room=place.world.room)
    MeetingFactory(
        course=place.course(), starts_at=slot.starts_at, room=place.world.room, held_by="jobcentre"
    )

    said = text(opened(client, place.caseworker))

    assert "Closed" in cell(said, gone)
    assert "Room taken" in cell(said, slot)


def test_the_day_has_lanes_for_rooms_and_the_people_of_both_parties(client, place):
    place.slot(a_kasse=place.world.course.a_kasse, guest=place.world.consultant)

    said = text(opened(client, place.caseworker, visning="dag", dag=DAY.isoformat()))

    for name in (place.world.room, place.caseworker, place.world.consultant):
        assert re.search(rf'scope="col">\s*{re.escape(str(name))}\s*</th>', said)


def test_the_list_says_what_the_table_says(client, place):
    free, booked = place.slot(), place.slot(TEN + HOUR)
    meeting = place.book(booked)

    said = text(opened(client, place.caseworker, visning="liste"))

    assert f"samtale={meeting.pk}" in said
    assert "10:00–10:45" in said
    assert str(free.room) in said


def marks_of(response):
    """The times and interviews of a page by their marks, each with its looks; without twins."""
    said = response.content.decode()
    shown = re.findall(r'class="(?:kf-slot )?kf-slot--(\w+)[^"]*" id="([tm]\d+)"', said)
    return {(mark, state) for state, mark in shown}


@pytest.fixture
def everything(place):
    """A day with all that a calendar can hold; the mark and the state of each."""
    joint, house = place.world.course.a_kasse, place.world.jobcentre
    rooms = iter(RoomFactory(organisation=house, name=f"Lane {n}") for n in range(9))
    claimed = Pool.objects.get(pk=place.pool.pk)
    claimed.pk, claimed.model = None, Pool.Model.CLAIMED
    claimed.save()

    def slot(**columns):
        return place.slot(room=next(rooms), worker=None, **columns)

    found = {(f"t{slot().pk}", "free"), (f"t{slot(a_kasse=AKasseFactory()).pk}", "free")}
    unreserved, booked, held = slot(), slot(), slot()
    claimed.slots.add(unreserved)
    place.book(booked, place.course(a_kasse=joint), worker=place.caseworker)
    hold(held, place.world.course, by=place.caseworker, at=NOW)
    found |= {(f"t{unreserved.pk}", "unreserved"), (f"t{booked.pk}", "booked")}
    found |= {(f"t{held.pk}", "unfit"), (f"t{slot(state='closed').pk}", "closed")}
    outside = [  # in no place, in another's place at an odd hour, and in a room with times
        {"starts_at": TEN, "place": "Annex"},
        {"starts_at": TEN + timedelta(minutes=20), "place": "Library"},
        {"starts_at": TEN + 3 * HOUR, "room": booked.room},
    ]
    for columns in outside:
        meeting = MeetingFactory(
            course=place.course(a_kasse=joint), organisation=house, held_by="jobcentre", **columns
        )
        found.add((f"m{meeting.pk}", "busy"))
    GroupMeeting.objects.create(
        organisation=house, place="Canteen", kind="information", title="New ways",
        starts_at=TEN - HOUR, ends_at=TEN + HOUR, seats=6,
    )  # fmt: skip
    ClosingDay.objects.create(
        organisation=house,
        starts_on=DAY + timedelta(1),
        ends_on=DAY + timedelta(2),
        reason="Staff day",
    )
    return found


@pytest.mark.parametrize("view", ["uge", "dag", "liste"])
def test_week_day_and_list_show_the_same(client, place, everything, view):
    response = opened(client, place.caseworker, visning=view, dag=DAY.isoformat())
    said = text(response)

    assert marks_of(response) == everything
    assert "New ways 9:00–11:00" in said
    for where in ("Annex", "Library"):
        assert where in said
    if view == "dag":
        day_after = (DAY + timedelta(1)).isoformat()
        said = text(opened(client, place.caseworker, visning=view, dag=day_after))
    assert "Closed: Staff day" in said


def test_a_week_of_interviews_outside_the_times_alone_is_not_empty(client, place):
    meeting = MeetingFactory(course=place.world.course, starts_at=TEN, held_by="jobcentre")

    for view in ("uge", "dag", "liste"):
        response = opened(client, place.caseworker, visning=view, dag=DAY.isoformat())
        assert marks_of(response) == {(f"m{meeting.pk}", "busy")}


def test_an_a_kasse_sees_outside_the_times_its_own_members_alone(client, place, consultant):
    place.slot()
    own = MeetingFactory(course=place.world.course, starts_at=TEN + HOUR, held_by="jobcentre")
    stranger = place.course(a_kasse=AKasseFactory())
    MeetingFactory(course=stranger, starts_at=TEN + 2 * HOUR, held_by="jobcentre")

    for view in ("uge", "dag", "liste"):
        response = opened(client, consultant, visning=view, dag=DAY.isoformat())
        assert {mark for mark, _state in marks_of(response) if mark[0] == "m"} == {f"m{own.pk}"}
    day = text(client.get(reverse("slots:day_list", query={"dag": DAY.isoformat()})))
    assert "12:00–" not in day
    assert "11:00–" in day


def test_the_looks_at_a_case_and_at_the_others_of_its_week_are_both_kept(client, place):
    place.joint()
    booked = place.book(place.slot(), place.course())
    place.slot(TEN + HOUR)

    opened(client, place.caseworker, sag=case_of(place))

    looks = Look.objects.order_by("pk").values_list("kind", "case_pk", "details")
    assert list(looks) == [
        ("course", place.world.course.pk, {"page": "calendar"}),
        ("list", None, {"courses": [booked.course_id]}),
    ]


def test_pool_days_are_blocks_with_free_seats(client, place):
    place.pool.purpose = Pool.Purpose.POOL_DAY
    place.pool.save()
    for n in range(2):
        place.slot(TEN + n * HOUR)
    place.book(place.slot(TEN + 3 * HOUR))

    assert "Pool day 10:00–13:45 · 2 of 3 free" in text(opened(client, place.caseworker))


def test_a_pool_day_whose_times_wait_to_be_reserved_is_not_called_full(client, place):
    Pool.objects.update(purpose=Pool.Purpose.POOL_DAY, model=Pool.Model.CLAIMED)
    place.slot()
    place.slot(TEN + HOUR)

    said = text(opened(client, place.caseworker))

    assert "Pool day 10:00–11:45 · 2 not reserved" in said
    assert "0 of 2 free" not in said
    assert "kf-legend--other" in said
    assert "Not reserved</li>" in said


def test_a_free_time_promises_nothing_where_it_leads_nowhere(client, place):
    place.joint()
    for days in (2, 1, 0):
        place.slot(TEN - timedelta(days=days))
    slot = place.slot(TEN + HOUR)  # no proposal: another of the day is the latest
    place.slot(TEN + 3 * HOUR)

    alone = cell(text(opened(client, place.caseworker)), slot)
    beside_a_case = cell(text(opened(client, place.caseworker, sag=case_of(place))), slot)

    assert "<svg" not in alone
    assert "<svg" in beside_a_case
    assert "href=" in beside_a_case


def test_a_day_of_the_week_has_the_rooms_that_serve_on_it(client, place):
    place.slot()
    other = RoomFactory(organisation=place.world.jobcentre, name="Elsewhere")
    place.slot(TEN - timedelta(days=1), room=other, worker=None)

    heads = text(opened(client, place.caseworker)).split("<thead>")[1].split("</thead>")[0]

    assert heads.count("Elsewhere") == 1
    assert heads.count(place.world.room.name) == 1


def test_colleagues_are_told_who_is_deciding_on_a_time_and_until_when(client, place, consultant):
    slot = place.slot()
    colleague = UserFactory(role=Role.CASEWORKER, organisation=place.world.jobcentre)
    hold(slot, place.course(), by=colleague, at=NOW)

    assert f"{colleague} is deciding on it until 9:02" in text(opened(client, place.caseworker))
    theirs = text(opened(client, consultant))
    assert "somebody is deciding on it until 9:02" in theirs
    assert str(colleague) not in theirs


def test_a_group_meeting_is_one_block_in_the_lane_of_who_leads_it(client, place):
    place.slot()
    group = GroupMeeting.objects.create(
        organisation=place.world.jobcentre,
        room=RoomFactory(organisation=place.world.jobcentre),
        kind="information",
        title="New ways",
        starts_at=TEN - HOUR,
        ends_at=TEN + HOUR,
        seats=6,
    )
    Participant.objects.create(group=group, role="room", room=group.room)
    leader = UserFactory(role=Role.CASEWORKER, organisation=place.world.jobcentre)
    Participant.objects.create(group=group, role="jobcentre", worker=leader)

    page = text(opened(client, place.caseworker, visning="dag", dag=DAY.isoformat()))

    assert str(leader) in page.split("<thead>")[1].split("</thead>")[0]
    assert page.split("<tbody>")[1].count('kf-slot--group" href') == 1


def test_the_day_list_tells_the_desk_who_is_there_and_in_what(client, place):
    place.book(place.slot())
    planner = UserFactory(role=Role.BOOKING_COORDINATOR, organisation=place.world.jobcentre)
    client.force_login(planner)

    said = text(client.get(reverse("slots:day_list", query={"dag": DAY.isoformat()})))

    assert "<td>Taken</td>" in said
    assert f">{place.caseworker}</td>" in said
    assert "joint job interview · in person" in said
    assert place.world.course.citizen.last_name not in said


def test_times_that_overlap_in_one_place_stand_beside_each_other():
    assert lanes([(540, 585), (570, 615), (585, 630)]) == [0, 1, 0]


def fill(place, count):
    """So many times in rooms of their own, over three days; each second is booked."""
    colleague = UserFactory(role=Role.CASEWORKER, organisation=place.world.jobcentre)
    for n in range(count):
        room = RoomFactory(organisation=place.world.jobcentre)
        slot = place.slot(TEN - timedelta(days=n % 3) + n // 3 % 4 * HOUR, room=room, worker=None)
        if n % 2:
            worker = colleague if n < 12 else None
            place.book(slot, place.course(), worker=worker)


PAGES = {
    "calendar": {"visning": "uge"},
    "day": {"visning": "dag", "dag": DAY.isoformat()},
    "list": {"visning": "liste"},
    "staff": {},
    "day list": {"dag": DAY.isoformat()},
}
NAMES = {"staff": "slots:staff_calendar", "day list": "slots:day_list"}


def test_the_pages_of_the_calendar_ask_as_much_for_fifty_times_as_for_one(client, place):
    """Every page, for both parties; the world is filled once, which is what takes the time."""
    place.slot(a_kasse=place.world.course.a_kasse, guest=place.world.consultant)
    place.book(place.slot(TEN + 4 * HOUR))

    asked = [asked_by_all(client, place)]
    for count in (2, 47):
        fill(place, count)
        asked.append(asked_by_all(client, place))

    assert place.pool.slots.count() == 51
    assert max(asked[0].values()) <= 12
    assert asked[0] == asked[1] == asked[2]


def asked_by_all(client, place):
    """How many queries each page asks for each reader."""
    found = {}
    for reader in (place.world.caseworker, place.world.consultant):
        client.force_login(reader)
        for page, query in PAGES.items():
            address = reverse(NAMES.get(page, "slots:calendar"), query={"uge": WEEK} | query)
            found[reader.pk, page] = queries_of(client, address)
    return found


def queries_of(client, address):
    """How many queries the page asks by itself.

    The session and the count in the bar are kept, or asked anew when the cache has been emptied.
    """
    client.get(address)  # prepares its statements
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    kept = ("notices_notice", "django_session")
    return sum(not any(table in one["sql"] for table in kept) for one in found)


def test_addresses_that_say_nothing_sensible_open_the_week_of_today(client, place):
    place.slot()

    for query in ({"uge": "x"}, {"dag": "2026-13-40"}, {"tid": "q", "samtale": "0x"}, {"sag": "9"}):
        assert opened(client, place.caseworker, **query).status_code == 200


def test_nobody_is_shown_who_is_away_why_but_to_oneself(client, place):
    colleague = UserFactory(role=Role.CASEWORKER, organisation=place.world.jobcentre)
    Leave.objects.create(
        user=colleague, organisation=place.world.jobcentre, kind="holiday",
        starts_at=TEN, ends_at=TEN + HOUR,
    )  # fmt: skip
    place.slot(TEN + HOUR)
    address = reverse("slots:staff_calendar", query={"uge": WEEK})

    client.force_login(place.caseworker)
    theirs = text(client.get(address))
    client.force_login(colleague)
    own = text(client.get(address))

    assert "Away 10:00–11:00" in theirs
    assert "Holiday" not in theirs
    assert "Holiday 10:00–11:00" in own
    assert "1 free time" in own


def test_the_week_of_one_worker_names_those_citizens_alone_whom_one_may_read(client, place):
    place.book(place.slot())
    planner = UserFactory(role=Role.BOOKING_COORDINATOR, organisation=place.world.jobcentre)
    query = {"uge": WEEK, "hvem": str(place.caseworker.pk)}
    address = reverse("slots:staff_calendar", query=query)
    name = place.world.course.citizen.name

    client.force_login(place.caseworker)
    assert name in text(client.get(address))
    client.force_login(planner)
    said = text(client.get(address))

    assert name not in said
    assert "Taken" in said


def test_the_day_list_goes_room_by_room_and_holds_no_cpr_number(client, place):
    place.book(place.slot())
    place.wide_slot(2)
    citizen = place.world.course.citizen

    client.force_login(place.caseworker)
    said = text(client.get(reverse("slots:day_list", query={"dag": DAY.isoformat()})))

    assert said.index("Hall") < said.index(str(place.world.room))
    assert citizen.name in said
    assert place.world.course.case_number in said
    assert citizen.masked_cpr not in said
    assert citizen.cpr not in said


def test_a_case_that_is_booked_leads_to_its_interview_and_is_not_booked_twice(client, place):
    meeting = place.book(place.slot())
    other = place.slot(TEN + HOUR)

    response = opened(client, place.caseworker, sag=case_of(place))
    assert f"samtale={meeting.pk}" in response["Location"]

    address = reverse("slots:book", args=[case_of(place)])
    for answer in (client.get(address), client.post(address, {"tid": str(other.pk), "do": "book"})):
        assert answer["Location"] == meeting.get_absolute_url()
    assert Meeting.objects.count() == 1


def test_a_time_for_one_a_kasse_alone_says_for_whom(client, place):
    slot = place.slot()
    place.pool.a_kasser.add(AKasseFactory(short_name="OMS"))

    assert "for OMS" in cell(text(opened(client, place.caseworker)), slot)


def test_the_day_list_has_interviews_outside_the_published_times_too(client, place):
    place.slot()
    meeting = MeetingFactory(
        course=place.world.course, starts_at=TEN - HOUR, place="Annex", held_by="jobcentre"
    )

    client.force_login(place.caseworker)
    said = text(client.get(reverse("slots:day_list", query={"dag": DAY.isoformat()})))

    assert "Annex" in said
    assert meeting.course.citizen.name in said


def test_a_time_at_short_notice_asks_whether_the_citizen_agreed(client, place):
    place.joint()
    soon, later = place.slot(NOW + HOUR), place.slot()

    for slot, is_asked in ((soon, True), (later, False)):
        said = text(opened(client, place.caseworker, sag=case_of(place), tid=str(slot.pk)))
        assert ('name="agreed_short_notice"' in said) is is_asked
