"""Needed against offered: counted by hand, by pair, and told to those who may know."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.models import MeetingKind, Party
from meetings.capacity import Place, Wanted, unserved, unserved_among
from notices.models import Notice
from partnerships.models import Organisation, Role
from slots.capacity import now_span, read_supply
from slots.capacity_page import capacity_page
from slots.models import Pool, Slot
from staffing.models import ClosingDay, Leave
from tests.factories import (
    AKasseFactory,
    CourseFactory,
    DutyFactory,
    MeetingFactory,
    UserFactory,
)
from tests.meetings.conftest import BEFORE, NOW, TEN, TODAY

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(1), timedelta(hours=1)
MONDAY = date(2026, 9, 21)


def owed(place, due_on, a_kasse=None, **columns):
    """A joint interview of another citizen."""
    said = {"rule": "R24-07", "ordinal": 1, "kind": MeetingKind.JOINT, "with_party": Party.A_KASSE}
    said |= {"responsible": Party.JOBCENTRE, "due_on": due_on}
    course = place.course(a_kasse=a_kasse) if a_kasse else place.course()
    return DutyFactory(course=course, **said | columns)


def looked(user, **asked):
    return capacity_page(user, **{"key": "", "area": "", "at": NOW} | asked)


def week(page, number):
    return next(one for one in page.rows if one.number == number)


def worker(place, role):
    house = place.world.jobcentre
    if role in (Role.JOB_CONSULTANT, Role.COORDINATOR):
        house = place.world.course.a_kasse
    return UserFactory(role=role, organisation=house)


# --- Walking days in order ----------------------------------------------------------------------
def free(*counts):
    return {MONDAY + n * DAY: count for n, count in enumerate(counts)}


def wanted(*spans):
    return [Wanted(MONDAY + a * DAY, MONDAY + b * DAY, n) for n, (a, b) in enumerate(spans)]


def keys(spans, *counts):
    return [one.key for one in unserved(wanted(*spans), free(*counts))]


def test_plenty_after_the_last_day_helps_nobody():
    assert keys([(0, 0), (0, 0)], 1, 9, 9) == [1]


def test_plenty_before_the_window_opens_helps_nobody():
    assert keys([(2, 3)], 9, 9, 0, 0) == [0]


def test_who_must_be_seen_first_goes_first_so_that_both_are_seen():
    assert keys([(0, 3), (0, 0)], 1, 0, 0, 1) == []


def test_a_window_without_any_day_finds_nothing():
    assert keys([(0, 5)]) == [0]


def test_as_many_are_served_as_can_be_at_all():
    """Beside a search that tries every way (augmenting paths), on small random weeks."""
    chance = random.Random(4)  # noqa: S311 (no secret)
    for _round in range(200):
        spans = [sorted((chance.randrange(5), chance.randrange(5))) for _n in range(6)]
        counts = [chance.randrange(3) for _n in range(5)]
        assert len(keys(spans, *counts)) == len(spans) - most_served(spans, counts)
        assert len(among(spans, counts)) == len(keys(spans, *counts))


def among(spans, counts, of=None, may_use=lambda _who, _kind: True):
    places = [Place(MONDAY + n * DAY, n % 2, count) for n, count in enumerate(counts)]
    asked = [replace(one, of=of[one.key] if of else 0) for one in wanted(*spans)]
    return [one.key for one in unserved_among(asked, places, may_use)]


def test_places_of_some_are_left_to_them_so_that_others_find_theirs():
    """Kind 0 is for all, kind 1 for the second alone: each gets one, whoever comes first."""
    only_two = lambda who, kind: kind == 0 or who == 2  # noqa: E731 (as the search asks)
    assert among([(0, 1), (0, 1)], [1, 1], of=[2, 1], may_use=only_two) == []
    assert among([(0, 1), (0, 1)], [1, 1], of=[1, 1], may_use=only_two) == [1]


def test_as_many_are_served_where_some_places_are_for_some():
    chance = random.Random(7)  # noqa: S311 (no secret)
    for _round in range(150):
        spans = [sorted((chance.randrange(5), chance.randrange(5))) for _n in range(6)]
        counts = [chance.randrange(3) for _n in range(5)]
        of = [chance.randrange(3) for _n in range(6)]
        may = {(who, kind): chance.random() < 0.7 for who in range(3) for kind in range(2)}
        short = among(spans, counts, of=of, may_use=lambda who, kind, may=may: may[who, kind])
        allowed = [[may[of[n], day % 2] for day in range(5)] for n in range(6)]
        assert len(short) == len(spans) - most_served(spans, counts, allowed)


def most_served(spans, counts, allowed=None):
    places = [day for day, count in enumerate(counts) for _n in range(count)]
    holder: dict[int, int] = {}

    def seat(one, tried):
        for place, day in enumerate(places):
            fits = spans[one][0] <= day <= spans[one][1] and (not allowed or allowed[one][day])
            if fits and place not in tried:
                tried.add(place)
                if place not in holder or seat(holder[place], tried):
                    holder[place] = one
                    return True
        return False

    return sum(seat(one, set()) for one in range(len(spans)))


# --- The page -----------------------------------------------------------------------------------
def test_the_first_week_that_runs_short_is_named_first(place):
    place.world.joint.delete()
    place.slot(TEN)  # week 40
    place.slot(TEN + 21 * DAY)  # week 43: too late for either
    for _n in range(2):
        owed(place, date(2026, 10, 8))  # week 41

    page = looked(place.caseworker)

    assert page.headline == "Week 41 is the first that runs short: 1 time is missing."
    assert (week(page, 40).offered, week(page, 41).due, week(page, 41).short) == (1, "2", "1")
    assert week(page, 41).is_first
    assert week(page, 43).offered == 1


def test_booked_interviews_count_on_both_sides_and_free_seats_once(place):
    place.slot(TEN + HOUR)
    place.book(place.slot(TEN))

    row = week(looked(place.caseworker), 40)

    assert (row.due, row.booked, row.needed, row.offered) == ("0", 1, "1", 2)


def test_times_reserved_for_others_are_not_offered_to_a_pair(place):
    other = AKasseFactory()
    place.slot(TEN, a_kasse=other)
    owed(place, date(2026, 10, 2))
    own = place.world.course.a_kasse
    page = looked(place.caseworker, key=f"{place.world.jobcentre.pk}-{own.pk}")

    assert week(page, 40).offered == 0
    assert page.scope.first_short


def test_two_a_kasser_that_share_one_time_are_short_of_one(place):
    place.world.joint.delete()
    place.slot(TEN)
    owed(place, date(2026, 10, 8))
    owed(place, date(2026, 10, 9), a_kasse=AKasseFactory())

    page = looked(place.caseworker)

    assert [week(page, 40).offered, week(page, 41).due, week(page, 41).short] == [1, "2", "1"]
    assert sorted(one.short for one in page.scope_rows[1:]) == ["", "1"]
    assert {one.offered for one in page.scopes[1:]} == {1}


def test_what_is_offered_is_what_the_search_would_use(place):
    """The same answer as the query that booking asks, for every kind of time."""
    other = AKasseFactory()
    own = place.world.course.a_kasse
    claimed = Pool.objects.create(
        jobcentre=place.world.jobcentre, name="Claimed", model=Pool.Model.CLAIMED, starts="08:00",
        ends="16:00", starts_on=TODAY, ends_on=TODAY + 60 * DAY, is_published=True,
    )  # fmt: skip
    place.slot(TEN)
    place.slot(TEN + HOUR, a_kasse=own)
    place.slot(TEN + 3 * HOUR, a_kasse=other)
    Slot.objects.filter(pk=place.slot(TEN + 4 * HOUR).pk).update(pool=claimed)
    named = Pool.objects.create(
        jobcentre=place.world.jobcentre, name="Named", starts="08:00", ends="16:00",
        starts_on=TODAY, ends_on=TODAY + 60 * DAY, is_published=True,
    )  # fmt: skip
    named.a_kasser.add(other)
    Slot.objects.filter(pk=place.slot(TEN + DAY).pk).update(pool=named)
    supply = read_supply(now_span(NOW), jobcentres=[place.world.jobcentre.pk])

    for a_kasse in (own, other):
        usable = Slot.objects.usable_by(a_kasse.pk).count()
        assert sum(supply.free(place.world.jobcentre.pk, a_kasse.pk).values()) == usable
    assert sum(supply.free(place.world.jobcentre.pk).values()) == 5


def test_small_numbers_are_hidden_from_those_who_only_steer(place):
    place.world.joint.delete()
    for _n in range(3):
        owed(place, date(2026, 10, 8))
    steering = looked(worker(place, Role.STEERING_GROUP))

    assert steering.headline == "Week 41 is the first that runs short."
    assert week(steering, 41).due == week(steering, 41).needed == "fewer than 5"
    assert week(looked(place.caseworker), 41).due == "3"
    for _n in range(2):
        owed(place, date(2026, 10, 8))
    assert week(looked(worker(place, Role.STEERING_GROUP)), 41).due == "5"


def test_who_publishes_the_times_is_told_how_many_are_missing(place):
    place.world.joint.delete()
    for _n in range(3):
        owed(place, date(2026, 10, 8))

    planner = looked(worker(place, Role.BOOKING_COORDINATOR))

    assert planner.headline == "Week 41 is the first that runs short: 3 times are missing."
    assert [one.needed for one in planner.scope_rows] == ["3", "3"]


def test_what_is_booked_outside_the_published_times_stands_beside_them(place):
    place.slot(TEN)
    MeetingFactory(course=place.world.course, kind=MeetingKind.JOINT, starts_at=TEN + HOUR)

    row = week(looked(place.caseworker), 40)

    assert (row.booked, row.elsewhere, row.offered) == (0, "1", 1)


def test_no_sum_gives_a_hidden_number_away(place):
    place.world.joint.delete()
    other = AKasseFactory()
    for _n in range(6):
        owed(place, date(2026, 10, 8))
    owed(place, date(2026, 10, 8), a_kasse=other)
    place.slot(TEN)

    page = looked(worker(place, Role.STEERING_GROUP))

    told = {one.name: (one.needed, one.short) for one in page.scope_rows}
    assert told[other.short] == ("fewer than 5", "fewer than 5")
    assert told["All a-kasser"] == ("over 6", "over 5")
    assert week(page, 41).due == "over 6"
    assert page.headline == "Week 41 is the first that runs short."
    assert page.scope.height(2) == 10  # as high as it can be


def test_an_a_kasse_sees_its_own_pairs_and_no_others(place):
    owed(place, date(2026, 10, 8))
    elsewhere = CourseFactory(**BEFORE)
    DutyFactory(course=elsewhere, kind=MeetingKind.JOINT, rule="R24-07", due_on=date(2026, 10, 8))

    page = looked(worker(place, Role.JOB_CONSULTANT))

    assert [one.name for one in page.scopes] == ["All jobcentres", place.world.jobcentre.short]
    assert page.areas == []


def test_the_region_is_for_those_who_plan_and_steer(place):
    area = place.world.course.municipality.rar_area
    owed(place, date(2026, 10, 8))

    steering = looked(worker(place, Role.STEERING_GROUP), area=area)
    assert steering.area == area
    assert steering.scope.name == area
    assert not steering.scope.is_plain
    assert looked(place.caseworker, area=area).area == ""


def test_the_file_holds_every_pair_and_week(client, place):
    place.world.joint.delete()
    owed(place, date(2026, 10, 8))
    client.force_login(place.caseworker)
    client.cookies["django_language"] = "en"

    text = client.get(reverse("slots:capacity_file")).content.decode("utf-8-sig")

    assert len(text.splitlines()) == 1 + 2 * 26
    assert "2026-41;2026-10-05;1;0;1;0;0;1" in text


# --- No citizen left without ---------------------------------------------------------------------
def test_who_finds_no_time_is_listed_with_why_and_the_coordinators_are_asked(client, place):
    place.world.joint.delete()
    planner = worker(place, Role.BOOKING_COORDINATOR)
    duty = owed(place, date(2026, 10, 8))
    place.slot(TEN + 20 * DAY)
    client.force_login(place.caseworker)
    client.cookies["django_language"] = "en"

    page = client.get(reverse("slots:without")).text
    assert "1 joint interview of the next 8 weeks finds no time." in page
    assert "no times are published" in page
    pair = f"{place.world.jobcentre.pk}-{duty.course.a_kasse_id}"
    sent = {"uge": "2026-41", "par": pair}
    client.post(reverse("slots:ask_for_times"), sent)

    notice = Notice.objects.get(user=planner)
    assert notice.about == f"week 41: 1 time for {duty.course.a_kasse.short}"
    assert duty.course.citizen.name not in notice.about
    assert client.post(reverse("slots:ask_for_times"), sent | {"uge": "2026-30"}).status_code == 302
    assert Notice.objects.count() == 1


def test_the_coordinator_opens_the_notice_at_its_week(client, place):
    planner = worker(place, Role.BOOKING_COORDINATOR)
    owed(place, date(2026, 10, 8))
    client.force_login(planner)

    response = client.get(reverse("slots:capacity"))

    assert 'id="uge-2026-41"' in response.text
    assert client.get(reverse("slots:without")).status_code == 404


def test_more_urgent_ones_that_need_the_only_time_are_named_as_the_reason(client, place):
    place.world.joint.delete()
    owed(place, date(2026, 10, 1))
    owed(place, date(2026, 10, 2))
    place.slot(TEN)
    client.force_login(place.caseworker)
    client.cookies["django_language"] = "en"

    page = client.get(reverse("slots:without")).text

    assert "1 time is free, but more urgent interviews need it." in page


def test_reading_does_not_cost_more_for_more_interviews(place, django_assert_max_num_queries):
    for n in range(6):
        owed(place, date(2026, 10, 8))
        place.slot(TEN + n * DAY)
    user = place.caseworker
    with django_assert_max_num_queries(12):
        looked(user)


def test_an_organisation_that_merged_counts_as_the_one_it_merged_into(place):
    place.world.joint.delete()
    old = AKasseFactory()
    Organisation.objects.filter(pk=old.pk).update(successor=place.world.course.a_kasse)
    owed(place, date(2026, 10, 8), a_kasse=old)
    owed(place, date(2026, 10, 8))

    page = looked(place.caseworker)

    assert [one.name for one in page.scopes[1:]] == [place.world.course.a_kasse.short]
    assert week(page, 41).due == "2"


# --- What people's hours allow -----------------------------------------------------------------
@pytest.fixture
def planner(place):
    return worker(place, Role.BOOKING_COORDINATOR)


def staffed(user):
    return [(one.offered, one.staffed) for one in looked(user).rows if one.offered]


def test_a_time_is_staffed_when_a_caseworker_is_at_work_and_in_no_other_time(place, planner):
    owed(place, TODAY + 20 * DAY)
    for _ in range(2):
        place.slot(worker=None, room=None, place="Hall")

    assert staffed(planner) == [(2, 1)]

    worker(place, Role.CASEWORKER)
    assert staffed(planner) == [(2, 2)]


def test_leave_closing_days_and_hours_leave_times_without_staff(place, planner):
    owed(place, TODAY + 20 * DAY)
    own = {"user": place.caseworker, "organisation": place.world.jobcentre}
    place.slot()
    place.slot(TEN + 7 * DAY)
    Leave.objects.create(**own, kind="holiday", starts_at=TEN - HOUR, ends_at=TEN + HOUR)

    assert staffed(planner) == [(1, 0), (1, 1)]

    later = (TEN + 7 * DAY).date()
    ClosingDay.objects.create(
        organisation=place.world.jobcentre, starts_on=later, ends_on=later + DAY
    )
    assert staffed(planner) == [(1, 0), (1, 0)]


def test_what_is_booked_is_staffed_and_a_pair_counts_the_times_it_may_use(place, planner):
    place.book(place.slot())
    place.slot(TEN + HOUR)
    owed(place, TODAY + 20 * DAY, a_kasse=AKasseFactory())
    pair = next(one for one in looked(planner).scopes if one.weeks[1].booked)

    assert staffed(planner) == [(2, 2)]
    assert (pair.weeks[1].offered, pair.weeks[1].staffed) == (2, 2)


def test_the_a_kasse_is_told_nothing_of_the_jobcentres_hours(place):
    place.slot()
    leader = worker(place, Role.COORDINATOR)

    assert not looked(leader).knows_staff


def test_who_publishes_finds_on_the_front_page_how_many_times_are_missing_and_where(client, place):
    place.world.joint.delete()
    owed(place, timezone.localdate() + 30 * DAY)
    client.force_login(worker(place, Role.BOOKING_COORDINATOR))

    answer = client.get(reverse("desk:today"))

    [missing] = answer.context["missing"]
    assert (missing.count, missing.a_kasse) == (1, place.world.course.a_kasse)
    assert f"?par={missing.pair}#uge-{missing.week}" in answer.content.decode()


def test_the_tile_of_the_front_page_counts_what_the_page_of_capacity_is_short_of(client, place):
    place.world.joint.delete()
    for number in range(3):
        owed(place, timezone.localdate() + (12 + number) * DAY)
    client.force_login(place.caseworker)

    tile = client.get(reverse("desk:today")).context["front"].tiles[-1]
    page = client.get(reverse("slots:capacity")).context["page"]
    listed = client.get(reverse("desk:today") + tile.url).context["front"].page.rows

    assert tile.count == len(listed) == sum(one.short for one in page.scope.weeks) == 3
