"""The coordinators' pages: what they show, and what their forms do."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.models import Meeting
from partnerships.models import Role
from slots.actions.reserving import reserve, staff
from slots.calendar_rows import Place
from slots.calendar_seen import Seen
from slots.calendar_times import State, Times
from slots.models import Pool, Reservation, Slot, Travel
from slots.pool_times import times_page
from staffing.models import ClosingDay, Leave
from tests.factories import AKasseFactory, JobcentreFactory, RoomFactory, UserFactory, moment
from tests.meetings.conftest import DAY, NOW, TEN, TODAY
from tests.slots.conftest import HOUR

TUESDAY = date(2026, 9, 29)
ONE_DAY = timedelta(1)


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def planner(place):
    return UserFactory(role=Role.BOOKING_COORDINATOR, organisation=place.world.jobcentre)


@pytest.fixture
def leader(place):
    return UserFactory(role=Role.COORDINATOR, organisation=place.world.course.a_kasse)


@pytest.fixture
def desk(planner):
    return signed_in(planner)


@pytest.fixture
def portal(leader):
    return signed_in(leader)


@pytest.fixture
def written(place):
    """What a coordinator writes of a series of four Tuesdays."""
    return {
        "jobcentre": place.world.jobcentre.pk,
        "name": "Tuesdays in September",
        "purpose": "interviews",
        "model": "shared",
        "kind": "joint",
        "form": "in_person",
        "room": place.world.room.pk,
        "minutes": "45",
        "pause_minutes": "0",
        "seats": "1",
        "starts": "9.00",
        "ends": "11.15",
        "repeats": "weekly",
        "starts_on": "29.9.2026",
        "ends_on": "20.10.2026",
    }


def text(answer):
    return " ".join(answer.content.decode().split())


# --- The jobcentre's coordinator ----------------------------------------------------------------
def test_the_list_counts_open_reserved_booked_and_unused_seats(place, desk, leader):
    ours = place.world.course.a_kasse
    place.slot(NOW - 2 * HOUR)
    place.book(place.slot())
    reserve(place.slot(TEN + HOUR), ours, by=leader, at=NOW)
    place.wide_slot(3, TEN + 2 * HOUR)

    [row] = desk.get(reverse("slots:pools")).context["rows"]

    used = row.used
    assert (used.open, used.reserved, used.booked, used.unused) == (3, 1, 1, 1)


def test_the_preview_names_days_left_out_and_times_that_collide_and_makes_nothing(
    place, desk, written
):
    ClosingDay.objects.create(
        organisation=place.world.jobcentre,
        starts_on=TUESDAY,
        ends_on=TUESDAY + ONE_DAY,
        reason="Staff day",
    )
    place.slot(moment(date(2026, 10, 6), 9))

    answer = desk.post(reverse("slots:new_pool"), written | {"preview": "1"})

    plan = answer.context["plan"]
    assert plan.sums == "8 slots on 3 days"
    assert next(why for _day, why in plan.left_out).endswith("is closed: Staff day")
    assert [when for when, _why in plan.taken] == ["Tue 6 Oct at 9:00"]
    assert Pool.objects.count() == 1


def test_a_live_preview_is_that_part_of_the_page_alone(desk, written):
    answer = desk.post(reverse("slots:new_pool"), written, headers={"HX-Request": "true"})

    assert "12 slots on 4 days" in text(answer)
    assert "<html" not in text(answer)
    assert Pool.objects.count() == 1


def test_a_pool_is_made_and_published_at_once_or_kept_as_a_draft(desk, written):
    made = desk.post(reverse("slots:new_pool"), written | {"publish": "1"})
    later = written | {"starts": "12.00", "ends": "14.00", "name": "Draft"}
    desk.post(reverse("slots:new_pool"), later)

    pool, draft = Pool.objects.order_by("pk")[1:]
    assert made.url == reverse("slots:pool", args=[pool.pk])
    assert (pool.is_published, pool.slots.count()) == (True, 12)
    assert (draft.is_published, draft.slots.count()) == (False, 8)


def test_a_collision_stands_in_the_form_with_all_that_was_written(place, desk, written):
    place.slot(moment(TUESDAY, 9))

    answer = desk.post(reverse("slots:new_pool"), written | {"publish": "1"})

    assert "1 time collides" in text(answer)
    assert 'value="Tuesdays in September"' in text(answer)
    assert Pool.objects.count() == 1
    desk.post(reverse("slots:new_pool"), written | {"leave_out_taken": "on"})
    assert Pool.objects.latest("pk").slots.count() == 11


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ends_on": ""}, "Write the last day"),
        ({"ends_on": "1.9.2026"}, "must not lie before"),
        ({"room": ""}, "Choose a room, or write the place"),
        ({"seats": "2"}, "one interview at a time"),
        ({"lunch_starts": "12.00"}, "when the break begins and ends"),
        ({"purpose": "stationing"}, "Choose the a-kasse"),
    ],
)
def test_what_is_missing_is_said_in_the_form(desk, written, changed, said):
    assert said in text(desk.post(reverse("slots:new_pool"), written | changed))


def test_only_the_name_and_whom_it_is_for_change_while_times_are_in_use(place, desk):
    place.book(place.slot())
    address = reverse("slots:edit_pool", args=[place.pool.pk])

    assert set(desk.get(address).context["form"].fields) == {
        "name", "model", "a_kasser", "agreement", "seen",
    }  # fmt: skip
    desk.post(address, {"name": "New name", "model": "claimed"})

    place.pool.refresh_from_db()
    assert (place.pool.name, place.pool.model) == ("New name", "claimed")


def test_the_acts_of_a_pool_say_how_many_times_they_touched(place, desk, written):
    desk.post(reverse("slots:new_pool"), written | {"publish": "1"})
    key = [Pool.objects.latest("pk").pk]

    for page, words, said in (
        ("extend_pool", {"ends_on": "27.10.2026"}, "Times added: 3"),
        ("leave_out", {"day": "6.10.2026", "reason": "Training"}, "Times withdrawn: 3"),
    ):
        answer = desk.post(reverse(f"slots:{page}", args=key), words, follow=True)
        assert said in text(answer), page
    assert Slot.objects.open().filter(pool__in=key).count() == 12


def test_a_booked_time_has_no_forms_and_names_nobody(place, desk):
    slot = place.slot()
    place.book(slot)

    answer = desk.get(reverse("slots:slot", args=[slot.pk]))

    assert "A citizen is booked at this time" in text(answer)
    assert place.world.course.citizen.last_name not in text(answer)


def test_a_time_is_moved_withdrawn_and_opened_again(place, desk):
    slot = place.slot()
    address = reverse("slots:slot", args=[slot.pk])
    words = {"day": "30.9.2026", "clock": "13.00", "room": place.world.room.pk, "do": "move"}

    desk.post(address, words)
    slot.refresh_from_db()
    assert slot.starts_at == moment(DAY, 13)
    for does, state in (("withdraw", "closed"), ("reopen", "open")):
        desk.post(address, {"do": does})
        slot.refresh_from_db()
        assert slot.state == state


# --- The a-kasse's coordinator ------------------------------------------------------------------
@pytest.fixture
def week(portal):
    """The page of the week of 28 September."""
    return lambda: portal.get(reverse("slots:times"), {"uge": "2026-40"}).context["page"]


def test_a_week_shows_what_is_open_and_ours_but_not_what_others_have(place, week, leader):
    stranger, ours = AKasseFactory(), place.world.course.a_kasse
    other = UserFactory(role=Role.COORDINATOR, organisation=stranger)
    slots = [place.slot(TEN + n * HOUR) for n in range(3)]
    reserve(slots[0], ours, by=leader, at=NOW)
    reserve(slots[1], stranger, by=other, at=NOW)

    [day] = week().days

    assert [row.slot for row in day.blocks[0].rows] == [slots[0], slots[2]]
    assert day.blocks[0].note == "2 of 2 free"
    assert day.blocks[0].rows[0].released == "released Wed 23 Sep if unused"


def test_a_whole_day_is_previewed_reserved_and_undone(place, portal):
    slots = [place.slot(TEN + n * HOUR) for n in range(3)]
    place.slot(TEN + 7 * ONE_DAY)
    address = reverse("slots:several_times")
    words = {"act": "reserve", "dag": f"{place.pool.pk}:{DAY.isoformat()}"}

    preview = portal.post(address, words)
    assert [one.slot for one in preview.context["rows"]] == slots
    assert not Reservation.objects.exists()

    sent = {"act": "reserve", "step": "send", "tid": [one.pk for one in slots]}
    done = portal.post(address, sent | {"leave": slots[2].pk})
    assert [one.tone for one in done.context["rows"]] == ["held", "held"]
    assert Slot.objects.exclude(a_kasse=None).count() == 2

    portal.post(reverse("slots:undo_times"), {"made_at": done.context["made_at"]})
    assert not Slot.objects.exclude(a_kasse=None).exists()


def test_a_whole_series_is_reserved_and_one_refusal_stops_no_other(place, portal, leader):
    slots = [place.slot(TEN + n * 7 * ONE_DAY) for n in range(3)]
    reserve(slots[0], place.world.course.a_kasse, by=leader, at=NOW)

    words = {"act": "reserve", "step": "send", "serie": place.pool.pk}
    done = portal.post(reverse("slots:several_times"), words)

    assert [one.tone for one in done.context["rows"]] == ["over", "held", "held"]
    assert "The time is yours already" in text(done)


def test_a_colleague_is_sent_after_what_is_to_be_read(place, portal, leader):
    slot, consultant = place.slot(), place.world.consultant
    reserve(slot, place.world.course.a_kasse, by=leader, at=NOW)
    Leave.objects.create(
        user=consultant,
        organisation=place.world.course.a_kasse,
        starts_at=moment(DAY, 8),
        ends_at=moment(DAY, 16),
    )
    address = reverse("slots:several_times")
    words = {"act": "staff", "tid": slot.pk, "guest": consultant.pk, "step": "send"}

    first = portal.post(address, words)
    [row] = first.context["rows"]
    assert (row.tone, row.codes) == ("soon", "leave")
    portal.post(address, words | {"seen": row.codes})

    slot.refresh_from_db()
    assert slot.guest == consultant


def test_times_are_given_back_and_taken_again(place, portal, leader):
    slot = place.slot()
    reserve(slot, place.world.course.a_kasse, by=leader, at=NOW)
    address = reverse("slots:several_times")

    done = portal.post(address, {"act": "give-back", "tid": slot.pk, "step": "send"})
    assert done.context["done"] == [slot.pk]
    portal.post(address, {"act": "reserve", "tid": slot.pk, "step": "send"})

    slot.refresh_from_db()
    assert slot.a_kasse == place.world.course.a_kasse


def test_a_consultant_sees_the_week_without_acts(place):
    place.slot()

    answer = signed_in(place.world.consultant).get(reverse("slots:times"), {"uge": "2026-40"})

    assert len(answer.context["page"].days) == 1
    assert 'name="tid"' not in text(answer)


def test_a_pool_day_shows_free_seats_and_the_way_between_two_places(place, week, leader):
    ours, there = place.world.course.a_kasse, JobcentreFactory()
    pool = Pool.objects.create(
        jobcentre=there,
        name="There",
        purpose="pool_day",
        starts="12:00",
        ends="16:00",
        starts_on=TODAY,
        ends_on=TODAY + timedelta(60),
        is_published=True,
    )
    after = Slot.objects.create(
        pool=pool,
        jobcentre=there,
        starts_at=moment(DAY, 13),
        ends_at=moment(DAY, 14),
        room=RoomFactory(organisation=there),
        form="in_person",
    )
    start, end = sorted((there.pk, place.world.jobcentre.pk))
    Travel.objects.create(start_id=start, end_id=end, minutes=21, road_km=9)
    here = place.slot()
    for one in (here, after):
        reserve(one, ours, by=leader, at=NOW)
        staff(one, place.world.consultant, by=leader, at=NOW)
    place.book(here)

    [day] = week().days

    assert [block.note for block in day.blocks] == ["0 of 1 free", "1 of 1 free"]
    assert [text.endswith("about 21 minutes of 135.") for text, _short in day.ways] == [True]


def test_a_full_week_asks_the_database_as_often_as_an_empty_one(place, portal, leader):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            portal.get(reverse("slots:times"), {"uge": "2026-40"})
        return len(queries)

    place.slot()
    asked()  # what is read once and kept
    one = asked()
    for number in range(1, 9):
        other = place.slot(TEN + number * HOUR / 2, room=None, worker=None, place="Hall")
        reserve(other, place.world.course.a_kasse, by=leader, at=NOW)

    assert asked() == one <= 12


def test_times_that_are_over_are_neither_free_nor_to_be_had(place, leader):
    own = place.world.course.a_kasse
    place.slot()
    asked = {"monday": DAY - ONE_DAY * DAY.weekday(), "place": "", "may_reserve": True}

    before = times_page(leader, own, **asked, at=NOW)
    after = times_page(leader, own, **asked, at=TEN + HOUR)

    assert (before.is_past, before.may_reserve) == (False, True)
    assert before.days[0].blocks[0].note == "1 of 1 free"
    assert (after.is_past, after.may_reserve) == (True, False)
    assert after.days[0].blocks[0].note == "Over"
    assert "Over, not used" in after.days[0].blocks[0].rows[0].state


def test_a_time_that_was_released_unused_is_open_to_all_again(place, leader):
    Pool.objects.update(model=Pool.Model.CLAIMED)
    slot, own = place.slot(), place.world.course.a_kasse
    asked = {"monday": DAY - ONE_DAY * DAY.weekday(), "place": "", "may_reserve": True, "at": NOW}
    seen = Place(place.world.jobcentre, place.caseworker, NOW, TODAY)

    def states():
        days = Seen.read(seen, first=DAY, last=DAY)
        row = times_page(leader, own, **asked).days[0].blocks[0].rows[0]
        return [one.state for one in Times(days).all()], row.state

    (before,), said = states()
    assert (before, "To be reserved" in said) == (State.UNRESERVED, True)

    Reservation.objects.create(
        slot=slot, a_kasse=own, reserved_at=NOW, released_at=NOW, released_why="unused"
    )

    (after,), said = states()
    assert (after, "Can be booked" in said) == (State.FREE, True)


# --- The region, and a stationed worker ---------------------------------------------------------
def test_the_region_sums_weeks_and_tells_no_small_number_of_others(place, desk, portal, leader):
    place.book(place.slot())
    reserve(place.slot(TEN + HOUR), place.world.course.a_kasse, by=leader, at=NOW)
    place.slot(TEN + 2 * HOUR)

    mine, theirs = (
        client.get(reverse("slots:region")).context["page"].rows[0].cells[1]
        for client in (desk, portal)
    )

    assert (mine.published, mine.reserved, mine.booked) == (3, 2, "1")
    assert (theirs.published, theirs.reserved, theirs.booked) == (3, 2, "fewer than 5")


def test_a_stationed_worker_sees_the_bookings_of_that_day_alone(place):
    Pool.objects.update(purpose="stationing", at_a_kasse=place.world.course.a_kasse)
    place.book(place.slot())
    other = place.slot(TEN + 7 * ONE_DAY)
    later = place.book(other, place.course())
    client = signed_in(place.caseworker)

    page = client.get(reverse("slots:stationing")).context["page"]

    assert (page.day, page.after) == (DAY, DAY + 7 * ONE_DAY)
    assert [one.name for one in page.talks] == [place.world.course.citizen.name]
    assert later.course.citizen.name not in text(client.get(reverse("slots:stationing")))
    stranger = UserFactory(role=Role.CASEWORKER, organisation=place.world.jobcentre)
    assert not signed_in(stranger).get(reverse("slots:stationing")).context["page"].talks
    assert Meeting.objects.count() == 2
