"""The pages of activities: filters in the address, what each party may do, candidates and lists."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import User
from activities.actions.activities import approve, make, propose, start
from activities.actions.beside import add_order, begin_flow, set_flow
from activities.actions.referrals import accept, refer
from activities.actions.referrals import start as start_referral
from activities.models import Activity, Attendance, CvReview, Referral
from activities.plans import ActivityPlan, TemplateStep
from journal.models import Look
from partnerships.models import Role
from shared.refusals import Refused
from tests.activities.conftest import NOW, TODAY, Clubs
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
Kind = Activity.Kind


@pytest.fixture
def planner(clubs: Clubs) -> User:
    """Who plans and decides for the jobcentre."""
    return UserFactory(role=Role.BOOKING_COORDINATOR, organisation=clubs.jobcentre)


def held(clubs: Clubs, planner: User, kind: str, **changed) -> Activity:
    """A running activity that the jobcentre holds."""
    said = {"starts_on": TODAY, "ends_on": TODAY + timedelta(30), "title": "Together"} | changed
    plan = ActivityPlan(kind=kind, host=clubs.jobcentre, agreements=[clubs.agreement], **said)
    made = propose(make(plan, by=planner, at=NOW), by=planner, at=NOW)
    approved = approve(made, by=clubs.people["leader"], at=NOW)
    return start(approved, by=planner, at=NOW)


def seated(clubs: Clubs, activity: Activity, course=None) -> Referral:
    """Somebody referred by a consultant, accepted and started."""
    row = refer(course or clubs.course(), activity, reason="A hand.", by=clubs.consultant, at=NOW)
    return start_referral(
        accept(row, by=clubs.caseworker, at=NOW), on=TODAY, by=clubs.caseworker, at=NOW
    )


def list_of(clubs: Clubs, user: User, **words: str) -> str:
    return clubs.browser(user).get(reverse("activities:list"), words).content.decode()


# --- The list -----------------------------------------------------------------------------------
def test_the_list_is_narrowed_by_its_address(clubs, planner) -> None:
    clubs.club(title="Club of drivers")
    clubs.club(title="Old club", state=Activity.State.DONE)
    held(clubs, planner, Kind.WORKSHOP, title="Workshop of both")

    usual = list_of(clubs, clubs.consultant)
    assert "Club of drivers" in usual
    assert "Workshop of both" in usual
    assert "Old club" not in usual
    workshops = list_of(clubs, clubs.consultant, art="workshop")
    assert "Workshop of both" in workshops
    assert "Club of drivers" not in workshops
    assert "Old club" in list_of(clubs, clubs.consultant, tilstand="done")
    assert "Old club" in list_of(clubs, clubs.consultant, tilstand="alle")
    own = list_of(clubs, clubs.consultant, mine="1")
    assert "Club of drivers" in own
    assert "Workshop of both" not in own
    assert "Workshop of both" in list_of(clubs, clubs.consultant, aftale=clubs.agreement.slug)
    assert "Workshop of both" not in list_of(clubs, clubs.consultant, aftale="another")
    assert "Club of drivers" not in list_of(clubs, clubs.people["elsewhere"])


def test_the_list_asks_as_much_for_one_row_as_for_fifty(
    clubs, django_assert_max_num_queries
) -> None:
    browser = clubs.browser(clubs.consultant)
    clubs.club()
    browser.get(reverse("activities:list"))  # the first page of a session asks for more
    with django_assert_max_num_queries(12) as one:
        browser.get(reverse("activities:list"))
    for number in range(49):
        clubs.club(title=f"Club {number}")
    with django_assert_max_num_queries(12) as fifty:
        browser.get(reverse("activities:list"))
    assert len(fifty) == len(one)


# --- One activity -------------------------------------------------------------------------------
def test_the_page_of_a_club_shows_seats_and_frame_together(clubs, planner) -> None:
    club = clubs.club(seats=12)
    clubs.accepted(club)

    page = clubs.browser(planner).get(club.get_absolute_url()).content.decode()

    assert "1 of 12" in page
    assert "500.000,00 kr." in page or "500,000.00 kr." in page
    assert "485.000,00 kr." in page or "485,000.00 kr." in page


def test_a_provider_sees_the_seats_but_no_money_and_no_other_club(clubs) -> None:
    club, other = clubs.club(seats=12), clubs.club(provider=None, title="Another")
    browser = clubs.browser(clubs.people["provider"])

    page = browser.get(club.get_absolute_url()).content.decode()

    assert "0 of 12" in page
    assert "Granted" not in page
    assert browser.get(other.get_absolute_url()).status_code == 404


def test_a_phase_2_activity_says_what_it_waits_for(clubs, planner) -> None:
    effort = clubs.club(kind=Kind.EARLY_EFFORT, phase=2)

    page = clubs.browser(clubs.people["leader"]).get(effort.get_absolute_url()).content.decode()

    for words in ("The law is not in force", "The budget is not in place", "No addendum is signed"):
        assert words in page


def test_a_club_is_written_proposed_and_approved_by_the_pages(clubs, planner) -> None:
    leader = clubs.browser(clubs.people["leader"])
    said = {
        "kind": "job_club", "title": "Drivers", "host": clubs.foa.pk, "phase": 1,
        "agreements": [clubs.agreement.pk], "starts_on": "08.03.2010", "ends_on": "30.04.2010",
        "seats": 12, "price": "15000,50", "refers": "both",
    }  # fmt: skip
    leader.post(reverse("activities:new"), said)
    club = Activity.objects.get()
    assert str(club.price) == "15000.50"
    leader.post(reverse("activities:propose", args=[club.pk]))

    answer = reverse("activities:decide", args=[club.pk])
    page = clubs.browser(planner)
    assert (
        "Write why the activity is rejected" in page.post(answer, {"answer": "no"}).content.decode()
    )
    page.post(answer, {"answer": "yes", "remark": "Good."})

    club.refresh_from_db()
    assert (club.state, club.decided_by) == ("approved", planner)


# --- Kinds --------------------------------------------------------------------------------------
def test_orders_count_those_invited_met_and_hired(clubs, planner) -> None:
    event = held(clubs, planner, Kind.RECRUITMENT)
    order = add_order(event, employer="Dock", occupation="Driver", wanted=3, by=planner, at=NOW)
    waiting = refer(clubs.course(), event, reason="Drives.", by=clubs.consultant, at=NOW)
    came, hired = seated(clubs, event), seated(clubs, event)
    Referral.objects.filter(pk=hired.pk).update(state="done", result="job")
    page = clubs.browser(clubs.caseworker)
    said = {f"o{one.pk}-order": order.pk for one in (waiting, came, hired)}

    page.post(reverse("activities:invited", args=[event.pk]), said)

    panel = page.get(event.get_absolute_url()).context["panels"][0]
    counted = [(one.wanted, one.invited, one.met, one.hired) for one in panel.orders]
    assert counted == [(3, 2, 2, 1)]


def test_an_individual_hand_gives_each_citizen_the_steps_with_owner_and_day(clubs, planner) -> None:
    hand = held(clubs, planner, Kind.HAND)
    steps = [TemplateStep("Talk", "a_kasse", 7), TemplateStep("Visit", "jobcentre", 21)]
    set_flow(hand, steps, by=planner, at=NOW)
    course = clubs.course(consultant=clubs.consultant, caseworker=clubs.caseworker)
    referral = seated(clubs, hand, course)

    made = begin_flow(referral, by=clubs.caseworker, at=NOW)

    owners = [(one.what, one.owner, one.due_on) for one in made]
    assert owners == [
        ("Talk", clubs.consultant, TODAY + timedelta(7)),
        ("Visit", clubs.caseworker, TODAY + timedelta(21)),
    ]
    page = clubs.browser(clubs.consultant)
    page.post(reverse("activities:do_step", args=[made[0].pk]))
    shown = page.get(reverse("activities:flows", args=[hand.pk]))
    assert [row.done for row in shown.context["rows"]] == [1]
    with pytest.raises(Refused, match="steps already"):
        begin_flow(referral, by=clubs.caseworker, at=NOW)


def test_candidates_for_an_education_are_those_not_known_to_be_skilled(clubs, planner) -> None:
    education = held(clubs, planner, Kind.EDUCATION)
    unskilled = clubs.course(skilled=False, occupation="driver")
    clubs.course(skilled=True)
    clubs.course(a_kasse=clubs.other, skilled=False)  # of no agreement with it
    page, url = (
        clubs.browser(clubs.consultant),
        reverse("activities:candidates", args=[education.pk]),
    )
    shown = page.get(url)
    assert [one.row for one in shown.context["forms"].forms] == [unskilled]
    assert Look.objects.filter(kind="list", by=clubs.consultant).exists()

    page.post(url, {f"c{unskilled.pk}-verdict": "fits", f"c{unskilled.pk}-remark": "Wants it."})

    review = CvReview.objects.get()
    kept = (review.course, review.verdict, review.reviewed_by)
    assert kept == (unskilled, "fits", clubs.consultant)
    assert page.get(url, {"kun": "egnede"}).context["shown"].total == 1


def test_staff_are_counted_by_organisation_and_no_citizen_is_referred(clubs, planner) -> None:
    conference = held(clubs, planner, Kind.CONFERENCE)
    page = clubs.browser(planner)

    page.post(
        reverse("activities:turnout", args=[conference.pk]),
        {f"house{clubs.foa.pk}": 12, f"house{clubs.jobcentre.pk}": 9},
    )

    people = dict(conference.turnouts.values_list("organisation", "people"))
    assert people == {clubs.foa.pk: 12, clubs.jobcentre.pk: 9}
    with pytest.raises(Refused, match="Only staff"):
        refer(clubs.course(), conference, reason="A hand.", by=clubs.consultant, at=NOW)


def test_attendance_is_recorded_once_a_session_has_begun_and_printed_before(clubs) -> None:
    club = clubs.club(state=Activity.State.RUNNING, starts_on=TODAY - timedelta(7))
    referral = clubs.accepted(club)
    before, after = clubs.session(club, days=1), clubs.session(club, days=-1)
    page = clubs.browser(clubs.consultant)
    soon = page.get(reverse("activities:attendance", args=[before.pk])).content.decode()
    assert str(referral.course.citizen.name) in soon
    assert 'type="radio"' not in soon

    url = reverse("activities:attendance", args=[after.pk])
    page.post(url, {f"r{referral.pk}-came": "late"})

    assert Attendance.objects.get().came == "late"


def test_pages_of_an_activity_keep_to_their_queries_however_many_sessions(
    clubs, planner, django_assert_max_num_queries
) -> None:
    club = clubs.club(state=Activity.State.RUNNING)
    browser = clubs.browser(planner)
    clubs.session(club, days=1)
    browser.get(club.get_absolute_url())
    with django_assert_max_num_queries(12) as one:
        browser.get(club.get_absolute_url())
    for days in range(2, 50):
        clubs.session(club, days=days)
    with django_assert_max_num_queries(12) as fifty:
        browser.get(club.get_absolute_url())
    assert len(fifty) == len(one)
