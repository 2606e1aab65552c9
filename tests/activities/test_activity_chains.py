"""From one end to the other: an order to those hired, a seat to a group meeting, a step to done."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from activities import actions
from activities.actions import activities as acts
from activities.actions.beside import add_order, begin_flow, set_flow
from activities.actions.enrolling import enrol_referred
from activities.actions.sessions import add_meeting
from activities.actions.volumes import ask_volume
from activities.models import Activity, Referral
from activities.plans import SessionPlan, TemplateStep
from meetings.models import Enrolment
from notices.models import Notice
from partnerships.models import Role
from shared.refusals import Refused
from tests.activities.conftest import NOW, TODAY
from tests.activities.test_activity_pages import held, seated
from tests.factories import UserFactory, moment

pytestmark = pytest.mark.django_db
Kind = Activity.Kind


@pytest.fixture
def planner(clubs):
    """Who plans and decides for the jobcentre."""
    return UserFactory(role=Role.BOOKING_COORDINATOR, organisation=clubs.jobcentre)


def ordered(event, planner, employer="Dock", wanted=3):
    return add_order(
        event, employer=employer, occupation="Driver", wanted=wanted, by=planner, at=NOW
    )


def shown(clubs, user, activity):
    return clubs.browser(user).get(activity.get_absolute_url())


# --- From an employer's order to those hired ----------------------------------------------------
def test_a_citizen_is_referred_for_an_order_and_hired_and_the_page_counts_each_step(clubs, planner):
    event = held(clubs, planner, Kind.RECRUITMENT)
    order = ordered(event, planner)
    course = clubs.course()
    page = clubs.browser(clubs.consultant)
    said = {"case_number": course.case_number, "order": order.pk, "reason": "Drives."}

    page.post(reverse("activities:refer_to", args=[event.pk]), said)
    referral = Referral.objects.get()
    assert referral.order == order
    assert counted(clubs, event) == (3, 0, 0, 0, 3)

    actions.accept(referral, by=clubs.caseworker, at=NOW)
    assert counted(clubs, event) == (3, 1, 0, 0, 3)
    actions.start(referral, on=TODAY, by=clubs.caseworker, at=NOW)
    assert counted(clubs, event) == (3, 1, 1, 0, 3)
    ended_on = TODAY + timedelta(1)
    actions.finish(referral, ended_on=ended_on, result="job", by=clubs.caseworker, at=NOW)
    assert counted(clubs, event) == (3, 1, 1, 1, 2)


def counted(clubs, event):
    row = shown(clubs, clubs.caseworker, event).context["panels"][0].orders[0]
    return row.wanted, row.invited, row.met, row.hired, row.missing


def test_who_came_to_a_session_of_the_event_is_met(clubs, planner):
    event = held(clubs, planner, Kind.RECRUITMENT)
    order = ordered(event, planner)
    row = actions.refer(
        clubs.course(), event, reason="Drives.", order=order, by=clubs.consultant, at=NOW
    )
    actions.accept(row, by=clubs.caseworker, at=NOW)
    session = clubs.session(event, days=-1)

    actions.record_attendance(session, {row.pk: "late"}, by=clubs.caseworker, at=NOW)

    assert counted(clubs, event)[2] == 1


def test_an_event_with_orders_asks_for_one_of_them_and_for_its_own(clubs, planner):
    event, other = (held(clubs, planner, Kind.RECRUITMENT, title=title) for title in "AB")
    ordered(event, planner)
    strange = ordered(other, planner, employer="Mill")
    course = clubs.course()
    page = clubs.browser(clubs.consultant)
    address = reverse("activities:refer", args=[course.case_number])
    said = {"activity": event.pk, "reason": "Drives."}

    nothing = page.post(address, said).content.decode()
    another = page.post(address, said | {"order": strange.pk}).content.decode()

    assert "Choose which employer&#x27;s order it is for." in nothing
    assert "This order belongs to another activity." in another
    with pytest.raises(Refused, match="another activity"):
        actions.refer(course, event, reason="x", order=strange, by=clubs.consultant, at=NOW)
    row = actions.refer(course, event, reason="x", by=clubs.consultant, at=NOW)
    with pytest.raises(IntegrityError, match="order is of another event"), transaction.atomic():
        Referral.objects.filter(pk=row.pk).update(order=strange)


# --- From a seat to the group meeting -----------------------------------------------------------
@pytest.fixture
def workshop(clubs, planner):
    """A workshop with a group meeting in a week, and two who have a seat in it."""
    made = held(clubs, planner, Kind.WORKSHOP)
    starts_at = moment(TODAY + timedelta(7), 9)
    plan = SessionPlan(starts_at, starts_at + timedelta(hours=2), "Hall")
    add_meeting(made, plan, by=planner, at=NOW)
    for _one in range(2):
        seated(clubs, made)
    return made


def test_those_with_a_seat_are_enrolled_at_the_group_meeting_by_one_button(clubs, workshop):
    session = workshop.sessions.get()
    row = shown(clubs, clubs.caseworker, workshop).context["page"].sessions[0]
    assert (row.lacking, row.enrolled) == (2, "0 of 12 seats taken")

    clubs.browser(clubs.caseworker).post(row.enrol_url)

    there = Enrolment.objects.filter(group=session.group_meeting, state="seated")
    assert set(there.values_list("course", flat=True)) == set(
        workshop.referrals.values_list("course", flat=True)
    )
    row = shown(clubs, clubs.caseworker, workshop).context["page"].sessions[0]
    assert (row.lacking, row.enrolled, row.enrol_url) == (0, "2 of 12 seats taken", "")
    with pytest.raises(Refused, match="enrolled already"):
        enrol_referred(session, by=clubs.caseworker, at=NOW)


def test_who_came_is_recorded_at_the_group_meeting_and_read_at_the_referral(clubs, workshop):
    session, referral = workshop.sessions.get(), workshop.referrals.first()
    enrol_referred(session, by=clubs.caseworker, at=NOW)
    Enrolment.objects.filter(course=referral.course_id).update(attendance="came")

    page = clubs.browser(clubs.caseworker).get(referral.get_absolute_url())

    assert page.context["page"].gatherings[0].came == "came"
    with pytest.raises(Refused, match="recorded there"):
        actions.record_attendance(session, {referral.pk: "came"}, by=clubs.caseworker, at=NOW)


def test_a_provider_enrols_nobody(clubs, workshop):
    workshop.provider = clubs.provider
    workshop.save(update_fields=["provider"])
    address = reverse("activities:enrol", args=[workshop.sessions.get().pk])

    assert clubs.browser(clubs.people["provider"]).post(address).status_code == 404


def test_nobody_is_referred_to_a_stationing_day_or_twice_to_the_same(clubs, planner):
    desk = held(clubs, planner, Kind.STATIONING)
    together = held(clubs, planner, Kind.HAND, title="By the hand")
    course = clubs.course()
    page = clubs.browser(clubs.consultant)
    address = reverse("activities:refer", args=[course.case_number])
    assert list(page.get(address).context["offered"]) == [together]

    actions.refer(course, together, reason="A hand.", by=clubs.consultant, at=NOW)

    assert list(page.get(address).context["offered"]) == []
    with pytest.raises(Refused, match="booked among its times"):
        actions.refer(course, desk, reason="Talk.", by=clubs.consultant, at=NOW)


# --- Steps of an individual hand ----------------------------------------------------------------
def test_an_owner_reads_the_steps_that_wait_and_ticks_them_there(clubs, planner):
    hand = held(clubs, planner, Kind.HAND)
    steps = [TemplateStep("Visit", "a_kasse", 21), TemplateStep("Talk", "a_kasse", 7)]
    set_flow(hand, steps, by=planner, at=NOW)
    course = clubs.course(consultant=clubs.consultant, caseworker=clubs.caseworker)
    begin_flow(seated(clubs, hand, course), by=clubs.caseworker, at=NOW)
    page, address = clubs.browser(clubs.consultant), reverse("activities:own_steps")
    mine = page.get(address).context["steps"]
    assert [one.step.what for one in mine] == ["Talk", "Visit"]

    done = page.post(mine[0].tick_url, {"back": "own"})

    assert done.url == address
    assert [one.step.what for one in page.get(address).context["steps"]] == ["Visit"]
    others = clubs.browser(clubs.caseworker).get(address).context["steps"]
    assert others == []


# --- What was done, and what it came to ---------------------------------------------------------
def test_the_page_tells_the_parties_what_was_done_and_the_provider_nothing_of_it(clubs, planner):
    club = clubs.club()
    ask_volume(club, seats=50, reason="Ten more wait.", by=clubs.people["leader"], at=NOW)

    history = shown(clubs, planner, club).context["page"].history
    assert [(one.what, dict(one.told)["reason"]) for one in history] == [
        ("another number of seats asked for", "Ten more wait.")
    ]
    assert not shown(clubs, clubs.people["provider"], club).context["page"].history


def test_the_results_are_counted_for_the_evaluation_without_a_name(clubs):
    club = clubs.club(state="running")
    row = clubs.accepted(club)
    actions.start(row, on=TODAY, by=clubs.consultant, at=NOW)
    session = clubs.session(club, days=-1)
    actions.record_attendance(session, {row.pk: "came"}, by=clubs.people["provider"], at=NOW)
    ended_on = TODAY + timedelta(1)
    actions.finish(row, ended_on=ended_on, result="job", by=clubs.consultant, at=NOW)

    results = shown(clubs, clubs.consultant, club).context["page"].results

    assert results == [
        ("Attendance", "1 of 1 times (100 %)"), ("Are through", "1"), ("Got a job", "1"),
    ]  # fmt: skip


def test_a_question_of_seats_lapses_with_the_activity_and_its_alert_goes_away(clubs, planner):
    club = clubs.club(state="running")
    change = ask_volume(club, seats=50, reason="More wait.", by=clubs.people["leader"], at=NOW)
    waiting = Notice.objects.unread().filter(user=planner, kind="volume-asked")
    assert waiting.exists()

    acts.finish(club, evaluation="It helped.", by=clubs.people["leader"], at=NOW)

    change.refresh_from_db()
    assert change.accepted is False
    assert not waiting.exists()


# --- A provider by direct address ---------------------------------------------------------------
@pytest.mark.parametrize(
    "page", ["activity", "attendance", "invited", "flows", "candidates", "invoices_of", "refer_to"]
)
def test_another_provider_opens_nothing_of_a_club_by_its_address(clubs, page):
    club = clubs.club(state="running")
    key = clubs.session(club, days=-1).pk if page == "attendance" else club.pk
    clubs.accepted(club)

    answer = clubs.browser(clubs.people["other_provider"]).get(
        reverse(f"activities:{page}", args=[key])
    )

    assert answer.status_code == 404


def test_a_provider_reads_no_referral_of_its_own_participants_and_none_who_only_wait(clubs):
    club = clubs.club(state="running")
    sits, waits = clubs.accepted(club), clubs.referred(club)
    page = clubs.browser(clubs.people["provider"])

    assert page.get(sits.get_absolute_url()).status_code == 404
    shown_there = page.get(club.get_absolute_url()).content.decode()
    assert sits.course.citizen.name in shown_there
    assert waits.course.citizen.name not in shown_there
    assert sits.course.case_number not in shown_there
