"""The search for a time: what is proposed and why, and what is said of every other time."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from courses.models import MeetingForm
from meetings.obstacles import Code
from slots.finding import Reason, Wishes, find
from slots.models import Hold, Pool
from slots.wishes import Half
from staffing.models import ClosingDay, Competence, Leave
from tests.factories import (
    AKasseFactory,
    DutyFactory,
    ParticipantFactory,
    RoomFactory,
    UserFactory,
    moment,
)
from tests.meetings.conftest import DAY, DUE, NOW, TEN, TODAY

DAY_AFTER = DAY + timedelta(1)


@pytest.fixture
def course(place):
    """The course, with a caseworker and a consultant of its own."""
    course = place.world.course
    course.caseworker, course.consultant = place.caseworker, place.world.consultant
    course.save()
    return course


def found(place, course, **changed):
    said = {"user": place.caseworker, "on": TODAY, "at": NOW} | changed
    duty = said.pop("duty", None) or place.joint(course).duty
    return find(course, duty, **said)


def why_not(answer, day=DAY):
    """The codes of a day, time by time."""
    [one] = [one for one in answer.days if one.day == day]
    return [[obstacle.code for obstacle in slot.obstacles] for slot in one.excluded]


def test_a_free_time_is_proposed_with_both_people_and_reasons(place, course):
    slot = place.slot(worker=None)
    answer = found(place, course)
    [proposal] = answer.proposals
    assert answer.free == [slot]
    assert (proposal.slot, proposal.worker, proposal.guest) == (
        slot, place.caseworker, place.world.consultant,
    )  # fmt: skip
    assert set(proposal.why) == {
        Reason.OWN_CASEWORKER, Reason.BOTH_FREE, Reason.EARLY, Reason.LATEST_SAFE,
    }  # fmt: skip


def test_three_times_on_days_of_their_own(place, course):
    for day in (DAY, DAY_AFTER, DUE):
        for hour in (9, 10, 11):
            place.slot(moment(day, hour))
    answer = found(place, course)
    assert [one.slot.day for one in answer.proposals] == [DAY, DAY_AFTER, DUE]
    assert len(answer.free) == 9
    assert len(found(place, course, count=5).proposals) == 5


def test_the_half_of_the_day_that_is_wished_for_comes_first(place, course):
    place.slot(moment(DAY, 9))
    later = place.slot(moment(DAY_AFTER, 13))
    best = found(place, course, wishes=Wishes(half=Half.AFTERNOON)).proposals[0]
    assert best.slot == later
    assert Reason.WISH in best.why


def test_the_form_that_is_wished_for_comes_first(place, course):
    place.slot(moment(DAY, 9))
    video = place.slot(moment(DAY_AFTER, 13))
    video.form = MeetingForm.VIDEO
    video.save()
    best = found(place, course, wishes=Wishes(form=MeetingForm.VIDEO)).proposals[0]
    assert best.slot == video


def test_a_day_on_which_the_colleague_is_there_already_is_the_best(place, course):
    ours = {"a_kasse": course.a_kasse, "guest": place.world.consultant}
    taken = place.slot(moment(DAY_AFTER, 9), **ours)
    beside = place.slot(moment(DAY_AFTER, 10), **ours)
    place.slot(moment(DAY, 9))
    place.book(taken, place.course(caseworker=place.caseworker))
    [best] = found(place, course, count=1).proposals
    assert best.slot == beside
    assert Reason.POOL_DAY in best.why
    assert [one.slot.day for one in found(place, course).proposals] == [DAY, DAY_AFTER]


def test_a_late_duty_is_offered_the_earliest_days_whatever_speaks_for_later_ones(place, course):
    """The own caseworker and the colleague of the a-kasse are there in the last week only."""
    late = DutyFactory(course=course, kind="joint", due_on=TODAY - timedelta(1))
    UserFactory(role="caseworker", organisation=place.world.jobcentre)
    days = [DAY + timedelta(n) for n in (0, 1, 7, 8, 9)]
    for day in days[:2]:
        place.slot(moment(day, 10), worker=None)
        place.slot(moment(day, 9), worker=UserFactory(
            role="caseworker", organisation=place.world.jobcentre))  # fmt: skip
    for day in days[2:]:
        place.slot(moment(day, 9), guest=place.world.consultant, a_kasse=course.a_kasse)
    answer = find(course, late, user=place.caseworker, on=TODAY, at=NOW)
    assert answer.is_late
    assert [one.slot.day for one in answer.proposals] == days[:3]


def test_a_time_at_short_notice_comes_last(place, course):
    soon = place.slot(moment(TODAY + timedelta(1), 9))
    place.slot(moment(DAY, 9), worker=None)
    assert [one.slot == soon for one in found(place, course).proposals] == [False, True]


def test_a_colleague_sits_in_where_the_own_caseworker_cannot(place, course):
    colleague = UserFactory(role="caseworker", organisation=place.world.jobcentre)
    place.slot(worker=None)
    Leave.objects.create(
        user=place.caseworker, organisation=place.world.jobcentre,
        starts_at=moment(DAY, 0), ends_at=moment(DAY_AFTER, 0),
    )  # fmt: skip
    [proposal] = found(place, course).proposals
    assert proposal.worker == colleague
    assert Reason.OWN_CASEWORKER not in proposal.why


def test_where_no_colleague_is_free_it_says_so(place, course):
    place.slot(worker=None)
    Leave.objects.create(
        user=place.caseworker, organisation=place.world.jobcentre,
        starts_at=moment(DAY, 0), ends_at=moment(DAY_AFTER, 0),
    )  # fmt: skip
    assert why_not(found(place, course)) == [[Code.LEAVE, Code.NOBODY]]


def test_a_consultant_who_is_taken_is_left_open_and_one_put_there_is_waited_for(place, course):
    leave = Leave.objects.create(
        user=place.world.consultant, organisation=course.a_kasse,
        starts_at=moment(DAY, 0), ends_at=moment(DAY_AFTER, 0),
    )  # fmt: skip
    slot = place.slot()
    assert found(place, course).proposals[0].guest is None
    slot.a_kasse, slot.guest = course.a_kasse, leave.user
    slot.save()
    assert why_not(found(place, course)) == [[Code.LEAVE]]


def test_language_and_what_may_be_decided_are_conditions(place, course):
    place.slot()
    wishes = Wishes(language="ar", decide=True)
    assert why_not(found(place, course, wishes=wishes)) == [[Code.LACKS]]
    for user, house, said in [
        (place.world.consultant, course.a_kasse, {"kind": "language", "language": "ar"}),
        (place.caseworker, course.jobcentre, {"kind": "decide"}),
    ]:
        Competence.objects.create(user=user, organisation=house, starts_on=TODAY, **said)
    assert len(found(place, course, wishes=wishes).free) == 1
    assert why_not(found(place, course, wishes=replace(wishes, grant=True))) == [[Code.LACKS]]


def test_an_interpreter_is_ordered_in_time(place, course):
    day = TODAY + timedelta(1)
    place.slot(moment(day, 10))
    assert why_not(found(place, course, wishes=Wishes(interpreter=True)), day) == [[Code.TOO_SOON]]


def test_no_day_before_the_one_that_is_asked_for(place, course):
    place.slot()
    wishes = Wishes(not_before=DAY_AFTER)
    assert why_not(found(place, course, wishes=wishes)) == [[Code.BEFORE_WINDOW]]


def test_all_that_is_in_the_way_has_a_reason(place, course):
    world, other = place.world, AKasseFactory()
    claimed = Pool.objects.create(
        jobcentre=world.jobcentre, name="C", model="claimed", starts="08:00", ends="16:00",
        starts_on=TODAY, ends_on=DUE, is_published=True,
    )  # fmt: skip
    rooms = [RoomFactory(organisation=world.jobcentre) for _ in range(4)]
    taken = place.slot(worker=None, room=rooms[0])
    place.book(taken, place.course(caseworker=None), worker=place.caseworker)
    held = place.slot(moment(DAY, 11), worker=None, room=rooms[1])
    Hold.objects.create(slot=held, course=place.course(), until=NOW + timedelta(minutes=1))
    place.slot(moment(DAY, 13), worker=None, room=rooms[2], a_kasse=other)
    waiting = place.slot(moment(DAY, 14), worker=None, room=rooms[3])
    waiting.pool = claimed
    waiting.save()
    answer = found(place, course)
    assert why_not(answer) == [
        [Code.ALL_TAKEN], [Code.HELD], [Code.RESERVED], [Code.UNRESERVED],
    ]  # fmt: skip
    [day] = [one for one in answer.days if one.day == DAY]
    assert day.sentences == [
        f"10:00 {rooms[0]}: All seats are taken.",
        f"11:00 {rooms[1]}: A colleague is deciding on it; held until 9:01.",
        f"13:00 {rooms[2]}: The time is reserved for another a-kasse.",
        f"14:00 {rooms[3]}: The a-kasse has to reserve the time before it is booked.",
    ]
    assert answer.as_reasons[0] == {"day": "2026-09-22", "codes": ["no-slots"]}


def test_a_hold_that_has_lapsed_or_is_ones_own_holds_nothing(place, course):
    slot = place.slot()
    hold = Hold.objects.create(slot=slot, course=place.course(), until=NOW)
    assert len(found(place, course).free) == 1
    hold.course, hold.until = course, NOW + timedelta(minutes=2)
    hold.save()
    assert len(found(place, course).free) == 1


def test_a_room_that_is_booked_beside_the_slots_is_taken(place, course):
    slot = place.slot(worker=None)
    other = place.world.booked_joint()
    other.participants.filter(role="jobcentre").update(worker=None)
    other.participants.filter(role="citizen").delete()
    ParticipantFactory(meeting=other, role="citizen", citizen=place.course().citizen)
    assert why_not(found(place, course)) == [[Code.ROOM_TAKEN]]
    assert slot.pk


def test_seats_are_counted(place, course):
    slot = place.wide_slot(2)
    for n, expected in ((1, 1), (2, 0)):
        colleague = UserFactory(role="caseworker", organisation=place.world.jobcentre)
        place.book(slot, place.course(), worker=colleague)
        assert len(found(place, course).free) == expected, n


def test_days_without_times_say_so_closing_days_too(place, course):
    ClosingDay.objects.create(organisation=course.jobcentre, starts_on=DAY, ends_on=DAY_AFTER)
    answer = found(place, course)
    assert not answer.free
    assert len(answer.days) == 10  # the weekdays until the deadline
    assert why_not(answer) == [[Code.CLOSED, Code.NO_SLOTS]]
    [day] = [one for one in answer.days if one.day == DAY_AFTER]
    assert day.sentences == [f"{course.jobcentre} has opened no times on this day."]


def test_the_first_time_after_the_deadline_is_named_when_there_is_none_before(place, course):
    late = place.slot(moment(DUE + timedelta(2), 10))
    answer = found(place, course)
    assert not answer.free
    assert answer.days[-1].excluded[0].slot.pk == late.pk
    assert answer.days[-1].sentences == [
        f"10:00 {late.room}: The day lies after the last day, 5 Oct 2026."
    ]


def test_a_late_duty_is_searched_for_from_tomorrow_on(place, course):
    slot = place.slot()
    duty = place.joint(course).duty
    duty.due_on = TODAY - timedelta(3)
    duty.save()
    answer = found(place, course, duty=duty)
    assert (answer.is_late, answer.first) == (True, date(2026, 9, 22))
    assert answer.free == [slot]
    assert Reason.LATEST_SAFE not in answer.proposals[0].why


def test_not_before_the_duty_opens(place, course):
    place.slot()
    duty = place.joint(course).duty
    duty.opens_on = DAY_AFTER
    duty.save()
    assert found(place, course, duty=duty).first == DAY_AFTER


@pytest.mark.parametrize(
    "hidden", [{"is_published": False}, {"kind": "job"}, {"purpose": "pool_day", "kind": "cv"}]
)
def test_times_that_are_not_open_to_such_an_interview_are_not_offered(place, course, hidden):
    place.slot()
    Pool.objects.update(**hidden)
    assert why_not(found(place, course)) == [[Code.NO_SLOTS]]


def test_a_pool_of_other_a_kasser_is_none_of_ours(place, course):
    place.slot()
    place.pool.a_kasser.add(AKasseFactory())
    assert why_not(found(place, course)) == [[Code.RESERVED]]


def test_the_citizen_is_where_the_citizen_is(place, course):
    slot = place.slot(TEN + timedelta(minutes=15), worker=None, room=None, place="Hall")
    meeting = place.world.booked_joint()
    meeting.participants.exclude(role__in=["citizen", "room"]).delete()
    assert why_not(found(place, course)) == [[Code.CITIZEN_BUSY]]
    assert slot.pk
