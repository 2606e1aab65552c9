"""The times to choose among on a booking page, in words, and how a form names one.

A choice is written `slot-moment-worker`, so that a time which was moved since the page was made
is noticed, and so that the colleague who was named is the one who is booked.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from meetings.obstacle_words import sentences
from shared.written import day_text, moment_text
from slots.found import Found, Proposal, Reason
from slots.models import Slot

PARTS = 3
WORDS = {
    Reason.WISH: gettext_lazy("As the citizen wishes"),
    Reason.POOL_DAY: gettext_lazy("The a-kasse is there that day already"),
    Reason.BOTH_FREE: gettext_lazy("Both parties are free"),
    Reason.OWN_CASEWORKER: gettext_lazy("With the own caseworker"),
    Reason.LATEST_SAFE: gettext_lazy("The latest safe day"),
    Reason.EARLY: gettext_lazy("The earliest with good notice"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One time: the slot, who sits in it, and why it is proposed; or what stands in its way."""

    slot: Slot
    worker: User | None
    guest: User | None
    on: date
    why: tuple[Reason, ...] = ()
    in_the_way: tuple[str, ...] = ()
    is_chosen: bool = False

    @property
    def value(self) -> str:
        """How a form names it."""
        return written(self.slot, self.worker)

    @property
    def when(self) -> str:
        """Day and time, as the button says it: `to. 26.11. kl. 10.00`."""
        return moment_text(self.slot.starts_at, on=self.on)

    @property
    def where(self) -> str:
        """The room or place, or how people meet without one."""
        return str(self.slot.room or self.slot.place or self.slot.get_form_display())

    @property
    def who(self) -> str:
        """Who is to come of both parties: a colleague of the other is put there by it alone."""
        return ", ".join(str(one) for one in (self.worker, self.slot.guest) if one)

    @property
    def who_is_free(self) -> str:
        """Who of the other party is free then, but is not put there by a booking."""
        return "" if self.guest is None or self.slot.guest else str(self.guest)

    @property
    def reasons(self) -> list[str]:
        """Why it is proposed, in words."""
        return [str(WORDS[one]) for one in self.why]


def written(slot: Slot, worker: User | None) -> str:
    """A time and its worker as a form sends them."""
    return f"{slot.pk}-{int(slot.starts_at.timestamp())}-{worker.pk if worker else 0}"


@dataclass(frozen=True, slots=True)
class Named:
    """What a form or an address named: a slot, when it was, and the worker that stood by it."""

    slot: int
    shown_at: datetime | None = None
    worker: int | None = None

    @classmethod
    def read(cls, text: str) -> "Named | None":
        """What a text names, if it can be read; an address may name the slot alone."""
        parts = text.split("-")
        if not all(part.isascii() and part.isdecimal() and len(part) < 16 for part in parts):  # noqa: PLR2004 (fits a key)
            return None
        numbers = [int(part) for part in parts]
        if len(numbers) == 1:
            return cls(numbers[0])
        if len(numbers) != PARTS:
            return None
        return cls(numbers[0], datetime.fromtimestamp(numbers[1], UTC), numbers[2] or None)

    def as_shown(self, slot: Slot) -> Slot:
        """The slot at the time that was shown, so that the act notices if it is another by now."""
        if self.shown_at and self.shown_at != slot.starts_at:
            slot.ends_at += self.shown_at - slot.starts_at
            slot.starts_at = self.shown_at
        return slot


def choices(proposals: Iterable[Proposal], *, on: date) -> list[Choice]:
    """Proposed times as the page shows them."""
    return [Choice(one.slot, one.worker, one.guest, on, one.why) for one in proposals]


def among(
    proposed: Sequence[Choice], own: Choice | None, found: Found, *, otherwise: User | None = None
) -> list[Choice]:
    """The proposals with one chosen: the time that was named, else the first.

    A time that is no proposal stands first, and says why if it is not free. Who was named with it
    holds it; where nobody was, who is proposed does, or somebody `otherwise`.
    """
    if own is None:
        return [replace(one, is_chosen=one is proposed[0]) for one in proposed]
    for place, one in enumerate(proposed):
        if one.slot == own.slot and one.slot.starts_at == own.slot.starts_at:
            chosen = replace(one, worker=own.worker or one.worker, is_chosen=True)
            return [*proposed[:place], chosen, *proposed[place + 1 :]]
    said = () if own.slot in found.free else tuple(_in_the_way(found, own.slot))
    worker = own.worker or otherwise
    others = [one for one in proposed if one.slot != own.slot]
    return [replace(own, worker=worker, in_the_way=said, is_chosen=True), *others]


def _in_the_way(found: Found, slot: Slot) -> Iterator[str]:
    """What is in the way of one slot, in words; that it lies outside, where nothing else is."""
    for one in (one for day in found.days for one in day.excluded):
        if one.slot and one.slot.pk == slot.pk:
            yield from sentences(one.obstacles, on=slot.starts_at)
    if not found.first <= slot.day <= found.last:
        yield _("The time lies outside the window, %(first)s to %(last)s.") % {
            "first": day_text(found.first),
            "last": day_text(found.last),
        }
