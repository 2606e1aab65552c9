"""The demo world: the same each time, holds every situation, and opens to each role its part."""

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random

import pytest
import time_machine
from django.db.models import Q

from accounts.checks import DEMO_SIGN_INS
from accounts.models import User
from activities.models import Activity, Invoice, Referral
from courses.deadlines import differences
from courses.models import (
    Absence,
    AbsenceKind,
    Choice,
    ChoiceKind,
    Citizen,
    Course,
    DateMove,
    Duty,
    Flag,
    HeldMeeting,
    Registration,
    ReportedHours,
)
from desk.demo import world as demo
from desk.demo.diary import ZONE
from desk.demo.people import Crowd, fictitious_cpr
from frames.balances import balances_of
from frames.models import Entry as Posting
from frames.models import Frame
from journal.models import Entry
from meetings.models import Meeting, NoShow, Notification, Participant
from partnerships.models import Agreement
from shared.cpr import born
from slots.capacity import now_span, read_supply
from slots.capacity_page import capacity_page
from slots.models import NoTimes, SlotBooking
from tests.desk.empty_day import book_a_day
from tests.lasting import rolled_back

TODAY = date(2026, 11, 23)  # a Monday
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZONE)
MEMBERS = 150

WHOSE = "course__source_id"
PORTRAIT = [
    (Citizen, ["first_name", "last_name", "born_on", "cpr_index", "interpreter", "phone"]),
    (Course, ["source_id", "citizen__sort_key", "regime", "handover_on", "caseworker__username"]),
    (Registration, [WHOSE, "registered_on", "ended_on", "occupation", "superseded_by__placed_on"]),
    (Absence, ["citizen__sort_key", "kind", "starts_on", "ends_on", "hours"]),
    (ReportedHours, ["citizen__sort_key", "month", "hours"]),
    (HeldMeeting, ["citizen__sort_key", "kind", "held_on", "by"]),
    (Choice, [WHOSE, "kind", "chosen_on", "by"]),
    (Duty, [WHOSE, "rule", "ordinal", "opens_on", "due_on", "late_from", "outcome", "met_on"]),
    (
        Meeting,
        [WHOSE, "kind", "state", "starts_at", "room__name", "booked_by__username", "booked_at"],
    ),
    (Participant, ["meeting__starts_at", "role", "citizen__sort_key", "worker__username"]),
    (Notification, ["meeting__starts_at", "a_kasse__slug", "evidence", "answer_code", "sent_at"]),
    (Flag, [WHOSE, "stage", "became_on", "resolution", "cause", "acknowledged_by__username"]),
    (DateMove, [WHOSE, "rule", "ordinal", "cause", "before", "after"]),
    (Activity, ["title", "kind", "state", "starts_on", "host__slug"]),
    (Referral, [WHOSE, "activity__title", "state", "price", "referred_at"]),
    (Posting, ["frame__a_kasse__slug", "kind", "amount", "posted_on"]),
]


def portrait():
    """Everything the world says, without keys and without the moment it was written."""
    return {
        model.__name__: sorted(
            repr(list(map(plain, row))) for row in model.objects.values_list(*columns)
        )
        for model, columns in PORTRAIT
    }


def plain(value):
    """Bytes, however the driver hands them out."""
    return bytes(value) if isinstance(value, memoryview) else value


@pytest.fixture(scope="module")
def portraits(django_db_setup, django_db_blocker):
    """Two worlds of the same day, one after the other; the second one stands."""
    found = []
    with time_machine.travel(NOON, tick=False):
        for last in (False, True):
            with rolled_back(django_db_blocker):
                demo.make_world(today=TODAY, members=MEMBERS)
                found.append(portrait())
                if last:
                    yield found


@pytest.fixture
def world(portraits, db):
    """The demo world of the day."""


def sees(username):
    user = User.objects.get(username=username)
    return set(Course.objects.visible_to(user, on=TODAY))


def of(**conditions):
    return set(Course.objects.filter(**conditions))


def test_the_same_day_gives_the_same_world(portraits, world):
    first, second = portraits
    for name in first:
        assert first[name] == second[name], name
    assert len(first["Citizen"]) == MEMBERS


def test_other_seeds_make_other_people():
    people = [Crowd(Random(seed)).person(age=40, on=TODAY).name for seed in ("a", "b")]  # noqa: S311
    assert people[0] != people[1]


def test_the_stored_answers_are_what_the_law_says(world):
    checked = differences(list(Course.objects.values_list("pk", flat=True)), on=TODAY)
    assert (checked.changed, checked.errors) == (0, [])


def test_every_set_of_rules_has_courses(world):
    assert set(Course.objects.values_list("regime", flat=True)) == {
        "2009",
        "2015",
        "2020",
        "2024",
        "2026",
    }


def test_every_kind_of_duty_is_there_in_every_state_it_can_have(world):
    found = {(duty.kind, duty.state_on(TODAY).value) for duty in Duty.objects.all()}
    expected = {
        "cv": "open met late overdue suspended",
        "job": "open met late overdue suspended not_required lapsed",
        "joint": "open met late overdue suspended not_required voluntary lapsed",
        "availability": "met late lapsed",
        "sickness": "met late lapsed",
    }
    for kind, states in expected.items():
        assert set(states.split()) - {state for one, state in found if one == kind} == set(), kind


def test_every_kind_of_pause_and_choice_is_there(world):
    running = Absence.objects.filter(Q(ends_on=None) | Q(ends_on__gt=TODAY), starts_on__lte=TODAY)
    assert set(running.values_list("kind", flat=True)) == set(AbsenceKind)
    assert set(Choice.objects.values_list("kind", flat=True)) == set(ChoiceKind)


def test_interviews_are_booked_held_missed_cancelled_and_forgotten(world):
    assert set(Meeting.objects.values_list("state", flat=True)) == set(Meeting.State)
    morning = NOON.replace(hour=0)
    assert Meeting.objects.without_outcome(at=morning).exists()
    assert Meeting.objects.upcoming(at=morning + timedelta(1)).count() > 10
    assert NoShow.objects.filter(lawful_absence="none").exists()
    assert NoShow.objects.exclude(lawful_absence="none").exists()


def test_notifications_wait_are_answered_and_taken_back(world):
    assert Notification.objects.unanswered().exists()
    assert Notification.objects.exclude(answer_code="").exists()
    assert Notification.objects.exclude(withdrawn_at=None).exists()


@pytest.mark.parametrize("username", ["sagsbehandler", "jobkonsulent"])
def test_a_full_day_waits_for_those_who_hold_interviews(world, username):
    today = Meeting.objects.on_day(TODAY).filter(participants__worker__username=username)
    states = sorted(today.values_list("state", flat=True))
    assert states.count("held") == 2
    assert states.count("booked") >= 3


def test_flags_are_open_and_acknowledged_with_causes(world):
    assert set(Flag.objects.open().values_list("stage", flat=True)) == set(Flag.Stage)
    acknowledged = Flag.objects.filter(resolution=Flag.Resolution.ACKNOWLEDGED)
    assert acknowledged.values("cause").distinct().count() == 5
    assert Duty.objects.filter(flags__in=acknowledged).late(on=TODAY).count() == 5


def test_corrections_supersede_facts_and_move_dates_with_a_reason(world):
    for model in (Registration, ReportedHours, Absence):
        assert model.objects.exclude(superseded_at=None).exists(), model
    assert {"absence", "absence-withdrawn", "registration"} <= set(
        DateMove.objects.values_list("cause", flat=True)
    )


def test_people_register_again_change_a_kasse_and_move(world):
    twice = Course.objects.exclude(a_kasse=None).values("citizen", "placed_on")
    again = [
        list(Course.objects.filter(**one).order_by("starts_on"))
        for one in twice.distinct()
        if Course.objects.filter(**one).count() > 1
    ]
    kinds = {
        (first.a_kasse.slug, second.a_kasse.slug, first.registered_on == second.registered_on)
        for first, second in again
    }
    assert {("3f", "3f", False), ("3f", "foa", True), ("tib", "3f", True)} <= kinds


def test_hand_overs_wait_and_are_foreseen(world):
    active = Course.objects.active(on=TODAY)
    assert active.filter(forecast_from__lte=TODAY, handover_on__gte=TODAY).count() > 3
    assert active.filter(jobcentre_from__lte=TODAY).count() > 20


def test_people_have_what_a_course_page_must_say(world):
    for column in ("address_protected", "digital_post_exempt"):
        assert Citizen.objects.filter(**{column: True}).exists(), column
    assert Citizen.objects.exclude(interpreter="").exists()
    for column in ("graduate", "special_effort"):
        assert Registration.objects.filter(**{column: True}).exists(), column
    assert Registration.objects.filter(insured="part_time").exists()


def test_few_are_late_and_some_are_due_soon(world):
    active = Course.objects.active(on=TODAY)
    late = active.filter(duties__in=Duty.objects.late(on=TODAY)).distinct().count()
    soon = active.filter(duties__in=Duty.objects.due_soon(on=TODAY)).distinct().count()
    assert 0 < late < active.count() / 5
    assert soon > 3


def test_agreements_stand_at_every_step_that_the_list_shows(world):
    assert set(Agreement.objects.values_list("state", flat=True)) >= {
        "draft",
        "coordinating",
        "active",
        "under_notice",
        "ended",
        "expired",
    }


def test_the_frames_of_the_year_are_nearly_used_and_those_of_last_year_closed(world):
    frames = Frame.objects.filter(closed_at=None)
    shares = [one.share for one in balances_of(frames).values()]
    assert len(shares) == 2
    assert all(90 <= share < 100 for share in shares), shares
    assert Frame.objects.exclude(closed_at=None).count() == 2


def test_there_are_activities_of_every_kind_and_referrals_in_every_state(world):
    assert set(Activity.objects.values_list("kind", flat=True)) == set(Activity.Kind)
    assert set(Activity.objects.values_list("state", flat=True)) == set(Activity.State)
    assert set(Referral.objects.values_list("state", flat=True)) == set(Referral.State)
    assert set(Invoice.objects.values_list("state", flat=True)) == {"received", "matched"}


def test_a_member_of_another_a_kasse_has_a_seat_that_costs_the_frame_nothing(world):
    (guest,) = Referral.objects.filter(activity__host__slug="3f", course__a_kasse__slug="foa")
    assert (guest.state, guest.frame) == ("accepted", None)


def test_nobody_could_be_real(world):
    for citizen in Citizen.objects.all():
        assert 61 <= int(citizen.cpr[:2]) <= 91
        assert born(citizen.cpr) == citizen.born_on


def test_made_up_numbers_differ_and_fail_the_old_check():
    numbers = [fictitious_cpr(date(1985, 1, 7), "K", n) for n in range(50)]
    assert len(set(numbers)) == 50
    weights = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
    sums = [sum(w * int(d) for w, d in zip(weights, one, strict=True)) for one in numbers]
    assert all(one % 11 for one in sums)
    assert {int(one[-1]) % 2 for one in numbers} == {0}


def test_each_sign_in_of_the_table_is_there_and_nobody_else_can_sign_in(world):
    can = {user.username for user in User.objects.all() if user.has_usable_password()}
    assert can == set(DEMO_SIGN_INS)
    assert all(user.check_password("demo") for user in User.objects.filter(username__in=can))


def test_the_caseworker_sees_the_own_municipality_from_the_jobcentres_day_on(world):
    expected = of(jobcentre__slug="jc-101", jobcentre_from__lte=TODAY)
    assert sees("sagsbehandler") == expected
    assert len(expected) > 20
    user = User.objects.get(username="sagsbehandler")
    ahead = set(Course.objects.forecast_to(user, on=TODAY))
    assert ahead
    assert not ahead & expected
    later = [course.jobcentre_from for course in ahead if course.jobcentre_from]
    assert all(day > TODAY for day in later)


def test_aarhus_sees_none_of_copenhagens(world):
    assert sees("aarhus") == of(jobcentre__slug="jc-751", jobcentre_from__lte=TODAY)
    assert sees("aarhus")
    assert not sees("aarhus") & sees("sagsbehandler")


def test_a_kasser_see_their_members_and_none_of_the_others(world):
    assert sees("jobkonsulent") == sees("akasse-leder") == of(a_kasse__slug__in=["3f", "tib"])
    assert sees("foa") == of(a_kasse__slug="foa")
    assert not sees("foa") & sees("jobkonsulent")


@pytest.mark.parametrize(
    "username",
    ["planlaegger", "aftaler", "styregruppe", "controller", "jobklub", "admin"],
)
def test_everyone_else_sees_no_citizen(world, username):
    user = User.objects.get(username=username)
    assert sees(username) == set()
    for model in (Duty, Flag, Meeting, Notification):
        assert not model.objects.visible_to(user, on=TODAY).exists(), model


def test_the_booking_coordinator_sees_the_rooms_of_the_own_organisation(world):
    user = User.objects.get(username="planlaegger")
    seen = Meeting.objects.in_rooms_of(user)
    assert seen.count() == Meeting.objects.filter(organisation__slug="jc-101").count() > 10


def test_only_the_two_administrators_enter_the_admin_site(world):
    assert set(User.objects.filter(is_staff=True).values_list("username", flat=True)) == {
        "aftaler",
        "admin",
    }
    assert not User.objects.filter(is_superuser=True).exists()


def test_the_journal_tells_what_would_have_been_written(world):
    opened = Entry.objects.filter(what="course-opened")
    assert opened.count() == Course.objects.count()
    assert Entry.objects.filter(what="meeting-held", by__username="sagsbehandler").exists()


def test_a_day_is_booked_from_an_empty_calendar(world):
    with time_machine.travel(NOON, tick=False):
        day = book_a_day(TODAY + timedelta(9), slug="jc-101", a_kasse="3f", at=NOON)
        supply = read_supply(now_span(NOON), jobcentres=[day.slots[0].jobcentre_id])

    rows = list(day.batch.rows.select_related("meeting", "duty"))
    booked = [row.meeting for row in rows if row.outcome == "done"]
    without = [row for row in rows if row.outcome != "done"]
    held_by = Counter(
        (who, seat.starts_at)
        for seat in Participant.objects.filter(meeting__in=booked, is_busy=True)
        for who in [(seat.role, seat.worker_id or seat.room_id or seat.citizen_id)]
        if who[1]
    )
    assert len(booked) > 5
    assert SlotBooking.objects.filter(meeting__in=booked, slot__in=day.slots).count() == len(booked)
    assert max(held_by.values()) == 1
    kept = NoTimes.objects.in_bulk([row.said["evidence"] for row in without])
    assert {one.duty_id for one in kept.values()} == {row.duty_id for row in without}
    assert all(one.reasons for one in kept.values())
    seats = [one for one in supply.seats if one.day == TODAY + timedelta(9)]
    ours = [one for one in seats if one.pool in {slot.pool_id for slot in day.slots}]
    assert sum(one.seats for one in ours) == len(day.slots)
    assert sum(one.free for one in ours) == len(day.slots) - len(booked)


def test_a_first_week_runs_short_since_one_a_kasse_was_given_no_times(world):
    planner = User.objects.get(username="planlaegger")
    with time_machine.travel(NOON, tick=False):
        page = capacity_page(planner, key="", area="", at=NOON)

    assert [row.is_short for row in page.rows if row.is_first] == [True]
    assert any(row.short and not row.offered for row in page.scope_rows)
