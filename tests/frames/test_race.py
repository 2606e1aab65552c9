"""Fifty people who approve against the last kroner of a frame, each on a connection of their own."""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection

from frames.actions import FrameExceeded, release, reserve, use
from frames.balances import balance_of
from frames.models import Entry
from shared.refusals import Refused
from tests.frames.world import frame_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CLERKS = 50


def at_one_moment(act, clerks: int = CLERKS) -> tuple[list[object], float]:
    """What each got, and how many seconds it took from the starting shot to the last answer."""
    barrier, shot = threading.Barrier(clerks), []

    def one(number: int) -> object:
        connection.ensure_connection()
        barrier.wait(timeout=60)
        shot.append(time.perf_counter())
        try:
            return act(number)
        except Exception as error:  # noqa: BLE001 (a race that dies of one error says nothing of the others)
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(clerks) as pool:
        answers = list(pool.map(one, range(clerks)))
    return answers, time.perf_counter() - min(shot)


@pytest.mark.parametrize("amount", ["5000", "3000"])
def test_of_fifty_who_approve_against_the_last_5_000_one_wins_and_the_rest_hear_by_how_much(
    amount, record_testsuite_property
) -> None:
    world = frame_world()
    reserve(world.frame, Decimal(495000), text="Jobklub", **world.said())
    wanted = Decimal(amount)

    answers, seconds = at_one_moment(
        lambda n: reserve(world.frame, wanted, text=f"Jobklub {n}", **world.said())
    )

    lost = [one for one in answers if not isinstance(one, Entry)]
    remaining = Decimal(5000) - wanted
    record_testsuite_property(f"milliseconds of 50 approvals of {amount}", round(seconds * 1000))
    assert len(answers) - len(lost) == 1
    assert {type(one) for one in lost} == {FrameExceeded}
    assert {one.by_how_much for one in lost} == {wanted - remaining}
    assert balance_of(world.frame).remaining == remaining
    assert world.frame.warnings.count() == (3 if not remaining else 2)  # each mark once


def test_as_many_win_as_the_money_is_for(transactional_db) -> None:
    world = frame_world(amount="7999.99")
    answers, _ = at_one_moment(
        lambda n: reserve(world.frame, Decimal(1000), text=f"Jobklub {n}", **world.said()), 20
    )
    won = Counter(type(one).__name__ for one in answers)
    assert won == {"Entry": 7, "FrameExceeded": 13}
    assert balance_of(world.frame).remaining == Decimal("999.99")


def test_one_line_of_money_is_spent_or_given_back_but_not_both() -> None:
    world = frame_world()
    entry = reserve(world.frame, Decimal(8000), text="Jobklub", **world.said())
    acts = [
        lambda: use(entry, Decimal(8000), **world.said()),
        lambda: release(entry, **world.said()),
    ]
    answers, _ = at_one_moment(lambda n: acts[n % 2](), 20)
    assert sum(isinstance(one, Entry) for one in answers) == 1
    assert {type(one) for one in answers} == {Entry, Refused}
    now = balance_of(world.frame)
    assert now.used + now.released == Decimal(8000)
    assert now.taken + now.remaining == Decimal(500000)
