"""Whatever is done in whatever order, a frame is never exceeded and every øre is accounted for."""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from frames.actions import FrameExceeded, commit, raise_frame, release, reserve, use
from frames.balances import balance_of
from frames.models import Entry
from shared.refusals import Refused
from tests.frames.world import at, frame_world

pytestmark = pytest.mark.django_db
ZERO = Decimal(0)
ACTS = st.sampled_from(["reserve", "commit", "use", "use_part", "release", "raise"])
AMOUNTS = st.integers(1, 700_000).map(lambda oere: Decimal(oere) / 100)
SEQUENCES = st.lists(st.tuples(ACTS, st.integers(0, 9), AMOUNTS), min_size=1, max_size=25)


class Ledger:
    """The naive account beside the real one: a list of what is bound, and three sums."""

    def __init__(self, world) -> None:
        self.world, self.granted = world, Decimal(10_000)
        self.bound: list[list] = []  # entry, what is left, whether it is committed
        self.used = self.released = ZERO

    @property
    def taken(self) -> Decimal:
        return self.used + sum((left for _, left, _ in self.bound), ZERO)

    def reserve(self, _line, amount: Decimal) -> None:
        if self.taken + amount > self.granted:
            with pytest.raises(FrameExceeded) as refused:
                self._reserve(amount)
            assert refused.value.by_how_much == self.taken + amount - self.granted
            return
        self.bound.append([self._reserve(amount), amount, False])

    def _reserve(self, amount: Decimal) -> Entry:
        return reserve(self.world.frame, amount, text="Jobklub", **self.world.said())

    def commit(self, line, _amount) -> None:
        if line[1]:
            commit(line[0], **self.world.said())
            line[2] = True

    def use(self, line, amount: Decimal, *, part: bool = False) -> None:
        said = {"rest_is_released": not part, **self.world.said()}
        if not line[1] or amount > line[1]:
            with pytest.raises(Refused):
                use(line[0], amount, **said)
            return
        use(line[0], amount, **said)
        self.used += amount
        self.released += ZERO if part else line[1] - amount
        line[1] = line[1] - amount if part else ZERO

    def use_part(self, line, amount: Decimal) -> None:
        self.use(line, amount, part=True)

    def release(self, line, _amount) -> None:
        if line[1]:
            release(line[0], **self.world.said())
            self.released += line[1]
            line[1] = ZERO

    def do(self, act: str, which: int, amount: Decimal) -> None:
        if act == "raise":
            raise_frame(self.world.frame, self.world.addendum(), amount, by=None, at=at())
            self.granted += amount
        elif act == "reserve":
            self.reserve(None, amount)
        elif self.bound:
            getattr(self, act)(self.bound[which % len(self.bound)], amount)

    def check(self) -> None:
        now = balance_of(self.world.frame)
        of = {done: [left for _, left, one in self.bound if one is done] for done in (True, False)}
        assert now.granted == self.granted
        assert now.reserved == sum(of[False], ZERO)
        assert now.committed == sum(of[True], ZERO)
        assert (now.used, now.released) == (self.used, self.released)
        assert now.taken == now.reserved + now.committed + now.used <= now.granted
        assert min(now.reserved, now.committed, now.used, now.released, now.remaining) >= 0


@given(SEQUENCES)
@settings(max_examples=40, deadline=None)
def test_every_sequence_of_acts_leaves_the_ledger_exact(sequence) -> None:
    with transaction.atomic():
        ledger = Ledger(frame_world(amount="10000"))
        for act, which, amount in sequence:
            ledger.do(act, which, amount)
            ledger.check()
        transaction.set_rollback(True)
