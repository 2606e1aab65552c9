"""What a night does to agreements: reminders, the end, and what it opened is closed."""

from datetime import date, timedelta

import pytest

from activities import actions as activity_actions
from activities.models import Referral
from agreements.day_work import work_of_the_day
from agreements.settling import choose, open_referrals
from notices.models import Notice
from partnerships import actions
from partnerships.models import Agreement, Role
from shared.refusals import Refused
from tests.activities.conftest import NOW, TODAY, _now, clubs  # noqa: F401 (fixtures)
from tests.factories import AgreementFactory, JobcentreFactory, UserFactory, moment

pytestmark = pytest.mark.django_db
END = date(2027, 6, 1)


@pytest.fixture(autouse=True)
def _no_queue(monkeypatch):
    monkeypatch.setattr("celery.current_app.send_task", lambda name: None)


def run(day: date):
    return work_of_the_day(on=day, at=moment(day, 5))


def test_the_parties_are_reminded_90_60_and_30_days_before_the_end_once_each() -> None:
    jobcentre = JobcentreFactory()
    UserFactory(role=Role.STEERING_GROUP, organisation=jobcentre)
    AgreementFactory(parties=[jobcentre], ends_on=END)
    nights = (91, 90, 90, 89, 60, 59, 31, 30, 29, 1)
    told = [(days, run(END - timedelta(days)).reminded) for days in nights]

    assert [days for days, times in told if times] == [90, 60, 30]
    assert Notice.objects.filter(kind="agreement-expiring").count() == 1


def test_a_missed_night_is_caught_up_by_the_next() -> None:
    AgreementFactory(parties=[JobcentreFactory()], ends_on=END)

    assert run(END - timedelta(85)).reminded == 1


def test_an_evaluation_is_reminded_of_on_its_day_once() -> None:
    AgreementFactory(parties=[JobcentreFactory()], evaluated_on=END)

    assert [run(END + timedelta(days)).evaluated for days in (-1, 0, 1)] == [0, 1, 0]


def ending(clubs) -> Agreement:  # noqa: F811 (the fixture's value)
    """The agreement of the clubs under notice of a month, given today."""
    Agreement.objects.filter(pk=clubs.agreement.pk).update(notice_months=1)
    editor = UserFactory(role=Role.AGREEMENT_ADMINISTRATOR, organisation=clubs.jobcentre)
    return actions.give_notice(
        clubs.agreement, clubs.foa, on=TODAY, for_running="stay", by=editor, at=NOW
    )


def test_an_agreement_with_open_referrals_waits_until_they_are_settled(clubs) -> None:  # noqa: F811
    referral = clubs.accepted()
    row = ending(clubs)
    day = row.ends_on

    assert list(open_referrals(row, on=day)) == [referral]
    assert (run(day).waiting, run(day).ended) == (1, 0)
    with pytest.raises(Refused):
        choose(row, "", by=clubs.people["leader"], at=NOW)

    choose(row, "revoke", by=clubs.people["leader"], at=NOW)
    assert run(day).ended == 1
    referral.refresh_from_db()
    row.refresh_from_db()
    assert (referral.state, row.state) == ("revoked", "ended")
    assert clubs.remaining() == 500_000


def test_what_has_started_runs_on_and_keeps_its_money(clubs) -> None:  # noqa: F811
    activity = clubs.club(starts_on=TODAY)
    started = activity_actions.start(
        clubs.accepted(activity), on=TODAY, by=clubs.caseworker, at=NOW
    )
    waiting = clubs.accepted(activity)
    row = ending(clubs)
    choose(row, "revoke", by=clubs.people["leader"], at=NOW)

    run(row.ends_on)

    started.refresh_from_db()
    waiting.refresh_from_db()
    assert (started.state, waiting.state) == ("started", "revoked")
    assert clubs.remaining() == 500_000 - 15_000


def test_what_an_agreement_opened_is_closed_on_the_day_it_ends(clubs) -> None:  # noqa: F811
    referral = clubs.accepted()
    Referral.objects.filter(pk=referral.pk).update(state="done")
    provider = clubs.people["provider"]
    assert Referral.objects.visible_to(provider).exists()

    Agreement.objects.filter(pk=clubs.agreement.pk).update(state="ended", ends_on=TODAY)
    assert not Referral.objects.visible_to(provider).exists()
    assert Referral.objects.visible_to(clubs.consultant).exists()  # her own member


def test_the_page_of_the_notice_asks_what_becomes_of_open_referrals(clubs) -> None:  # noqa: F811
    clubs.accepted()
    Agreement.objects.filter(pk=clubs.agreement.pk).update(notice_months=1)
    editor = UserFactory(role=Role.AGREEMENT_ADMINISTRATOR, organisation=clubs.jobcentre)
    browser, url = clubs.browser(editor), f"/aftaler/{clubs.agreement.slug}/opsigelse/"
    said = {
        "party": clubs.foa.pk,
        "on": "01.03.2010",
        "for_running": "move",
        "seen": "end-2010-04-01",
    }

    page = browser.get(url)
    assert page.context["page"].open_referrals == 1
    assert page.context["page"].referrals == ()  # who administers agreements reads no citizens
    browser.post(url, said)
    clubs.agreement.refresh_from_db()
    assert clubs.agreement.state == "active"

    browser.post(url, said | {"for_referrals": "run_on"})
    clubs.agreement.refresh_from_db()
    assert (clubs.agreement.state, clubs.agreement.for_referrals) == ("under_notice", "run_on")
