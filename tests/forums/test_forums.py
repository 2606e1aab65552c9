"""Forums: called with figures, held, written down, decided, reminded, and no citizen named."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from forums import actions
from forums.actions import hold_meeting, plan_meeting
from forums.figures import Period, figures_of, in_words, share_of
from forums.models import Forum
from forums.reminding import remind
from forums.rhythm import rhythm_of
from notices.models import Notice
from partnerships.models import Role
from shared.refusals import Refused
from tests.factories import (
    AgreementFactory,
    AKasseFactory,
    CourseFactory,
    JobcentreFactory,
    UserFactory,
    moment,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
NOW = moment(TODAY, 8)


@pytest.fixture
def house():
    return JobcentreFactory()


@pytest.fixture
def forum(house):
    agreement = AgreementFactory(parties=[house, AKasseFactory()])
    kind = Forum.Kind.STEERING_GROUP
    return actions.make_forum(agreement, name="Group", kind=kind, meetings_a_year=2, by=None)


def seat(forum, house, role=Role.STEERING_GROUP):
    user = UserFactory(role=role, organisation=house)
    return actions.add_member(forum, name=str(user), organisation=house, user=user, by=None, at=NOW)


def held(forum, days=10):
    starts_at = NOW - timedelta(days)
    row = plan_meeting(forum, starts_at=starts_at, by=None, at=starts_at - timedelta(1))
    hold_meeting(row, minutes="All came.", by=None, at=NOW)
    return row


def test_figures_of_few_are_hidden_and_of_enough_are_shown(forum) -> None:
    period = Period(TODAY - timedelta(90), TODAY)
    for count in (4, 5):
        while forum.agreement.courses.count() < count:
            CourseFactory(agreement=forum.agreement, starts_on=TODAY - timedelta(30))
        shown = dict(figures_of(forum.agreement, period))
        assert shown["running"] == ("few" if count == 4 else 5)

    assert share_of(3, 4) == "few"
    assert share_of(4, 5) == 80


def test_the_figures_of_an_agenda_stand_when_the_world_moves_on(forum) -> None:
    meeting = plan_meeting(forum, starts_at=NOW + timedelta(9), by=None, at=NOW)
    point = meeting.agenda.exclude(figures=[]).get()
    before = in_words(point.figures)

    for _one in range(6):
        CourseFactory(agreement=forum.agreement, starts_on=TODAY - timedelta(30))
    point.refresh_from_db()
    assert in_words(point.figures) == before

    actions.draw_figures(meeting, by=UserFactory(), at=NOW)
    point.refresh_from_db()
    assert dict(point.figures)["running"] == 6


def test_a_missing_meeting_is_asked_for_by_its_day(forum) -> None:
    assert rhythm_of(forum, [], on=TODAY).by == date(2026, 6, 30)
    assert rhythm_of(forum, [], on=TODAY).is_late(on=TODAY)

    rhythm = rhythm_of(forum, [held(forum)], on=TODAY)

    assert (rhythm.missing, rhythm.by) == (1, date(2026, 12, 31))
    assert not rhythm.is_late(on=TODAY)


def test_approved_minutes_stand(forum, house) -> None:
    meeting = held(forum)
    actions.approve_minutes(meeting, on=TODAY, by=None)

    with pytest.raises(Refused):
        hold_meeting(meeting, minutes="Otherwise.", by=None, at=NOW)
    with pytest.raises(Refused):
        actions.decide(meeting, text="More", owner=seat(forum, house), due_on=TODAY, by=None)


def test_minutes_are_not_written_of_a_meeting_to_come(forum) -> None:
    meeting = plan_meeting(forum, starts_at=NOW + timedelta(9), by=None, at=NOW)

    with pytest.raises(Refused):
        hold_meeting(meeting, minutes="Too early.", by=None, at=NOW)


def test_the_owner_is_reminded_ahead_and_once_more_when_it_is_late(forum, house) -> None:
    owner = seat(forum, house)
    due_on = TODAY + timedelta(3)
    decision = actions.decide(held(forum), text="More", owner=owner, due_on=due_on, by=None)

    told = [
        remind(on=day, at=moment(day, 6)).decisions
        for day in (TODAY, TODAY, due_on + timedelta(1), due_on + timedelta(2))
    ]

    assert told == [1, 0, 1, 0]
    waiting = Notice.objects.filter(user=owner.user, kind="decision-due", read_at=None)
    assert waiting.exists()
    actions.finish_decision(decision, outcome="Done.", on=due_on, by=None, at=NOW)
    assert not waiting.exists()


def test_the_command_says_what_it_did(forum, house, capsys) -> None:
    seat(forum, house)
    plan_meeting(forum, starts_at=NOW + timedelta(3650), by=None, at=NOW)

    call_command("remind_forums", "--on", "2026-11-23")

    assert "reminded of 0 meetings" in capsys.readouterr().out


def test_only_parties_and_members_see_a_forum(forum, house) -> None:
    ours = UserFactory(role=Role.STEERING_GROUP, organisation=house)
    theirs = UserFactory(role=Role.STEERING_GROUP, organisation=JobcentreFactory())
    guest = seat(forum, house, role=Role.CASEWORKER).user

    seen = [Forum.objects.visible_to(one).exists() for one in (ours, theirs, guest)]

    assert seen == [True, False, True]
