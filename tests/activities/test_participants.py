"""The provider's page: its own participants, and of them no more than it needs."""

import pytest
from django.urls import reverse

from activities import actions
from activities.models import Attendance, Referral
from journal.models import Look
from notices.models import Notice
from shared.cpr import written
from shared.refusals import Refused
from tests.activities.conftest import NOW

PAGE = "activities:participants"


def look(clubs, who="provider"):
    return clubs.browser(clubs.people[who]).get(reverse(PAGE))


def test_a_provider_reads_the_names_of_its_own_participants_and_nothing_else(clubs):
    referral = clubs.accepted()
    waiting, elsewhere = clubs.referred(), clubs.accepted(clubs.club(provider=None))
    citizen = referral.course.citizen

    shown = look(clubs).text

    assert citizen.name in shown
    assert waiting.course.citizen.name not in shown
    assert elsewhere.course.citizen.name not in shown
    for secret in (written(citizen.cpr), referral.course.case_number, "Needs a network.", "15,000"):
        assert secret not in shown


def test_another_provider_reads_nobody(clubs):
    referral = clubs.accepted()

    assert referral.course.citizen.name not in look(clubs, "other_provider").text
    assert not Referral.objects.visible_to(clubs.people["other_provider"]).exists()


def test_no_other_page_opens_to_a_provider(clubs):
    referral = clubs.accepted()
    browser = clubs.browser(clubs.people["provider"])
    for url in (
        referral.course.get_absolute_url(),
        referral.get_absolute_url(),
        reverse("activities:referrals"),
        reverse("activities:invoices"),
        reverse("activities:refer_to", args=[referral.activity_id]),
        reverse("courses:search"),
    ):
        assert browser.get(url).status_code == 404, url


def test_a_look_at_the_list_is_logged_with_the_cases_that_it_named(clubs):
    referral = clubs.accepted()

    look(clubs)

    found = Look.objects.get(by=clubs.people["provider"])
    assert found.details["courses"] == [referral.course_id]


@pytest.mark.parametrize("who", ["caseworker", "consultant", "finance"])
def test_the_page_is_the_providers_alone(clubs, who):
    assert look(clubs, who).status_code == 404


def test_a_no_show_is_told_to_the_a_kasse_and_to_whoever_referred(clubs):
    club = clubs.club()
    referral, session = clubs.accepted(club), clubs.session(club, days=0)
    Notice.objects.all().delete()

    actions.record_attendance(session, {referral.pk: "absent"}, by=clubs.people["provider"], at=NOW)

    told = Notice.objects.filter(kind="referral-absence").values_list("user", flat=True)
    assert set(told) == {clubs.consultant.pk, clubs.people["leader"].pk}


def test_attendance_is_corrected_not_written_twice_and_never_before_the_session(clubs):
    club = clubs.club()
    referral, session = clubs.accepted(club), clubs.session(club, days=0)
    for came in ("absent", "came"):
        actions.record_attendance(session, {referral.pk: came}, by=clubs.people["provider"], at=NOW)
    assert [one.came for one in Attendance.objects.all()] == ["came"]

    later = clubs.session(club, days=3)
    with pytest.raises(Refused, match="has not begun"):
        actions.record_attendance(later, {referral.pk: "came"}, by=clubs.people["provider"], at=NOW)
    with pytest.raises(Refused, match="Those who hold"):
        actions.record_attendance(
            session, {referral.pk: "came"}, by=clubs.people["other_provider"], at=NOW
        )


@pytest.mark.parametrize("rows", [1, 12])
def test_the_page_asks_as_often_for_many_as_for_one(clubs, rows, django_assert_max_num_queries):
    club = clubs.club("10.00")
    clubs.session(club, days=0)
    for _n in range(rows):
        clubs.accepted(club)
    browser = clubs.browser(clubs.people["provider"])
    browser.get("/profil/")

    with django_assert_max_num_queries(12):
        shown = browser.get(reverse(PAGE))

    assert len(shown.context["clubs"][0].people) == rows
