"""Pools as a booking coordinator sees them: the list, one pool, and what a series would make."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from shared.dates import start_of
from shared.templatetags.components import pill, status
from shared.written import clock_text, day_text, moment_text, plain_day, weekday_name
from slots.access import publishes_at
from slots.models import Pool, PoolQuerySet, Slot, SlotBooking
from slots.planning import LeftOut, Plan, Planned
from slots.utilisation import Used, used_in_pools

Pairs = list[tuple[str, str]]
MOST_ROWS = 120
MOST_DAYS = 60


def own_pools(user: User) -> PoolQuerySet:
    """The pools that a person publishes."""
    return Pool.objects.visible_to(user).filter(jobcentre__in=publishes_at(user))


@dataclass(frozen=True, slots=True)
class PoolRow:
    """A pool in the list."""

    pool: Pool
    what: str
    when: str
    whom: str
    state: SafeString
    used: Used

    @property
    def url(self) -> str:
        return reverse("slots:pool", args=[self.pool.pk])


def rows_of(pools: PoolQuerySet, *, at: datetime) -> list[PoolRow]:
    """The list; four queries, however many pools there are."""
    on = timezone.localdate(at)
    found = list(pools.select_related("jobcentre", "room").prefetch_related("a_kasser"))
    used = used_in_pools([one.pk for one in found], at=at)
    rows = [
        PoolRow(
            one,
            f"{one.get_purpose_display()} · {one.get_model_display()}",
            when_text(one),
            whom_text(one),
            state_of(one, on=on),
            used.get(one.pk, Used()),
        )
        for one in found
    ]
    return sorted(rows, key=lambda row: (row.pool.ends_on <= on, row.pool.name))


def when_text(pool: Pool) -> str:
    """Weekday, hours and rhythm: `ti. 9.00-12.00, hver uge`."""
    hours = f"{pool.starts:%-H.%M}–{pool.ends:%-H.%M}"
    if pool.repeats == Pool.Repeats.ONCE:
        return f"{day_text(pool.starts_on)} {hours}"
    return f"{weekday_name(pool.starts_on)} {hours}, {pool.get_repeats_display()}"


def whom_text(pool: Pool) -> str:
    """The a-kasser that it is open to."""
    names = [one.short for one in pool.a_kasser.all()]
    return ", ".join(names) if names else _("all a-kasser")


def state_of(pool: Pool, *, on: date) -> SafeString:
    """Draft, published, or over."""
    if not pool.is_published:
        return pill("none", _("draft"))
    if pool.ends_on <= on:
        return pill("none", _("ended"))
    return pill("held", _("published"))


def facts_of(pool: Pool) -> Pairs:
    """What stands about a pool."""
    lunch = (
        f"{pool.lunch_starts:%-H.%M}–{pool.lunch_ends:%-H.%M}"
        if pool.lunch_starts and pool.lunch_ends
        else _("none")
    )
    pairs = [
        (_("What for"), f"{pool.get_purpose_display()} ({pool.get_kind_display()})"),
        (_("Model"), str(pool.get_model_display())),
        (_("Open to"), whom_text(pool)),
        (_("When"), when_text(pool)),
        (_("Days"), f"{plain_day(pool.starts_on)} – {plain_day(pool.ends_on - timedelta(1))}"),
        (_("Break"), lunch),
        (_("Length"), _("%(minutes)d minutes") % {"minutes": pool.minutes}),
        (_("Where"), where_text(pool)),
        (_("Worker"), str(pool.worker) if pool.worker else _("the citizen's own, or who is free")),
        (_("Agreement"), pool.agreement.title if pool.agreement else _("none")),
    ]
    if pool.at_a_kasse:
        pairs.append((_("Held at"), str(pool.at_a_kasse)))
    return pairs


def where_text(row: Pool | Slot) -> str:
    """Room or place, else the form."""
    return str(row.room or row.place or row.get_form_display())


@dataclass(frozen=True, slots=True)
class SlotRow:
    """One time of a pool on its page."""

    slot: Slot
    clock: str
    where: str
    state: SafeString
    whom: str
    url: str


@dataclass(frozen=True, slots=True)
class DayOfSlots:
    """The times of a day."""

    day: date
    name: str
    rows: tuple[SlotRow, ...]


@dataclass(frozen=True, slots=True)
class PoolPage:
    """One pool with its times from a day on."""

    pool: Pool
    facts: Pairs
    used: Used
    days: Sequence[DayOfSlots]
    exceptions: Sequence[tuple[str, str]]
    later: date | None
    state: SafeString


def page_of(pool: Pool, *, first: date, at: datetime) -> PoolPage:
    """The page of a pool; its times by day, withdrawn ones too."""
    on = timezone.localdate(at)
    rows = pool.slots.filter(starts_at__gte=start_of(first)).for_list().order_by("starts_at", "pk")
    found = list(rows[: MOST_ROWS + 1])
    shown, later = found[:MOST_ROWS], found[MOST_ROWS:]
    return PoolPage(
        pool=pool,
        facts=facts_of(pool),
        used=used_in_pools([pool.pk], at=at).get(pool.pk, Used()),
        days=days_of_slots(shown, on=on),
        exceptions=[(day_text(one.day, on=on), one.reason) for one in pool.exceptions.all()],
        later=later[0].day if later else None,
        state=state_of(pool, on=on),
    )


def days_of_slots(slots: Sequence[Slot], *, on: date) -> list[DayOfSlots]:
    """Times by day, each with what has become of it."""
    taken = booked_seats(slots)
    return [
        DayOfSlots(
            day,
            day_text(day, on=on),
            tuple(
                SlotRow(
                    one,
                    clocks_text(one),
                    where_text(one),
                    slot_state(one, taken.get(one.pk, 0)),
                    whose_text(one),
                    reverse("slots:slot", args=[one.pk]),
                )
                for one in rows
            ),
        )
        for day, rows in groupby(slots, key=lambda one: one.day)
    ]


def booked_seats(slots: Iterable[Slot]) -> dict[int, int]:
    """How many seats of times are booked, by key."""
    found: dict[int, int] = {}
    live = SlotBooking.objects.filter(slot__in=list(slots), is_live=True)
    for key in live.values_list("slot", flat=True):
        found[key] = found.get(key, 0) + 1
    return found


def clocks_text(slot: Slot | Planned) -> str:
    """`9.00-9.45`."""
    return f"{clock_text(slot.starts_at)}–{clock_text(slot.ends_at)}"


def slot_state(slot: Slot, booked: int) -> SafeString:
    """Withdrawn, booked, reserved or open, in a word with its shape."""
    if slot.state == Slot.State.CLOSED:
        return status("none", _("withdrawn"))
    if booked and slot.seats > 1:
        words = {"booked": booked, "seats": slot.seats}
        return status("booked", _("%(booked)d of %(seats)d booked") % words)
    if booked:
        return status("booked", _("booked"))
    if slot.a_kasse_id:
        return status("next", _("reserved"))
    return status("held", _("open"))


def whose_text(slot: Slot) -> str:
    """The a-kasse that has it, and who comes from there."""
    if slot.a_kasse is None:
        return ""
    return f"{slot.a_kasse.short} · {slot.guest}" if slot.guest else slot.a_kasse.short


@dataclass(frozen=True, slots=True)
class PlanShown:
    """What a series would make, in words."""

    sums: str
    days: Sequence[tuple[str, str]]
    more: str
    taken: Sequence[tuple[str, str]]
    left_out: Sequence[tuple[str, str]]


def plan_shown(plan: Plan, *, on: date) -> PlanShown:
    """Days with their times; what collides and what is left out stand apart, each with why."""
    by_day = [
        (day, [clock_text(one.starts_at) for one in rows])
        for day, rows in groupby(plan.free, key=lambda one: timezone.localdate(one.starts_at))
    ]
    more = len(by_day) - MOST_DAYS
    return PlanShown(
        sums=_sums(len(plan.free), len(by_day)),
        days=[(day_text(day, on=on), ", ".join(clocks)) for day, clocks in by_day[:MOST_DAYS]],
        more=_("and %(count)d more days") % {"count": more} if more > 0 else "",
        taken=[(moment_text(one.starts_at, on=on), " ".join(one.collisions)) for one in plan.taken],
        left_out=[(day_text(one.day, on=on), _reason(one)) for one in plan.left_out],
    )


def _reason(one: LeftOut) -> str:
    return one.why[:1].upper() + one.why[1:]


def _sums(times: int, days: int) -> str:
    words = {
        "times": ngettext("%(count)d slot", "%(count)d slots", times) % {"count": times},
        "days": ngettext("%(count)d day", "%(count)d days", days) % {"count": days},
    }
    return _("%(times)s on %(days)s") % words
