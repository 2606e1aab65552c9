"""Who is free when: the same answer as looking at every minute, and as the booking act gives."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction

from courses.models import MeetingForm, MeetingKind, Party
from meetings import actions
from meetings.availability import Availability, Code, Obstacle, Who
from meetings.models import GroupMeeting, Participant
from meetings.obstacle_words import SENTENCES, sentence, sentences
from meetings.plans import Purpose, Sitting
from partnerships.models import Membership
from shared.refusals import Refused
from staffing.models import ClosingDay, Leave, WorkingHours
from tests.factories import moment
from tests.meetings.conftest import DAY, TEN, TODAY, new_world
from tests.meetings.random_calendars import Calendar, at, chance_of

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
STARTS = {  # each a week with something in it
    "winter time": date(2026, 10, 21),
    "summer time": date(2027, 3, 24),  # and Easter
    "Christmas": date(2026, 12, 22),
}


def calendar(seed, first):
    return Calendar(new_world(), first, first + timedelta(6), chance_of(seed)).draw()


def loaded(made, **changed):
    said = {
        "first": made.first,
        "last": made.last,
        "workers": [one.pk for one in made.workers],
        "rooms": [one.pk for one in made.rooms],
        "citizens": [made.citizen],
        "organisations": [made.world.jobcentre.pk],
    }
    return Availability.load(**said | changed)


@pytest.mark.parametrize(("name", "first"), STARTS.items(), ids=list(STARTS))
@pytest.mark.parametrize("seed", range(3))
def test_the_answer_is_that_of_looking_at_every_minute(db, seed, name, first):
    made = calendar(seed, first)
    free, chance, seen = loaded(made), chance_of(seed), set()

    for _ in range(150):
        start = at(chance.choice(made.days[:-1]), chance.randrange(0, 1440, 5))
        if chance.random() < 0.8:
            start = at(chance.choice(made.days), chance.randrange(7 * 60, 16 * 60, 5))
        end = start + timedelta(minutes=chance.choice([15, 45, 90]))
        worker, room = chance.choice(made.workers).pk, chance.choice(made.rooms).pk
        slot = chance.choice([None, *(one.pk for one in made.slots)])
        said = free.obstacles(
            start, end, workers=[worker], room=room, citizen=made.citizen,
            organisation=made.world.jobcentre.pk, slot=slot,
        )  # fmt: skip
        codes = {one.code.value for one in said}
        assert codes == made.naive(start, end, worker=worker, room=room, slot=slot), start
        seen |= codes
    assert len(seen) >= 9


@pytest.mark.parametrize(("name", "first"), STARTS.items(), ids=list(STARTS))
def test_free_spans_are_the_minutes_in_the_way_of_which_is_nothing(db, name, first):
    made = calendar(7, first)
    free = loaded(made)
    whom = {
        "workers": [made.workers[1].pk], "room": made.rooms[0].pk, "citizen": made.citizen,
        "organisation": made.world.jobcentre.pk,
    }  # fmt: skip
    for day in made.days[:5]:
        minutes = [at(day, n) for n in range(5 * 60, 1440)]
        expected = [one for one in minutes if not free.obstacles(one, one + MINUTE, **whom)]
        spans = free.free_spans(day, **whom)
        assert [one for one in minutes if any(a <= one < b for a, b in spans)] == expected


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(("name", "first"), STARTS.items(), ids=list(STARTS))
def test_the_act_never_refuses_what_is_called_free_and_always_what_is_hard(db, seed, name, first):
    made = calendar(40 + seed, first)
    free, chance, tried = loaded(made), chance_of(seed), {True: 0, False: 0}
    with time_machine.travel(moment(first - timedelta(3), 9), tick=False):
        for _ in range(400):
            start = at(chance.choice(made.days), chance.randrange(7 * 60, 16 * 60, 15))
            worker, room = chance.choice(made.workers), chance.choice(made.rooms)
            end = start + 45 * MINUTE
            said = free.obstacles(
                start, end, workers=[worker.pk], room=room.pk, citizen=made.citizen,
                organisation=made.world.jobcentre.pk,
            )  # fmt: skip
            is_hard = any(one.is_hard for one in said)
            if (said and not is_hard) or tried[is_hard] == 6:
                continue
            tried[is_hard] += 1
            sitting = Sitting(start, end, MeetingForm.IN_PERSON, room, "", worker, summon=False)
            assert refused(made.world, sitting) == is_hard, said
    assert min(tried.values()) > 2


class Undone(Exception):
    """The booking was tried, and is taken back."""


def refused(world, sitting):
    """Whether the act says no; nothing is left of its yes."""
    purpose = Purpose(MeetingKind.JOINT, Party.JOBCENTRE, None, with_other_party=True)
    now = moment(sitting.day - timedelta(9), 9)
    try:
        with transaction.atomic():
            actions.book(world.course, purpose, sitting, by=world.caseworker, at=now)
            raise Undone  # noqa: TRY301
    except Undone:
        return False
    except Refused:
        return True


def test_everything_is_read_in_one_statement(db, django_assert_num_queries):
    made = calendar(1, STARTS["Christmas"])
    with django_assert_num_queries(1):
        loaded(made)


def test_nobody_is_called_free_of_whom_nothing_was_read(world):
    free = Availability.load(first=DAY, last=DAY, workers=[world.caseworker.pk])
    with pytest.raises(ValueError, match="not loaded"):
        free.obstacles(TEN, TEN + HOUR, workers=[world.consultant.pk])
    with pytest.raises(ValueError, match="not loaded"):
        free.obstacles(TEN + timedelta(1), TEN + timedelta(1, 3600), workers=[world.caseworker.pk])


def codes_of(world, start=TEN, **changed):
    said = {"workers": [world.caseworker.pk]} | changed
    day = start.date()
    free = Availability.load(first=day, last=day, workers=said["workers"])
    return [one.code for one in free.obstacles(start, start + HOUR, **said)]


def test_who_has_left_works_no_more(world):
    Membership.objects.filter(user=world.caseworker).update(ends_on=DAY)
    assert codes_of(world) == [Code.OFF_HOURS]
    assert codes_of(world, TEN - timedelta(1)) == []


def test_hours_hold_for_their_time_and_office_hours_before(world):
    WorkingHours.objects.create(
        user=world.caseworker, organisation=world.jobcentre, weekday=DAY.weekday(),
        starts="13:00", ends="17:00", starts_on=DAY,
    )  # fmt: skip
    assert codes_of(world) == [Code.OFF_HOURS]
    assert codes_of(world, moment(DAY, 16)) == []
    assert codes_of(world, TEN - timedelta(7)) == []
    assert codes_of(world, moment(DAY + timedelta(1), 13)) == [Code.OFF_HOURS]  # no hours that day


def test_a_worker_of_two_houses_works_while_one_is_open(world):
    house, other = world.jobcentre, new_world().jobcentre
    ClosingDay.objects.create(organisation=house, starts_on=DAY, ends_on=DAY + timedelta(1))
    assert codes_of(world) == [Code.CLOSED]
    Membership.objects.create(
        user=world.caseworker, organisation=other, role="caseworker", starts_on=TODAY
    )
    assert codes_of(world) == []


@pytest.mark.parametrize("apart", ["meeting", "group"])
def test_what_is_moved_is_not_in_its_own_way_and_the_other_still_is(world, apart):
    meeting = world.booked_joint()
    group = GroupMeeting.objects.create(
        kind="workshop", title="W", organisation=world.jobcentre,
        starts_at=TEN + HOUR, ends_at=TEN + 2 * HOUR,
    )  # fmt: skip
    Participant.objects.create(group=group, role="jobcentre", worker=world.caseworker)
    free = Availability.load(
        first=DAY, last=DAY, workers=[world.caseworker.pk],
        apart_from={"meeting": meeting, "group": group}[apart],
    )  # fmt: skip
    said = free.obstacles(TEN, TEN + 2 * HOUR, workers=[world.caseworker.pk])
    left = {"meeting": group, "group": meeting}[apart]
    assert [one.since for one in said] == [left.starts_at]


def test_an_obstacle_is_one_sentence_and_says_until_when(world):
    Leave.objects.create(
        user=world.caseworker, organisation=world.jobcentre,
        starts_at=moment(DAY, 0), ends_at=moment(DAY + timedelta(2), 0),
    )  # fmt: skip
    booked = world.booked_joint()
    free = Availability.load(
        first=DAY, last=DAY, workers=[world.caseworker.pk], rooms=[world.room.pk],
        citizens=[world.course.citizen_id],
    )  # fmt: skip
    said = free.obstacles(
        TEN, TEN + HOUR, workers=[world.caseworker.pk], room=world.room.pk,
        citizen=world.course.citizen_id,
    )  # fmt: skip
    name = str(world.caseworker)
    assert set(sentences(said, on=TEN)) == {
        f"{name} is away until 1 Oct 2026.",
        f"{name} is in another interview until 10:45.",
        f"{world.room} is taken until 10:45.",
        "The citizen has another interview until 10:45.",
    }
    assert [one for one in said if one.is_hard and one.until != booked.ends_at] == []


@pytest.mark.parametrize(("code", "who"), SENTENCES)
def test_every_obstacle_has_words(code, who):
    said = sentence(Obstacle(code, who, 1, TEN, TEN), {(who, 1): "Kim"}, on=TEN)
    assert said.endswith(".")
    assert "%" not in said


def test_every_code_has_words():
    assert {code for code, _who in SENTENCES} == set(Code)
    assert {who for _code, who in SENTENCES} == set(Who)
