"""The inbox on both sides, the page of a referral, and the forms that answer it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from activities import actions
from activities.models import Referral
from journal.models import Look
from tests.activities.conftest import NOW, TODAY

ACTS = ("referral_accept", "referral_reject", "referral_revoke")


def get(clubs, who, name, *args, **words):
    user = clubs.people[who]
    return clubs.browser(user).get(reverse(f"activities:{name}", args=args), words)


def post(clubs, who, name, *args, **words):
    user = clubs.people[who]
    return clubs.browser(user).post(reverse(f"activities:{name}", args=args), words)


def counts(response):
    return {tab.key: tab.count for tab in response.context["tabs"]}


def test_what_waits_for_one_side_waits_for_others_on_the_other(clubs):
    clubs.referred()

    theirs = counts(get(clubs, "caseworker", "referrals"))
    ours = counts(get(clubs, "leader", "referrals"))

    assert (theirs["venter"], theirs["sendt"]) == (1, 0)
    assert (ours["venter"], ours["sendt"]) == (0, 1)


def test_each_state_has_its_list(clubs):
    club = clubs.club("100.00")
    started, done = clubs.accepted(club), clubs.accepted(club)
    clubs.accepted(club)
    for one in (started, done):
        actions.start(one, on=TODAY, by=clubs.consultant, at=NOW)
    actions.finish(done, ended_on=TODAY + timedelta(1), result="job", by=clubs.consultant, at=NOW)

    found = counts(get(clubs, "caseworker", "referrals"))

    assert found == {"venter": 0, "sendt": 0, "godkendt": 1, "i-gang": 1, "slut": 1}


@pytest.mark.parametrize("who", ["elsewhere", "stranger", "finance", "provider"])
def test_a_referral_is_not_there_for_others(clubs, who):
    referral = clubs.accepted()
    name = referral.course.citizen.last_name

    assert get(clubs, who, "referral", referral.pk).status_code == 404
    shown = get(clubs, who, "referrals", vis="godkendt")
    assert shown.status_code == 404 or name not in shown.text
    for act in ACTS:
        assert get(clubs, who, act, referral.pk).status_code == 404


def test_a_look_at_a_referral_is_logged(clubs):
    referral = clubs.referred()

    get(clubs, "caseworker", "referral", referral.pk)

    assert Look.objects.filter(by=clubs.caseworker, case_pk=referral.course_id).count() == 1


def test_whoever_answers_sees_the_frame_before_and_after_and_accepts(clubs):
    referral = clubs.referred()
    shown = get(clubs, "caseworker", "referral_accept", referral.pk).text
    assert "500,000.00 kr." in shown
    assert "485,000.00 kr." in shown

    post(clubs, "caseworker", "referral_accept", referral.pk, remark="Go ahead.")

    referral.refresh_from_db()
    assert (referral.state, referral.answer_reason) == ("accepted", "Go ahead.")


def test_what_would_exceed_the_frame_says_so_beforehand_and_is_refused_in_words(clubs):
    clubs.accepted(clubs.club("495000.00"))
    late = clubs.referred(clubs.club("8000.00"))

    assert "exceeded by 3,000.00 kr." in get(clubs, "caseworker", "referral", late.pk).text
    refused = post(clubs, "caseworker", "referral_accept", late.pk)

    assert refused.status_code == 200
    assert "exceeded by 3,000 kr." in refused.text
    late.refresh_from_db()
    assert late.state == "proposed"


def test_a_jobcentre_answers_before_the_course_itself_opens_to_it(clubs):
    course = clubs.course()
    course.jobcentre_from = None
    course.save(update_fields=["jobcentre_from"])
    referral = clubs.referred(course=course)

    shown = get(clubs, "caseworker", "referral", referral.pk)

    assert "Needs a network." in shown.text
    assert course.get_absolute_url() not in shown.text
    page = clubs.browser(clubs.caseworker).get(course.get_absolute_url())
    assert page.status_code == 404


def test_a_citizen_is_referred_from_the_course_to_what_fits_with_room(clubs):
    club, course = clubs.club(), clubs.course()
    full = clubs.club(seats=1, title="The full one")
    clubs.accepted(full)
    clubs.club(title="For others", host=clubs.other)

    shown = get(clubs, "consultant", "refer", course.case_number)
    assert "Job club · from" in shown.text
    assert "The full one" not in shown.text
    assert "For others" not in shown.text
    post(clubs, "consultant", "refer", course.case_number, activity=club.pk, reason="Network.")

    made = Referral.objects.get(course=course)
    assert (made.activity, made.receiver) == (club, clubs.jobcentre)


def test_a_citizen_is_referred_from_the_activity_by_case_number(clubs):
    club, course = clubs.club(), clubs.course()
    wrong = post(
        clubs, "consultant", "refer_to", club.pk, case_number="K-999999", reason="Network."
    )
    assert "No course with this number" in wrong.text

    post(
        clubs,
        "consultant",
        "refer_to",
        club.pk,
        case_number=course.case_number.lower(),
        reason="Network.",
    )

    assert Referral.objects.get().course == course


def test_health_and_cpr_numbers_are_refused_in_the_reason(clubs):
    club, course = clubs.club(), clubs.course()
    for reason in ("The diagnosis is known.", "See 070761-4285."):
        post(clubs, "consultant", "refer", course.case_number, activity=club.pk, reason=reason)

    assert not Referral.objects.exists()


def test_the_forms_of_the_way_start_finish_and_revoke(clubs):
    referral, other = clubs.accepted(), clubs.accepted()

    post(clubs, "consultant", "referral_start", referral.pk, on="01.03.2010")
    post(clubs, "caseworker", "referral_finish", referral.pk, ended_on="01.03.2010", result="job")
    post(clubs, "consultant", "referral_revoke", other.pk, reason="Moved.")

    referral.refresh_from_db()
    other.refresh_from_db()
    assert (referral.state, referral.ended_on) == ("done", TODAY + timedelta(1))
    assert (other.state, other.answer_reason) == ("revoked", "Moved.")


@pytest.mark.parametrize("rows", [1, 30])
def test_the_inbox_asks_as_often_for_many_as_for_one(clubs, rows, django_assert_max_num_queries):
    club = clubs.club("10.00")
    for _n in range(rows):
        clubs.referred(club)
    browser = clubs.browser(clubs.caseworker)

    browser.get("/profil/")  # the session is kept once, on the first page
    with django_assert_max_num_queries(12):
        shown = browser.get(reverse("activities:referrals"))

    assert len(shown.context["rows"]) == rows


def test_the_page_of_a_referral_asks_at_most_twelve_times(clubs, django_assert_max_num_queries):
    club = clubs.club()
    for days in range(5):
        clubs.session(club, days)
    referral = clubs.referred(club)
    browser = clubs.browser(clubs.caseworker)

    browser.get("/profil/")  # the session is kept once, on the first page
    with django_assert_max_num_queries(12):
        browser.get(referral.get_absolute_url())
