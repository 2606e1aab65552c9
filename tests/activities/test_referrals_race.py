"""Many who accept at once, each on a connection of their own: seats and money are given once."""

from collections import Counter
from decimal import Decimal

import pytest

from activities import actions
from activities.models import Referral
from tests.activities.conftest import NOW, new_clubs
from tests.meetings.test_race import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ASKED = 12


def accepting(clubs, rows):
    """Each referral accepted by the caseworker, as acts to be done at one moment."""
    return [lambda one=one: actions.accept(one, by=clubs.caseworker, at=NOW) for one in rows]


def test_twelve_accepted_at_once_for_the_last_three_seats_leave_three_seated():
    clubs = new_clubs()
    club = clubs.club("1000.00", seats=3)
    rows = [clubs.referred(club) for _n in range(ASKED)]

    results = at_once(accepting(clubs, rows))

    said = Counter(one for one in results if isinstance(one, str))
    assert said == {"All 3 seats are taken. Ask for more seats, or reject.": ASKED - 3}, results
    assert club.referrals.seated().count() == 3
    assert clubs.remaining() == Decimal("497000.00")


def test_twelve_accepted_at_once_in_different_clubs_for_the_last_money_bind_it_once():
    clubs = new_clubs("5000.00")
    rows = [clubs.referred(clubs.club("5000.00")) for _n in range(ASKED)]

    results = at_once(accepting(clubs, rows))

    won = [one for one in results if isinstance(one, Referral)]
    told = [one for one in results if isinstance(one, str) and "exceeded by 5" in one]
    assert (len(won), len(told)) == (1, ASKED - 1), results
    assert clubs.remaining() == 0
    assert Referral.objects.seated().count() == 1


def test_accepting_and_cancelling_at_once_ends_without_a_deadlock_and_with_the_money_back():
    clubs = new_clubs()
    club = clubs.club("1000.00")
    rows = [clubs.referred(club) for _n in range(ASKED)]

    def cancel():
        return actions.settle_open(club, reason="No teacher.", by=clubs.consultant, at=NOW)

    results = at_once([*accepting(clubs, rows), cancel])

    assert all(isinstance(one, Referral | str | int) for one in results), results
    left = Referral.objects.seated().count()
    assert clubs.remaining() == Decimal("500000.00") - 1000 * left
