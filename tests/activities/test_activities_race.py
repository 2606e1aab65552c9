"""Many who approve at once, each on a connection of their own: no club beyond those agreed on."""

from datetime import date

import pytest

from activities.actions.activities import approve
from activities.actions.volumes import answer_volume, ask_volume
from activities.models import Activity
from partnerships.models import AgreementTerms, Role
from tests.activities.conftest import NOW, new_clubs
from tests.factories import UserFactory
from tests.meetings.test_race import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ASKED = 8


def test_eight_clubs_approved_at_once_under_an_agreement_for_three_leave_three_approved() -> None:
    clubs = new_clubs()
    AgreementTerms.objects.create(
        agreement=clubs.agreement, starts_on=date(2009, 8, 1), max_job_clubs=3
    )
    planner = UserFactory(role=Role.BOOKING_COORDINATOR, organisation=clubs.jobcentre)
    rows = [clubs.club(state=Activity.State.PROPOSED) for _n in range(ASKED)]

    results = at_once([lambda one=one: approve(one, by=planner, at=NOW) for one in rows])

    told = [one for one in results if isinstance(one, str) and "allows 3 job clubs" in one]
    assert len(told) == ASKED - 3, results
    assert Activity.objects.filter(state=Activity.State.APPROVED).count() == 3


def test_two_who_answer_a_change_of_seats_at_once_answer_it_once() -> None:
    clubs = new_clubs()
    planners = [
        UserFactory(role=Role.BOOKING_COORDINATOR, organisation=clubs.jobcentre) for _n in range(2)
    ]
    club = clubs.club(seats=12)
    change = ask_volume(club, seats=20, reason="More.", by=clubs.people["leader"], at=NOW)

    results = at_once(
        [
            lambda: answer_volume(change, accept=True, by=planners[0], at=NOW),
            lambda: answer_volume(change, accept=False, by=planners[1], at=NOW),
        ]
    )

    assert [one for one in results if isinstance(one, str)] == ["The change is answered already."]
    club.refresh_from_db()
    change.refresh_from_db()
    assert club.seats == (20 if change.accepted else 12)
