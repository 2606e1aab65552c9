"""A group meeting that moves takes its talks along, and calendars follow both."""

from datetime import date, timedelta

import pytest
from django.test import Client

from courses.models import MeetingKind, Party
from letters.models import Letter
from meetings.actions import book, move
from meetings.actions.feeds import renew_own_feed, renew_room_feed
from meetings.actions.group_after import give_talks
from meetings.actions.groups import cancel_group, change_group, staff_group
from meetings.models import Meeting, Participant
from meetings.plans import Purpose
from notices.models import Mail
from partnerships.models import Agreement, Role
from shared.refusals import Refused
from tests.factories import AgreementFactory, RoomFactory, UserFactory, moment
from tests.meetings.calendar_readers import understood
from tests.meetings.conftest import NOW, TEN, TODAY
from tests.meetings.test_groups import HOUR, another, enrolled, plan, planned

pytestmark = pytest.mark.django_db
JOB = Purpose(MeetingKind.JOB, Party.JOBCENTRE)
TALK = timedelta(minutes=20)


@pytest.fixture
def group(world):
    """A workshop of both parties, with two citizens and their talks."""
    found = planned(world)
    staff_group(found, world.consultant, by=world.consultant, at=NOW)
    enrolled(world, found, [world.course, another(world)])
    give_talks(found, minutes=20, by=world.caseworker, at=NOW)
    found.refresh_from_db()
    return found


def later(minutes: int) -> dict:
    shift = timedelta(minutes=minutes)
    return {"starts_at": TEN + shift, "ends_at": TEN + HOUR + shift}


def talks() -> list:
    return list(Meeting.objects.order_by("starts_at").values_list("starts_at", "ends_at"))


# --- Talks go along -----------------------------------------------------------------------------
@pytest.mark.parametrize("minutes", [30, -30, 15, 24 * 60])
def test_the_talks_keep_their_distance_to_the_joint_part(world, group, minutes):
    shift = timedelta(minutes=minutes)

    change_group(group, plan(world, **later(minutes)), by=world.caseworker, at=NOW)

    first = TEN + HOUR + shift
    assert talks() == [(first, first + TALK), (first + TALK, first + 2 * TALK)]
    seats = Participant.objects.filter(group=group)
    assert {one.starts_at for one in seats} == {TEN + shift}


def test_a_talk_that_cannot_go_along_is_named_and_nothing_moves(world, group):
    before = talks()
    second = Meeting.objects.latest("starts_at")
    busy = world.sitting(TEN + 2 * HOUR, worker=None, room=None, place="Hall 2")
    book(second.course, JOB, busy, by=world.caseworker, at=NOW)
    letters = Letter.objects.count()

    with pytest.raises(Refused) as refused:
        change_group(group, plan(world, **later(60)), by=world.caseworker, at=NOW)

    assert f"11:20 ({second.course.case_number}) cannot go along" in str(refused.value)
    assert "The citizen has another" in str(refused.value)
    assert talks()[:2] == before
    group.refresh_from_db()
    assert group.starts_at == TEN
    assert Letter.objects.count() == letters


def test_who_plans_the_rooms_but_reads_no_citizens_is_told_the_time_and_no_case(world, group):
    planner = UserFactory(role=Role.BOOKING_COORDINATOR, organisation=world.jobcentre)
    second = Meeting.objects.latest("starts_at")
    busy = world.sitting(TEN + 2 * HOUR, worker=None, room=None, place="Hall 2")
    book(second.course, JOB, busy, by=world.caseworker, at=NOW)

    with pytest.raises(Refused) as refused:
        change_group(group, plan(world, **later(60)), by=planner, at=NOW)

    assert "The individual talk 11:20 cannot go along" in str(refused.value)
    assert second.course.case_number not in str(refused.value)


def test_another_room_and_consultant_go_for_the_talks_too_but_not_for_one_moved_by_itself(
    world, group
):
    hall = RoomFactory(organisation=world.jobcentre)
    other = UserFactory(role=Role.CASEWORKER, organisation=world.jobcentre)
    first, second = Meeting.objects.order_by("starts_at")
    alone = world.sitting(second.starts_at, ends_at=second.ends_at, room=None, place="Hall 9")
    move(second, alone, by=world.caseworker, at=NOW)

    change_group(group, plan(world, room=hall, host=other), by=world.caseworker, at=NOW)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.room, second.room, second.place) == (hall, None, "Hall 9")
    assert first.participants.get(role="jobcentre").worker == other
    assert first.participants.get(role="a_kasse").worker == world.consultant


def test_talks_come_to_be_today_only_where_the_citizens_agreed(world, group):
    today = {"starts_at": moment(TODAY, 13), "ends_at": moment(TODAY, 14)}
    with pytest.raises(Refused, match="agreed to the short notice"):
        change_group(group, plan(world, **today), by=world.caseworker, at=NOW)

    agreed = plan(world, **today, agreed_short_notice=True)
    change_group(group, agreed, by=world.caseworker, at=NOW)

    assert talks()[0][0] == moment(TODAY, 14)


def test_talks_of_today_are_given_only_where_the_citizens_agreed(world):
    group = planned(world, starts_at=moment(TODAY, 13), ends_at=moment(TODAY, 14))
    staff_group(group, world.consultant, by=world.consultant, at=NOW)
    enrolled(world, group, [world.course])

    tried = give_talks(group, minutes=20, by=world.caseworker, at=NOW)
    assert "agreed to the short notice" in tried.refused[0][1]

    tried = give_talks(group, minutes=20, by=world.caseworker, at=NOW, agreed_short_notice=True)
    assert len(tried.given) == 1


# --- Calendars ----------------------------------------------------------------------------------
def sent(user) -> list[tuple[str, int]]:
    """The invitations of group meetings that a worker got, with their versions."""
    rows = Mail.objects.filter(user=user, calendar__contains="UID:moede-").order_by("pk")
    events = [(one.calendar_method, understood(one.calendar)["events"][0]) for one in rows]
    return [(method, event["sequence"]) for method, event in events]


def test_both_consultants_are_invited_and_hear_of_each_version(world, group):
    change_group(group, plan(world, **later(30)), by=world.caseworker, at=NOW)
    other = UserFactory(role=Role.CASEWORKER, organisation=world.jobcentre)
    change_group(group, plan(world, **later(30), host=other), by=world.caseworker, at=NOW)
    cancel_group(group, reason="Flooded", by=world.caseworker, at=NOW)

    assert sent(world.consultant) == [
        ("REQUEST", 1),
        ("REQUEST", 2),
        ("REQUEST", 3),
        ("CANCEL", 4),
    ]
    assert sent(world.caseworker) == [
        ("REQUEST", 0),
        ("REQUEST", 1),
        ("REQUEST", 2),
        ("CANCEL", 3),
    ]
    assert sent(other) == [("REQUEST", 3), ("CANCEL", 4)]


def test_more_seats_are_no_news_for_a_calendar(world, group):
    version = group.sequence

    change_group(group, plan(world, seats=5), by=world.caseworker, at=NOW)

    group.refresh_from_db()
    assert (group.seats, group.sequence) == (5, version)


def events(token) -> list:
    body = Client().get(f"/kalender/{token}.ics").content.decode()
    return [one for one in understood(body)["events"] if "New start" in one["summary"]]


def test_the_calendars_of_worker_and_room_show_the_meeting_and_nobody_in_it(world, group):
    planner = UserFactory(role=Role.BOOKING_COORDINATOR, organisation=world.jobcentre)
    stranger = UserFactory(role=Role.CASEWORKER, organisation=world.jobcentre)
    tokens = [renew_own_feed(by=one, at=NOW) for one in (world.caseworker, world.consultant)]
    tokens.append(renew_room_feed(world.room, by=planner, at=NOW))

    for token in tokens:
        [event] = events(token)
        assert (event["starts_at"], event["status"]) == (TEN, "CONFIRMED")
        body = Client().get(f"/kalender/{token}.ics").content.decode()
        assert world.course.citizen.last_name not in body
    assert events(renew_own_feed(by=stranger, at=NOW)) == []

    cancel_group(group, reason="Flooded", by=world.caseworker, at=NOW)
    assert [events(token)[0]["status"] for token in tokens] == ["CANCELLED"] * 3


# --- The agreement ------------------------------------------------------------------------------
def test_a_meeting_of_both_parties_rests_on_their_agreement_in_force_that_day(world):
    pair = [world.jobcentre, world.course.a_kasse]
    over = AgreementFactory(parties=pair, starts_on=date(2020, 1, 1), ends_on=date(2026, 9, 30))
    frame = AgreementFactory(
        parties=pair, starts_on=date(2026, 2, 1), kind=Agreement.Kind.DECLARATION
    )
    theirs = AgreementFactory(parties=pair, starts_on=date(2026, 1, 1))
    AgreementFactory(parties=[world.jobcentre], starts_on=date(2026, 3, 1))

    group = planned(world)

    assert group.agreement == theirs
    alone = planned(world, invited=None, **later(120))
    assert alone.agreement is None
    theirs.state = Agreement.State.DRAFT
    theirs.save()
    change_group(group, plan(world, **later(10)), by=world.caseworker, at=NOW)
    group.refresh_from_db()
    assert group.agreement == frame
    assert over.pk != frame.pk
