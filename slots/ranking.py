"""Which of the free times are proposed first, and what speaks for each.

A time at short notice comes after all others: the citizen has to agree to it.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from meetings.cautions import NOTICE_DAYS, NOTICE_WORKING_DAYS
from shared.dates import start_of, working_days_after
from slots.found import Proposal, Reason
from slots.models import Pool, Slot
from slots.offers import Asked
from staffing.openings import day_of

WEIGHTS = {
    Reason.WISH: 16,
    Reason.POOL_DAY: 8,
    Reason.OWN_CASEWORKER: 4,
    Reason.BOTH_FREE: 4,
    Reason.EARLY: 2,
    Reason.LATEST_SAFE: 1,
}

Ranked = tuple[Proposal, list[Reason]]


def ranked(free: Sequence[Proposal], asked: Asked, used: Collection[date]) -> list[Ranked]:
    """Free times, in order, with what speaks for each.

    `used` are days on which the a-kasse is there already.
    """
    slots = [one.slot for one in free]
    ends = (_earliest(asked, slots), None if asked.window.is_late else next(reversed(slots), None))
    return [(one, _reasons(one, asked, used, ends)) for one in free]


def _reasons(
    proposal: Proposal, asked: Asked, used: Collection[date], ends: tuple[Slot | None, Slot | None]
) -> list[Reason]:
    slot, day = proposal.slot, day_of(proposal.slot.starts_at)
    is_theirs = slot.a_kasse_id in asked.a_kasser or slot.pool.purpose == Pool.Purpose.POOL_DAY
    said = {
        Reason.WISH: asked.wishes.is_wished and asked.wishes.are_met_by(slot),
        Reason.POOL_DAY: is_theirs and day in used,
        Reason.OWN_CASEWORKER: bool(proposal.worker) and proposal.worker == asked.course.caseworker,
        Reason.BOTH_FREE: bool(proposal.worker and proposal.guest),
        Reason.EARLY: slot is ends[0],
        Reason.LATEST_SAFE: slot is ends[1],
    }
    return [reason for reason, holds in said.items() if holds]


def _earliest(asked: Asked, free: Sequence[Slot]) -> Slot | None:
    """The first time to which the citizen is summoned at the usual notice; any, of a late duty."""
    first = asked.on if asked.window.is_late else asked.on + timedelta(NOTICE_DAYS)
    return next((slot for slot in free if day_of(slot.starts_at) >= first), None)


def best(found: Sequence[Ranked], asked: Asked, count: int) -> list[Proposal]:
    """The best times, on days of their own as long as there are enough days; the earliest first.

    For a late duty the best are the earliest. A wish of the citizen stands before all others.
    """
    noticed = start_of(working_days_after(asked.on, NOTICE_WORKING_DAYS))

    def is_short(one: Ranked) -> bool:
        return one[0].slot.starts_at < noticed

    def weight(one: Ranked) -> tuple[bool, date, int, datetime]:
        starts_at, points = one[0].slot.starts_at, sum(WEIGHTS[reason] for reason in one[1])
        is_late = asked.window.is_late and Reason.WISH not in one[1]
        return is_short(one), day_of(starts_at) if is_late else date.min, -points, starts_at

    def shown(one: Ranked) -> tuple[bool, bool, datetime]:
        return Reason.WISH not in one[1], is_short(one), one[0].slot.starts_at

    in_order = sorted(found, key=weight)
    firsts: dict[date, Ranked] = {}
    for one in in_order:
        firsts.setdefault(day_of(one[0].slot.starts_at), one)
    chosen = list(firsts.values())[:count]
    keys = {one[0].slot.pk for one in chosen}
    rest = [one for one in in_order if one[0].slot.pk not in keys]
    chosen = sorted([*chosen, *rest[: count - len(chosen)]], key=shown)
    return [replace(proposal, why=tuple(why)) for proposal, why in chosen]
