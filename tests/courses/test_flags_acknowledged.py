"""To acknowledge a late interview one says the cause, the side and the day."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import translation

from courses.actions.flags import acknowledge
from courses.models import Duty, Flag
from journal.models import Entry
from shared.refusals import Refused
from tests.factories import DutyFactory, FlagFactory, UserFactory

pytestmark = pytest.mark.django_db
DUE = date(2026, 10, 5)
LATE = date(2026, 10, 6)
NOW = datetime(2026, 10, 8, 22, 30, tzinfo=UTC)  # half past midnight on the 9th in Denmark
SAID = {"cause": "no_times", "responsible_side": "jobcentre", "acknowledged_on": date(2026, 10, 9)}


@pytest.fixture(autouse=True)
def _the_ninth():
    with time_machine.travel(NOW, tick=False), translation.override("en"):
        yield


@pytest.fixture
def flag():
    return FlagFactory(duty=DutyFactory(due_on=DUE))


def test_it_closes_the_flag_with_cause_side_day_and_person_and_notes_it(flag):
    by = UserFactory()
    acknowledge(flag, **SAID, remark="Ingen tider i uge 40.", by=by)
    flag.refresh_from_db()
    assert (flag.cause, flag.responsible_side, flag.acknowledged_on) == tuple(SAID.values())
    assert (flag.resolution, flag.resolved_at, flag.acknowledged_by) == ("acknowledged", NOW, by)
    assert flag.remark == "Ingen tider i uge 40."
    [entry] = Entry.objects.of_case(flag.course_id)
    assert (entry.what, entry.by, entry.subject_pk) == ("flag-acknowledged", by, flag.pk)
    assert entry.details == {"cause": "no_times", "side": "jobcentre", "on": "2026-10-09"}


def test_the_interview_still_counts_as_late(flag):
    acknowledge(flag, **SAID, by=UserFactory())
    assert list(Duty.objects.late(on=LATE)) == [flag.duty]
    assert flag.duty.state_on(LATE) == Duty.State.OVERDUE


@pytest.mark.parametrize(
    "wrong",
    [
        {"cause": ""},
        {"cause": "laziness"},
        {"responsible_side": ""},
        {"responsible_side": "nobody"},
        {"acknowledged_on": None},
        {"acknowledged_on": date(2026, 10, 10)},
        {"acknowledged_on": DUE},
    ],
)
def test_it_is_refused_without_cause_side_or_a_day_that_can_be(flag, wrong):
    with pytest.raises(Refused):
        acknowledge(flag, **SAID | wrong, by=UserFactory())
    assert list(Flag.objects.open()) == [flag]
    assert not Entry.objects.exists()


def test_the_day_it_became_late_and_today_are_both_accepted():
    for day in (LATE, date(2026, 10, 9)):
        flag = FlagFactory(duty=DutyFactory(due_on=DUE))
        assert acknowledge(flag, **SAID | {"acknowledged_on": day}, by=UserFactory()).resolved_at


def test_a_flag_that_is_only_due_soon_cannot_be_acknowledged(flag):
    Flag.objects.update(stage="due_soon")
    with pytest.raises(Refused, match="not late yet"):
        acknowledge(flag, **SAID, by=UserFactory())


def test_a_flag_is_acknowledged_once(flag):
    acknowledge(flag, **SAID, by=UserFactory())
    with pytest.raises(Refused, match="already"):
        acknowledge(flag, **SAID | {"cause": "other"}, by=UserFactory())
    assert Flag.objects.get().cause == "no_times"


def test_a_flag_that_was_resolved_meanwhile_cannot_be_acknowledged(flag):
    Flag.objects.update(resolved_at=NOW - timedelta(hours=1), resolution="held")
    with pytest.raises(Refused, match="closed"):
        acknowledge(flag, **SAID, by=UserFactory())
