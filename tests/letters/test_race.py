"""Two clicks on one button at once, and a letter sent again while its interview is moved."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from letters import actions
from letters.models import Letter
from letters.shipped import load_texts
from meetings import actions as meeting_actions
from meetings.actions.moves import locked
from meetings.plans import Held
from shared.refusals import Refused
from tests.letters.conftest import with_routes
from tests.meetings.conftest import NOW, TEN, new_world
from tests.meetings.test_race import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CLICKS = 4
AFTER = TEN + timedelta(hours=2)


@pytest.fixture
def world():
    load_texts()
    return with_routes(new_world())


def booked(world, **changed):
    purpose = world.joint_purpose()
    return meeting_actions.book(
        world.course, purpose, world.sitting(**changed), by=world.caseworker, at=NOW
    )


def clicked(user, url):
    """The answers to one button pressed several times at once, each on its own connection."""
    browsers = [Client() for _click in range(CLICKS)]
    for browser in browsers:
        browser.force_login(user)
    return [
        answer.status_code
        for answer in at_once([lambda one=one: one.post(url) for one in browsers])
    ]


def failed(meeting):
    letter = meeting.letters.get()
    Letter.objects.filter(pk=letter.pk).update(state="failed", failure="refused")
    return letter


def test_a_summons_asked_for_by_several_clicks_is_written_once(world):
    meeting = booked(world, summon=False)

    answers = clicked(world.caseworker, reverse("meetings:letter", args=[meeting.pk, "summons"]))

    assert answers == [302] * CLICKS
    assert meeting.letters.count() == 1


def test_minutes_asked_for_by_several_clicks_are_written_once(world):
    meeting = booked(world, summon=False)
    held = Held({"citizen": "came", "jobcentre": "came"}, agreed="Two applications a week.")
    meeting_actions.hold(meeting, held, by=world.caseworker, at=AFTER)

    answers = clicked(world.caseworker, reverse("meetings:letter", args=[meeting.pk, "minutes"]))

    assert answers == [302] * CLICKS
    assert meeting.letters.filter(kind="minutes").count() == 1


def test_a_letter_sent_again_by_several_clicks_goes_once_more(world):
    letter = failed(booked(world))

    clicked(world.caseworker, reverse("letters:resend", args=[letter.pk]))

    assert Letter.objects.filter(instead_of=letter).count() == 1


def test_the_first_letters_of_all_are_written_also_when_the_texts_are_missing(world):
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE letters_lettertext CASCADE")

    loaded = at_once([load_texts] * CLICKS)

    assert max(loaded) > 0
    assert booked(world).letters.get().text.version == 1


def during(holding, act):
    """Run `act` on another connection while a transaction here holds what it will wait for.

    `holding` is a generator: it takes its locks, yields, and goes on once the other waits.
    """
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        steps = holding()
        next(steps)
        other = pool.submit(_alone, act)
        _wait_for_the_other()
        next(steps, None)
    return other.result(timeout=30)


def _alone(act):
    try:
        return act()
    except Refused as refusal:
        return str(refusal)
    finally:
        connection.close()


def _wait_for_the_other():
    for _try in range(500):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted"
                " AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError("nobody waits")


def test_a_letter_is_sent_again_while_its_interview_is_held_by_another(world):
    """An act on an interview comes to its letters last; so does sending again."""
    meeting = booked(world)
    letter = failed(meeting)

    def act_on_the_interview():
        locked(meeting)
        yield
        assert not actions.take_back(letter, by=world.caseworker, at=NOW)

    again = during(
        act_on_the_interview, lambda: actions.resend(letter, by=world.caseworker, at=NOW)
    )

    assert again.instead_of_id == letter.pk
    assert list(again.meetings.all()) == [meeting]


def test_a_letter_is_sent_again_while_its_course_is_held_by_another(world):
    """Taking back that a member left locks the course, then the confirmation."""
    letter = failed(booked(world))

    def act_on_the_course():
        type(world.course).objects.select_for_update().get(pk=world.course.pk)
        yield
        assert not actions.take_back(letter, by=world.caseworker, at=NOW)

    again = during(act_on_the_course, lambda: actions.resend(letter, by=world.caseworker, at=NOW))

    assert again.instead_of_id == letter.pk
