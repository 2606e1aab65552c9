"""Referrals within the economic frame: case 25 to the letter, and who may do what."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from activities import actions
from activities.models import Activity, Referral
from frames.actions import FrameExceeded
from frames.models import Entry
from journal.models import Entry as Noted
from letters.models import Letter
from notices.models import Notice
from shared.refusals import Refused
from tests.activities.conftest import NOW, TODAY

KR = Decimal


def bind(clubs, amount):
    """A seat at a price, given."""
    return clubs.accepted(clubs.club(amount))


# --- Case 25 ------------------------------------------------------------------------------------
def test_case_25_what_fits_is_approved_and_the_next_is_told_by_how_much_it_is_too_much(clubs):
    bind(clubs, "480000.00")
    assert clubs.remaining() == KR("20000.00")

    bind(clubs, "15000.00")
    assert clubs.remaining() == KR("5000.00")

    late = clubs.referred(clubs.club("8000.00"))
    with pytest.raises(FrameExceeded) as no:
        actions.accept(late, by=clubs.caseworker, at=NOW)

    assert no.value.by_how_much == KR("3000.00")
    assert clubs.remaining() == KR("5000.00")
    late.refresh_from_db()
    assert (late.state, late.bound_by, late.answered_by) == ("proposed", None, None)


def test_case_25_revoking_before_the_start_releases_the_amount(clubs):
    referral = bind(clubs, "15000.00")

    revoked = actions.revoke(referral, reason="Ill.", by=clubs.consultant, at=NOW)

    assert revoked.released == KR("15000.00")
    assert clubs.remaining() == KR("500000.00")


def test_case_25_a_no_show_or_a_revocation_in_mid_course_releases_nothing(clubs):
    club = clubs.club("15000.00")
    referral = clubs.accepted(club)
    actions.start(referral, on=TODAY, by=clubs.caseworker, at=NOW)
    session = clubs.session(club, days=0)
    actions.record_attendance(session, {referral.pk: "absent"}, by=clubs.people["provider"], at=NOW)
    assert clubs.remaining() == KR("485000.00")

    revoked = actions.revoke(referral, reason="Stays away.", by=clubs.caseworker, at=NOW)

    assert revoked.released == 0
    assert clubs.remaining() == KR("485000.00")


def test_case_25_another_a_kasses_member_takes_a_seat_but_nothing_of_the_frame(clubs):
    club = clubs.club("15000.00", seats=2, open_to_others=True)
    guest = clubs.course(clubs.other)
    asked = actions.refer(guest, club, reason="Open seat.", by=clubs.caseworker, at=NOW)

    given = actions.accept(asked, by=clubs.consultant, at=NOW)

    assert (given.state, given.frame, given.bound_by) == ("accepted", None, None)
    assert club.referrals.seated().count() == 1
    assert clubs.remaining() == KR("500000.00")


def test_case_25_another_a_kasses_member_is_charged_where_that_is_agreed_and_it_is_on_record(clubs):
    club = clubs.club("15000.00", open_to_others=True)
    guest = clubs.course(clubs.other)
    asked = actions.refer(guest, club, reason="Open seat.", by=clubs.caseworker, at=NOW)

    given = actions.accept(asked, charge_others=True, by=clubs.consultant, at=NOW)

    assert given.frame == clubs.frame
    assert clubs.remaining() == KR("485000.00")
    assert Noted.objects.get(what="referral-accepted").details["charged"] is True


def test_case_25_the_year_2010_posts_on_5_68_99(clubs):
    bind(clubs, "15000.00")

    assert Entry.objects.get().account_function == "5.68.99"


# --- Who ----------------------------------------------------------------------------------------
def test_nobody_answers_ones_own_referral_not_even_past_the_act(clubs):
    club = clubs.club(open_to_others=True, host=clubs.jobcentre)
    own = actions.refer(clubs.course(), club, reason="Fits.", by=clubs.caseworker, at=NOW)

    with pytest.raises(Refused, match="Somebody else"):
        actions.accept(own, by=clubs.caseworker, at=NOW)
    with pytest.raises(IntegrityError, match="nobody_approves"), transaction.atomic():
        Referral.objects.update(state="accepted", answered_by=clubs.caseworker)
    assert actions.accept(own, by=clubs.people["colleague"], at=NOW).state == "accepted"


@pytest.mark.parametrize("who", ["leader", "elsewhere", "stranger", "finance", "provider"])
def test_only_the_party_that_was_asked_answers(clubs, who):
    referral = clubs.referred()

    with pytest.raises(Refused, match="does not wait for you"):
        actions.accept(referral, by=clubs.people[who], at=NOW)
    with pytest.raises(Refused, match="does not wait for you"):
        actions.reject(referral, reason="No.", by=clubs.people[who], at=NOW)


def test_a_rejection_says_why_and_reaches_whoever_referred(clubs):
    referral = clubs.referred()

    with pytest.raises(Refused, match="Write why"):
        actions.reject(referral, reason=" ", by=clubs.caseworker, at=NOW)
    actions.reject(referral, reason="Too early.", by=clubs.caseworker, at=NOW)

    referral.refresh_from_db()
    assert (referral.state, referral.answer_reason) == ("rejected", "Too early.")
    assert Notice.objects.get(user=clubs.consultant).kind == "referral-answered"


def test_the_alert_goes_away_for_all_who_had_it_once_somebody_answers(clubs):
    referral = clubs.referred()
    asked = Notice.objects.unread().filter(kind="referral-proposed")
    assert {one.user for one in asked} == {clubs.caseworker, clubs.people["colleague"]}

    actions.accept(referral, by=clubs.caseworker, at=NOW)

    assert not asked.all().exists()


def test_the_alert_goes_away_also_when_the_referral_is_taken_back(clubs):
    referral = clubs.referred()

    actions.revoke(referral, reason="Found a job.", by=clubs.consultant, at=NOW)

    assert not Notice.objects.unread().filter(kind="referral-proposed").exists()


# --- What may be referred -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"state": "proposed"}, "not approved"),
        ({"kind": "campaign"}, "Only staff"),
        ({"refers": "jobcentre"}, "other party alone"),
        ({"ends_on": TODAY, "starts_on": TODAY - timedelta(9)}, "it is over"),
    ],
)
def test_a_citizen_is_not_referred_to_what_is_not_for_them(clubs, columns, says):
    with pytest.raises(Refused, match=says):
        clubs.referred(clubs.club(**columns))


def test_a_club_that_is_not_open_takes_members_of_its_own_a_kasse_only(clubs):
    guest = clubs.course(clubs.other)

    with pytest.raises(Refused, match="not open to members"):
        actions.refer(guest, clubs.club(), reason="Seat.", by=clubs.caseworker, at=NOW)


def test_a_citizen_is_referred_once_at_a_time_and_again_after_a_rejection(clubs):
    club, course = clubs.club(), clubs.course()
    first = clubs.referred(club, course)
    with pytest.raises(Refused, match="already referred"):
        clubs.referred(club, course)

    actions.reject(first, reason="Full.", by=clubs.caseworker, at=NOW)

    assert clubs.referred(club, course).state == "proposed"


def test_strangers_refer_nobody(clubs):
    course, club = clubs.course(), clubs.club()
    for who in ("elsewhere", "stranger", "finance", "provider"):
        with pytest.raises(Refused, match="work the course"):
            actions.refer(course, club, reason="Seat.", by=clubs.people[who], at=NOW)


def test_no_seat_is_given_beyond_those_agreed(clubs):
    club = clubs.club(seats=1)
    clubs.accepted(club)
    late = clubs.referred(club)

    with pytest.raises(Refused, match="All 1 seats"):
        actions.accept(late, by=clubs.caseworker, at=NOW)
    with pytest.raises(IntegrityError, match="all seats"), transaction.atomic():
        Referral.objects.filter(pk=late.pk).update(state="accepted")


def test_a_price_without_a_frame_is_refused_and_no_price_needs_none(clubs):
    clubs.frame.__class__.objects.filter(pk=clubs.frame.pk).update(closed_at=NOW)

    with pytest.raises(Refused, match="no economic frame"):
        clubs.accepted()
    assert clubs.accepted(clubs.club(None)).frame is None


# --- The citizen ---------------------------------------------------------------------------------
def test_the_citizen_is_invited_with_the_time_and_place_when_a_seat_is_given(clubs):
    club = clubs.club()
    clubs.session(club, days=7)

    referral = clubs.accepted(club)

    letter = Letter.objects.get(course=referral.course)
    assert (letter.kind, letter.sender) == ("activity", clubs.jobcentre)
    assert {"Job club", "Hall", "Vejen"} <= {value for _name, value in letter.content["facts"]}


def test_the_a_kasse_invites_before_the_course_opens_to_the_jobcentre(clubs):
    course = clubs.course()
    course.jobcentre_from = None
    course.save(update_fields=["jobcentre_from"])

    clubs.accepted(course=course)

    letter = Letter.objects.get(course=course)
    assert (letter.sender, letter.queued_by) == (clubs.foa, clubs.consultant)


# --- On the way ---------------------------------------------------------------------------------
def test_a_seat_is_started_and_finished_with_its_result(clubs):
    referral = clubs.accepted()
    actions.start(referral, on=TODAY, by=clubs.consultant, at=NOW)
    assert [one.kind for one in Entry.objects.order_by("pk")] == ["reserved", "committed"]

    actions.finish(
        referral, ended_on=TODAY + timedelta(1), result="job", by=clubs.consultant, at=NOW
    )

    referral.refresh_from_db()
    assert (referral.state, referral.result) == ("done", "job")
    with pytest.raises(Refused, match="over already"):
        actions.revoke(referral, reason="No.", by=clubs.caseworker, at=NOW)


def test_nothing_starts_before_it_is_accepted_or_on_a_day_to_come(clubs):
    with pytest.raises(Refused, match="accepted"):
        actions.start(clubs.referred(), on=TODAY, by=clubs.consultant, at=NOW)
    with pytest.raises(Refused, match="yet to come"):
        actions.start(clubs.accepted(), on=TODAY + timedelta(1), by=clubs.consultant, at=NOW)


def test_when_an_activity_is_cancelled_its_open_referrals_are_settled(clubs):
    club = clubs.club()
    waits, seated, runs = clubs.referred(club), clubs.accepted(club), clubs.accepted(club)
    actions.start(runs, on=TODAY, by=clubs.consultant, at=NOW)

    count = actions.settle_open(club, reason="No teacher.", by=clubs.consultant, at=NOW)

    assert count == 3
    assert set(Referral.objects.values_list("state", flat=True)) == {"revoked"}
    assert clubs.remaining() == KR("485000.00")
    assert (
        Activity.objects.get(pk=club.pk).referrals.filter(answer_reason="No teacher.").count() == 3
    )
    assert {waits.pk, seated.pk} <= set(
        Referral.objects.filter(ended_on=None).values_list("pk", flat=True)
    )
