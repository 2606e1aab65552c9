"""Publishing times: making a pool's series, changing it, and taking times out of it.

Locks: the slot rows by key. A slot in which somebody is booked stays as it is: the database sees
to it (migration 0002), and these acts say so first, naming the times.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from journal.actions import note
from meetings.collisions import seated
from meetings.models import Room
from partnerships.models import Organisation
from shared.dates import start_of
from shared.refusals import Refused
from shared.written import moment_text
from slots.access import publishes_at
from slots.actions.closing import check_free, close_slots
from slots.locking import locked_slots
from slots.models import Hold, Pool, PoolException, Slot, SlotBooking, SlotQuerySet
from slots.planning import Plan, plan_of, release_day, slots_of
from slots.telling import tell_a_kasse

MOST_NAMED = 8
CLOSED, OPEN = Slot.State.CLOSED, Slot.State.OPEN
# What may be changed of a pool whose times are in use: nothing that a slot repeats.
ALWAYS = ("name", "model", "agreement")


@seated
def make_pool(
    pool: Pool,
    a_kasser: Collection[Organisation],
    *,
    leave_out_taken: bool = False,
    by: User,
    at: datetime,
) -> Pool:
    """Store a pool with all its times, or nothing; times that collide are left out if said."""
    _check_own(pool, by)
    plan = plan_of(pool, at=at, exceptions={})
    _check_plan(plan, leave_out_taken=leave_out_taken)
    pool.made_by, pool.made_at = by, at
    pool.save()
    pool.a_kasser.set(a_kasser)
    Slot.objects.bulk_create(slots_of(pool, plan.free))
    _note(pool, "pool-made", by, count=len(plan.free))
    return pool


@seated
def change_pool(
    pool: Pool,
    a_kasser: Collection[Organisation],
    *,
    leave_out_taken: bool = False,
    by: User,
    at: datetime,
) -> Pool:
    """Change a pool. While nobody has reserved or used its times they are made anew.

    Later than that only its name, its model, its a-kasser and its agreement change.
    """
    _check_own(pool, by)
    locked_slots(pool.slots.values_list("pk", flat=True))
    if is_in_use(pool):
        return _renamed(pool, a_kasser, by=by)
    plan = plan_of(pool, at=at, exceptions=exceptions_of(pool), remakes=True)
    _check_plan(plan, leave_out_taken=leave_out_taken)
    pool.save()
    pool.a_kasser.set(a_kasser)
    pool.slots.all().delete()
    Slot.objects.bulk_create(slots_of(pool, plan.free))
    _note(pool, "pool-changed", by, count=len(plan.free))
    return pool


def is_in_use(pool: Pool) -> bool:
    """Whether times of a pool were ever reserved or booked: then they are not made anew."""
    used = Q(bookings__isnull=False) | Q(reservations__isnull=False)
    return pool.slots.filter(used).exists()


@seated
def publish(pool: Pool, *, by: User, at: datetime) -> Pool:
    """Open the times of a pool to the a-kasser."""
    _check_own(pool, by)
    if not pool.slots.open().filter(starts_at__gt=at).exists():
        raise Refused(_("The pool has no times ahead. Extend the series first."))
    pool.is_published = True
    pool.save(update_fields=["is_published"])
    _note(pool, "pool-published", by)
    return pool


@seated
def unpublish(pool: Pool, *, by: User, at: datetime) -> Pool:
    """Close a pool that nobody relies on: no time ahead is reserved or booked."""
    _check_own(pool, by)
    keys = list(_ahead(pool, at).values_list("pk", flat=True))
    rows = locked_slots(keys)
    relied_on = [row for row in rows.values() if row.a_kasse_id] + _booked(rows.values())
    if relied_on:
        raise Refused(
            _("Somebody relies on these times: %(times)s. Withdraw them one by one.")
            % {"times": times_named(relied_on, on=timezone.localdate(at))}
        )
    pool.is_published = False
    pool.save(update_fields=["is_published"])
    _note(pool, "pool-unpublished", by)
    return pool


@seated
def extend(
    pool: Pool, *, ends_on: date, leave_out_taken: bool = False, by: User, at: datetime
) -> int:
    """Let a series last longer, and say how many times were added."""
    _check_own(pool, by)
    plan = extension_of(pool, ends_on, at=at)
    _check_plan(plan, leave_out_taken=leave_out_taken)
    made = Slot.objects.bulk_create(slots_of(pool, plan.free))
    pool.save(update_fields=["ends_on"])
    _note(pool, "pool-extended", by, count=len(made), until_before=ends_on.isoformat())
    return len(made)


def extension_of(pool: Pool, ends_on: date, *, at: datetime) -> Plan:
    """What a longer series would add: nothing on the days that it has had already."""
    if pool.repeats == Pool.Repeats.ONCE:
        raise Refused(_("A pool of one day is not extended. Make another one."))
    if ends_on <= pool.ends_on:
        raise Refused(_("Choose a day after the last day of the series."))
    first, pool.ends_on = pool.ends_on, ends_on
    plan = plan_of(pool, at=at, exceptions=exceptions_of(pool))
    return Plan(
        [one for one in plan.times if timezone.localdate(one.starts_at) >= first],
        [one for one in plan.left_out if one.day >= first],
    )


@seated
def leave_out_day(pool: Pool, day: date, *, reason: str = "", by: User, at: datetime) -> int:
    """Hold no times on a day of a series; refuses while somebody is booked there."""
    _check_own(pool, by)
    first, last = start_of(day), start_of(date.fromordinal(day.toordinal() + 1))
    rows = locked_slots(pool.slots.open().between(first, last).values_list("pk", flat=True))
    _check_unbooked(rows.values(), at=at)
    PoolException.objects.update_or_create(pool=pool, day=day, defaults={"reason": reason})
    close_slots(rows.values(), by=by, at=at)
    _note(pool, "day-left-out", by, held_on=day.isoformat(), reason=reason)
    return len(rows)


@seated
def move_slot(  # noqa: PLR0913 (where and when)
    slot: Slot, starts_at: datetime, *, room: Room | None, place: str = "", by: User, at: datetime
) -> Slot:
    """Move one time, with its length, to another hour or room; refuses while it is booked."""
    _check_own(slot.pool, by)
    slot = _as_open(slot)
    _check_unbooked([slot], at=at)
    before = slot.starts_at
    ends_at = starts_at + (slot.ends_at - slot.starts_at)
    if starts_at <= at:
        raise Refused(_("Choose a time ahead."))
    slot.starts_at, slot.ends_at, slot.room, slot.place = starts_at, ends_at, room, place
    check_free(slot)
    if slot.a_kasse_id:
        slot.release_on = release_day(slot.pool, starts_at, on=timezone.localdate(at))
    slot.save()
    Hold.objects.filter(slot=slot).delete()
    if slot.a_kasse_id:
        tell_a_kasse([(slot.a_kasse_id, slot)], "slot-moved", by=by, at=at)
    note(
        slot,
        "slot-moved",
        by=by,
        case=None,
        pool=slot.pool.name,
        starts_at=starts_at.isoformat(),
        before=moment_text(before),
    )
    return slot


@seated
def withdraw_slot(slot: Slot, *, by: User, at: datetime) -> Slot:
    """Take back one time; refuses while somebody is booked in it."""
    _check_own(slot.pool, by)
    slot = _as_open(slot)
    _check_unbooked([slot], at=at)
    close_slots([slot], by=by, at=at)
    return slot


@seated
def reopen_slot(slot: Slot, *, by: User, at: datetime) -> Slot:
    """Open a withdrawn time again, as nobody's."""
    _check_own(slot.pool, by)
    slot = locked_slots([slot.pk])[slot.pk]
    if slot.starts_at <= at:
        raise Refused(_("This time has passed."))
    if slot.state == CLOSED:
        slot.state = OPEN
        check_free(slot)
        slot.save(update_fields=["state"])
        note(slot, "slot-reopened", by=by, case=None, starts_at=slot.starts_at.isoformat())
    return slot


def exceptions_of(pool: Pool) -> dict[date, str]:
    """The days that a series leaves out, and why."""
    return dict(pool.exceptions.values_list("day", "reason"))


def times_named(slots: Iterable[Slot], *, on: date) -> str:
    """Times in words, the first of them, in order and each once."""
    rows = sorted({one.pk: one for one in slots}.values(), key=lambda one: one.starts_at)
    said = [moment_text(one.starts_at, on=on) for one in rows[:MOST_NAMED]]
    more = len(rows) - len(said)
    return ", ".join(said) + (_(" and %(count)d more") % {"count": more} if more > 0 else "")


def _check_own(pool: Pool, by: User) -> None:
    if pool.jobcentre_id not in publishes_at(by):
        raise Refused(_("Only the booking coordinator of the jobcentre changes its times."))


def _check_plan(plan: Plan, *, leave_out_taken: bool) -> None:
    """Nothing half made: times that collide are left out knowingly, or all wait."""
    if plan.taken and not leave_out_taken:
        said = "; ".join(
            f"{moment_text(one.starts_at)}: {' '.join(one.collisions)}"
            for one in plan.taken[:MOST_NAMED]
        )
        raise Refused(
            ngettext(
                "%(count)d time collides: %(times)s Choose others, or tick that it is left out.",
                "%(count)d times collide: %(times)s Choose others, or tick that they are left out.",
                len(plan.taken),
            )
            % {"count": len(plan.taken), "times": said}
        )
    if not plan.free:
        raise Refused(_("These days and hours make no times. Choose others."))


def _renamed(pool: Pool, a_kasser: Collection[Organisation], *, by: User) -> Pool:
    """Change what no slot repeats; refuse where a reservation stands that would become foreign."""
    if a_kasser:
        foreign = pool.slots.open().exclude(a_kasse=None).exclude(a_kasse__in=a_kasser)
        if foreign.exists():
            raise Refused(
                _("%(a_kasse)s has reserved times in the pool. Withdraw them first.")
                % {"a_kasse": foreign.select_related("a_kasse")[0].a_kasse}
            )
    pool.save(update_fields=ALWAYS)
    pool.a_kasser.set(a_kasser)
    _note(pool, "pool-changed", by)
    return pool


def _ahead(pool: Pool, at: datetime) -> SlotQuerySet:
    return Slot.objects.open().filter(pool=pool, starts_at__gte=at)


def _as_open(slot: Slot) -> Slot:
    found = locked_slots([slot.pk]).get(slot.pk)
    if found is None or found.state != OPEN:
        raise Refused(_("This time is withdrawn already."))
    return found


def _booked(slots: Iterable[Slot]) -> list[Slot]:
    rows = {one.pk: one for one in slots}
    live = SlotBooking.objects.filter(slot__in=rows, is_live=True)
    return [rows[key] for key in live.values_list("slot", flat=True)]


def _check_unbooked(slots: Iterable[Slot], *, at: datetime) -> None:
    booked = _booked(slots)
    if booked:
        raise Refused(
            _(
                "Citizens are booked at these times: %(times)s. Use “Withdraw times”: there you say"
                " what becomes of their interviews."
            )
            % {"times": times_named(booked, on=timezone.localdate(at))}
        )


def _note(pool: Pool, what: str, by: User, **details: str | int) -> None:
    note(pool, what, by=by, case=None, pool=pool.name, **details)
