"""Activities: proposed by one party and approved by the other, in the phase that is open."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from activities.actions import activities as acts
from activities.actions.sessions import add_meeting, add_session, remove_session
from activities.actions.volumes import answer_volume, ask_volume
from activities.models import Activity, Attendance, Referral, VolumeChange
from activities.plans import ActivityPlan, SessionPlan
from meetings.models import GroupMeeting
from notices.models import Notice
from partnerships.models import Agreement, AgreementTerms, PhaseTwo, Role
from shared.refusals import Refused
from tests.activities.conftest import NOW, TODAY, Clubs
from tests.factories import AgreementFactory, AKasseFactory, UserFactory, moment

pytestmark = pytest.mark.django_db
State = Activity.State
HOUR = timedelta(hours=1)


@pytest.fixture
def planner(clubs: Clubs) -> User:
    """Who decides for the jobcentre."""
    return UserFactory(role=Role.BOOKING_COORDINATOR, organisation=clubs.jobcentre)


@pytest.fixture
def leader(clubs: Clubs) -> User:
    """Who decides for the a-kasse."""
    return clubs.people["leader"]


def plan(clubs: Clubs, **changed) -> ActivityPlan:
    said = {
        "kind": Activity.Kind.JOB_CLUB,
        "title": "Job club",
        "host": clubs.foa,
        "agreements": [clubs.agreement],
        "starts_on": TODAY + timedelta(7),
        "ends_on": TODAY + timedelta(70),
        "seats": 12,
    }
    return ActivityPlan(**said | changed)


def proposed(clubs: Clubs, by: User, **changed) -> Activity:
    return acts.propose(acts.make(plan(clubs, **changed), by=by, at=NOW), by=by, at=NOW)


def approved(clubs: Clubs, leader: User, planner: User, **changed) -> Activity:
    return acts.approve(proposed(clubs, leader, **changed), by=planner, at=NOW)


def kinds_of(user: User) -> list[str]:
    return list(Notice.objects.unread().filter(user=user).values_list("kind", flat=True))


# --- Proposal and answer ------------------------------------------------------------------------
def test_an_a_kasse_proposes_a_club_and_the_jobcentre_approves_it(clubs, planner, leader) -> None:
    club = proposed(clubs, clubs.consultant)
    assert kinds_of(planner) == ["activity-proposed"]

    club = acts.approve(club, remark="Good.", by=planner, at=NOW)

    assert (club.state, club.decided_by, club.decision_remark) == ("approved", planner, "Good.")
    assert kinds_of(planner) == []
    assert kinds_of(clubs.consultant) == ["activity-answered"]


def test_a_club_is_rejected_with_a_reason_and_can_be_proposed_anew(clubs, planner, leader) -> None:
    club = proposed(clubs, leader)
    with pytest.raises(Refused, match="Write why"):
        acts.reject(club, reason=" ", by=planner, at=NOW)

    acts.reject(club, reason="Too dear.", by=planner, at=NOW)
    club = acts.change(club, plan(clubs, seats=8), by=leader, at=NOW)

    assert acts.propose(club, by=leader, at=NOW).state == State.PROPOSED
    assert club.seats == 8


def test_nobody_approves_what_the_own_party_proposes(clubs, planner, leader) -> None:
    club = proposed(clubs, clubs.consultant)

    for who in (clubs.consultant, leader, clubs.caseworker, clubs.people["stranger"]):
        with pytest.raises(Refused, match="other party decides"):
            acts.approve(club, by=who, at=NOW)

    club.refresh_from_db()
    assert club.state == State.PROPOSED


def test_what_is_approved_is_not_changed_behind_the_other_partys_back(
    clubs, planner, leader
) -> None:
    club = approved(clubs, leader, planner)

    with pytest.raises(Refused, match="draft or a rejected"):
        acts.change(club, plan(clubs, seats=40), by=leader, at=NOW)


def test_nobody_plans_for_another_party_or_under_a_strange_agreement(clubs, leader) -> None:
    strange = AgreementFactory(parties=[clubs.other])

    with pytest.raises(Refused, match="party that you work for"):
        acts.make(plan(clubs, host=clubs.other), by=leader, at=NOW)
    with pytest.raises(Refused, match="agreement that the host"):
        acts.make(plan(clubs, agreements=[strange]), by=leader, at=NOW)


def test_an_activity_may_belong_to_several_agreements(clubs, planner, leader) -> None:
    second = AgreementFactory(parties=[clubs.jobcentre, clubs.foa])
    third = AgreementFactory(parties=[clubs.jobcentre, clubs.other])

    workshop = acts.make(
        plan(
            clubs,
            kind=Activity.Kind.WORKSHOP,
            host=clubs.jobcentre,
            agreements=[clubs.agreement, second, third],
        ),
        by=planner,
        at=NOW,
    )

    assert workshop.agreements.count() == 3
    seen = Activity.objects.visible_to
    assert workshop in seen(clubs.consultant)
    assert workshop in seen(clubs.people["stranger"])  # of the third agreement's a-kasse
    assert workshop not in seen(clubs.people["elsewhere"])


# --- The number of clubs ------------------------------------------------------------------------
def test_no_more_clubs_are_approved_in_a_year_than_agreed_beside_the_kroner(
    clubs, planner, leader
) -> None:
    AgreementTerms.objects.create(
        agreement=clubs.agreement, starts_on=date(2009, 8, 1), max_job_clubs=2
    )
    approved(clubs, leader, planner)
    approved(clubs, leader, planner)
    third = proposed(clubs, leader)

    with pytest.raises(Refused, match="allows 2 job clubs of FOA in 2010"):
        acts.approve(third, by=planner, at=NOW)

    workshop = approved(clubs, leader, planner, kind=Activity.Kind.WORKSHOP)
    next_year = {"starts_on": date(2011, 1, 3), "ends_on": date(2011, 2, 1)}
    assert workshop.state == State.APPROVED
    assert approved(clubs, leader, planner, **next_year).state == State.APPROVED


def test_a_cancelled_club_does_not_count(clubs, planner, leader) -> None:
    AgreementTerms.objects.create(
        agreement=clubs.agreement, starts_on=date(2009, 8, 1), max_job_clubs=1
    )
    first = approved(clubs, leader, planner)
    acts.cancel(first, reason="Nobody wanted it.", by=leader, at=NOW)

    assert approved(clubs, leader, planner).state == State.APPROVED


# --- Phases (case 26) ---------------------------------------------------------------------------
def test_phase_1_starts_once_the_agreement_is_in_force(clubs, planner, leader) -> None:
    club = approved(clubs, leader, planner)
    Agreement.objects.filter(pk=clubs.agreement.pk).update(state=Agreement.State.SIGNED)
    with pytest.raises(Refused, match="in force"):
        acts.start(club, by=leader, at=NOW)

    Agreement.objects.filter(pk=clubs.agreement.pk).update(state=Agreement.State.ACTIVE)

    assert acts.start(club, by=leader, at=NOW).state == State.RUNNING


def test_phase_2_waits_for_law_budget_and_signed_addendum_and_says_which_lacks(
    clubs, planner, leader
) -> None:
    effort = approved(clubs, leader, planner, kind=Activity.Kind.EARLY_EFFORT, phase=2)
    addendum = AgreementFactory(
        kind=Agreement.Kind.ADDENDUM,
        parent=clubs.agreement,
        state=Agreement.State.APPROVED,
        parties=[clubs.jobcentre, clubs.foa],
    )

    def refusal() -> str:
        with pytest.raises(Refused) as caught:
            acts.start(effort, by=leader, at=NOW)
        return str(caught.value)

    lacks = "the law is not in force", "the budget is not in place", "no addendum is signed"
    assert refusal() == f"Phase 2 is not open: {', '.join(lacks)}."
    phase = PhaseTwo.objects.create(agreement=clubs.agreement, law_in_force_on=TODAY)
    assert refusal() == f"Phase 2 is not open: {', '.join(lacks[1:])}."
    phase.budget_in_place_on, phase.addendum = TODAY, addendum
    phase.save()
    assert refusal() == f"Phase 2 is not open: {lacks[2]}."
    addendum.state = Agreement.State.SIGNED
    addendum.save()
    addendum.parties.filter(organisation=clubs.foa).update(signed_on=TODAY)
    assert refusal() == f"Phase 2 is not open: {lacks[2]}."  # the jobcentre has not signed

    addendum.parties.update(signed_on=TODAY)

    assert acts.start(effort, by=leader, at=NOW).state == State.RUNNING


def test_the_database_too_blocks_phase_2_without_a_signed_addendum(clubs, planner, leader) -> None:
    effort = approved(clubs, leader, planner, kind=Activity.Kind.EARLY_EFFORT, phase=2)

    with (
        pytest.raises(IntegrityError, match="phase 2 is not open"),
        transaction.atomic(),
    ):
        Activity.objects.filter(pk=effort.pk).update(state=State.RUNNING)


def test_early_effort_is_of_phase_2_alone(clubs, leader) -> None:
    with pytest.raises(Refused, match="phase 2"):
        acts.make(plan(clubs, kind=Activity.Kind.EARLY_EFFORT), by=leader, at=NOW)


# --- Volume by consent --------------------------------------------------------------------------
def test_seats_change_only_when_the_other_party_consents(clubs, planner, leader) -> None:
    club = approved(clubs, leader, planner)
    change = ask_volume(club, seats=20, reason="Many want it.", by=leader, at=NOW)
    club.refresh_from_db()
    assert club.seats == 12
    assert "volume-asked" in kinds_of(planner)
    for who in (
        leader,
        clubs.consultant,
        UserFactory(role=Role.COORDINATOR, organisation=clubs.foa),
    ):
        with pytest.raises(Refused, match="other party"):
            answer_volume(change, accept=True, by=who, at=NOW)

    change = answer_volume(change, accept=True, by=planner, at=NOW)

    club.refresh_from_db()
    assert club.seats == 20
    kept = (change.party, change.seats_before, change.asked_by, change.answered_by)
    assert kept == (clubs.foa, 12, leader, planner)
    assert "volume-asked" not in kinds_of(planner)
    assert "volume-answered" in kinds_of(leader)


def test_a_declined_change_leaves_the_seats_and_stays_on_record(clubs, planner, leader) -> None:
    club = approved(clubs, leader, planner)
    change = ask_volume(club, seats=4, reason="Too many.", by=planner, at=NOW)

    answer_volume(change, accept=False, by=leader, at=NOW)

    club.refresh_from_db()
    assert club.seats == 12
    assert VolumeChange.objects.get().accepted is False
    with pytest.raises(Refused, match="answered already"):
        answer_volume(change, accept=True, by=leader, at=NOW)


def test_one_change_of_volume_waits_at_a_time(clubs, planner, leader) -> None:
    club = approved(clubs, leader, planner)
    ask_volume(club, seats=20, reason="More.", by=leader, at=NOW)

    with pytest.raises(Refused, match="already waits"):
        ask_volume(club, seats=4, reason="Fewer.", by=planner, at=NOW)


def test_seats_that_are_taken_are_not_given_up(clubs, planner, leader) -> None:
    club = approved(clubs, leader, planner)
    clubs.accepted(club)
    clubs.accepted(club)

    with pytest.raises(Refused, match="2 seats are taken"):
        ask_volume(club, seats=1, reason="Fewer.", by=leader, at=NOW)


# --- Sessions, end and copies -------------------------------------------------------------------
def session_plan(days: int = 8) -> SessionPlan:
    starts_at = moment(TODAY + timedelta(days), 9)
    return SessionPlan(starts_at, starts_at + HOUR, "Hall")


def test_a_session_lies_within_the_days_of_its_activity(clubs, planner, leader) -> None:
    club = approved(clubs, leader, planner)

    assert add_session(club, session_plan(69), by=leader, at=NOW).place == "Hall"
    with pytest.raises(Refused, match="outside"):
        add_session(club, session_plan(70), by=leader, at=NOW)


def test_a_session_of_a_workshop_is_a_group_meeting_of_both(clubs, planner) -> None:
    workshop = acts.make(
        plan(clubs, kind=Activity.Kind.WORKSHOP, host=clubs.jobcentre, mandatory=True),
        by=planner,
        at=NOW,
    )

    session = add_meeting(workshop, session_plan(), by=planner, at=NOW)

    group = session.group_meeting
    assert group is not None
    assert (group.organisation, group.invited) == (clubs.jobcentre, clubs.foa)
    assert (group.seats, group.is_mandatory, group.kind) == (12, True, "workshop")


def test_a_session_with_attendance_stays(clubs, planner, leader) -> None:
    club = approved(clubs, leader, planner)
    referral = clubs.accepted(club)
    session = add_session(club, session_plan(), by=leader, at=NOW)
    Attendance.objects.create(
        session=session, referral=referral, came="came", recorded_at=NOW, recorded_by=leader
    )

    with pytest.raises(Refused, match="Attendance is recorded"):
        remove_session(session, by=leader, at=NOW)


def test_an_activity_ends_with_an_evaluation_and_no_referral_open(clubs, planner, leader) -> None:
    club = acts.start(approved(clubs, leader, planner), by=leader, at=NOW)
    referral = clubs.referred(club)
    with pytest.raises(Refused, match="1 referrals are open"):
        acts.finish(club, evaluation="Well.", by=leader, at=NOW)
    Referral.objects.filter(pk=referral.pk).update(state="revoked")
    with pytest.raises(Refused, match="what you learnt"):
        acts.finish(club, evaluation="", by=leader, at=NOW)

    assert acts.finish(club, evaluation="Well.", by=leader, at=NOW).state == State.DONE


def test_cancelling_settles_what_is_open_and_gives_the_frame_its_money_back(
    clubs, planner, leader
) -> None:
    club = clubs.club()
    accepted = clubs.accepted(club)
    waiting = clubs.referred(club)
    before = clubs.remaining()

    acts.cancel(club, reason="The provider closed.", by=leader, at=NOW)

    for one in (accepted, waiting):
        one.refresh_from_db()
        assert one.state == Referral.State.REVOKED
    assert clubs.remaining() == before + club.price
    assert "activity-cancelled" in kinds_of(planner)


def test_cancelling_a_workshop_cancels_its_group_meetings(clubs, planner) -> None:
    workshop = acts.make(
        plan(clubs, kind=Activity.Kind.WORKSHOP, host=clubs.jobcentre), by=planner, at=NOW
    )
    add_meeting(workshop, session_plan(), by=planner, at=NOW)

    acts.cancel(workshop, reason="Too few.", by=planner, at=NOW)

    assert GroupMeeting.objects.get().state == GroupMeeting.State.CANCELLED


def test_a_copy_is_a_draft_on_other_days_with_sessions_at_the_same_hour(
    clubs, planner, leader
) -> None:
    club = approved(clubs, leader, planner)
    add_session(club, session_plan(), by=leader, at=NOW)  # in winter time
    starts_on = club.starts_on + timedelta(91)

    copied = acts.copy(club, starts_on=starts_on, by=leader, at=NOW)

    assert (copied.state, copied.starts_on, copied.seats) == (State.DRAFT, starts_on, 12)
    assert copied.ends_on - copied.starts_on == club.ends_on - club.starts_on
    assert copied.sessions.get().starts_at == moment(TODAY + timedelta(8 + 91), 9)
    assert list(copied.agreements.all()) == [clubs.agreement]


def test_a_merged_a_kasses_people_keep_its_activities(clubs, planner, leader) -> None:
    club = proposed(clubs, leader)
    heir = AKasseFactory()
    clubs.foa.successor = heir
    clubs.foa.save()
    theirs = UserFactory(role=Role.COORDINATOR, organisation=heir)
    acts.approve(club, by=planner, at=NOW)

    assert club in Activity.objects.visible_to(theirs)
    assert acts.start(club, by=theirs, at=NOW).state == State.RUNNING
